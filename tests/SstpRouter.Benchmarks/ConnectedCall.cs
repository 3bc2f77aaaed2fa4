using System.Security.Cryptography;
using SstpRouter.Sstp;

namespace SstpRouter.Benchmarks;

/// <summary>Two calls wired to each other until both are connected.</summary>
internal static class ConnectedCall
{
    /// <summary>A server's call that data may flow through.</summary>
    public static SstpCall Make()
    {
        var client = new SstpClientCall(new SstpClientOptions { Host = "hq", KeepaliveTimeout = 0 }, RandomNumberGenerator.Fill);
        var server = new SstpServerCall(new SstpServerOptions { KeepaliveTimeout = 0 }, RandomNumberGenerator.Fill);
        client.Start(0);
        server.Start(0);
        bool authenticated = false;
        while (server.State != SstpCallState.Connected)
        {
            bool moved = Move(client, server) | Move(server, client);
            if (!moved && authenticated)
            {
                throw new InvalidOperationException("the calls do not connect");
            }

            if (!moved)
            {
                authenticated = true;
                server.Authenticated(new byte[32], 0);
                client.Authenticated(new byte[32], 0);
            }
        }

        return server;
    }

    private static bool Move(SstpCall from, SstpCall to)
    {
        bool moved = false;
        while (from.TryTake(out SstpOutput? output))
        {
            if (output is SstpOutput.Send send)
            {
                moved = true;
                ReadOnlySpan<byte> input = send.Bytes;
                to.TryRead(ref input, 0, out _);
            }
        }

        return moved;
    }
}
