using System.Diagnostics;
using SstpRouter.Fuzzing;
using SstpRouter.Sstp.Tests.Support;

namespace SstpRouter.Sstp.Tests;

/// <summary>Random and mutated streams in every chunking: no exception, no standstill, no growth.</summary>
public class HostileStreamTests
{
    private static readonly int Rounds = Fuzz.Executions;

    private static readonly byte[][] FromClient =
    [
        Packets.Request, Packets.CallConnected, Packets.CallConnectedSha1, Packets.EchoRequest, Packets.EchoResponse,
        Packets.Disconnect, Packets.DisconnectAck, Packets.Abort(2, 7), Packets.Data(Packets.LcpFrame),
        Packets.Data(Packets.Ipv4Frame), Packets.Data([]),
    ];

    private static readonly byte[][] FromServer =
    [
        Packets.Ack(), Packets.Nak, Packets.EchoRequest, Packets.EchoResponse, Packets.Disconnect,
        Packets.DisconnectAck, Packets.Abort(3, 4), Packets.Data(Packets.LcpFrame), Packets.Data(Packets.Ipv4Frame),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_bytes_end_the_call_at_most(bool server)
    {
        var random = new Random(1);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds; round++)
        {
            byte[] stream = new byte[random.Next(300)];
            random.NextBytes(stream);
            bool withHead = round % 2 == 0;
            Run(server, withHead ? Packets.Concat(Head(server), stream) : stream, Cuts(random, 40));
        }

        Fuzz.Report($"sstp-{(server ? "server" : "client")}-random-stream", Rounds, Stopwatch.GetElapsedTime(start));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mutated_conversations_end_the_call_at_most(bool server)
    {
        var random = new Random(2);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds; round++)
        {
            Run(server, Mutate(Conversation(server, random), random), Cuts(random, 60));
        }

        Fuzz.Report($"sstp-{(server ? "server" : "client")}-mutated-stream", Rounds, Stopwatch.GetElapsedTime(start));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void How_a_stream_is_cut_makes_no_difference(bool server)
    {
        var random = new Random(3);
        long start = Stopwatch.GetTimestamp();
        int connected = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] stream = Conversation(server, random);
            stream = round % 2 == 0 ? stream : Mutate(stream, random);

            Outcome whole = Run(server, stream, _ => int.MaxValue);
            Outcome cut = Run(server, stream, Cuts(random, 30));

            Assert.Equal(whole.Said, cut.Said);
            Assert.Equal(whole.Frames, cut.Frames);
            Assert.Equal(whole.State, cut.State);
            connected += whole.Said.Contains("connected") ? 1 : 0;
        }

        Fuzz.Report($"sstp-{(server ? "server" : "client")}-cut-stream", Rounds, Stopwatch.GetElapsedTime(start));

        // The streams are worth something only when they go deep.
        Assert.InRange(connected, Rounds / 20, Rounds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_byte_at_a_time_is_as_good_as_one_write(bool server)
    {
        var random = new Random(4);
        for (int round = 0; round < 100; round++)
        {
            byte[] stream = Conversation(server, random);

            Assert.Equal(Run(server, stream, _ => int.MaxValue).Said, Run(server, stream, _ => 1).Said);
        }
    }

    private static byte[] Head(bool server) => server ? Packets.HttpRequest : Packets.HttpOk;

    private static byte[] Conversation(bool server, Random random)
    {
        byte[][] choice = server ? FromClient : FromServer;
        byte[][] opening = server ? [Packets.HttpRequest, Packets.Request] : [Packets.HttpOk, Packets.Ack()];
        var packets = new List<byte[]>(opening);
        byte[][] login = server
            ? [Packets.Data(Packets.LcpFrame), Packets.CallConnected]
            : [Packets.Data(Packets.LcpFrame)];
        random.Shuffle(login);
        packets.AddRange(random.Next(4) > 0 ? login : []);

        // Few enough that no bound on waiting outputs is reached.
        int count = random.Next(12);
        for (int i = 0; i < count; i++)
        {
            packets.Add(choice[random.Next(choice.Length)]);
        }

        return Packets.Concat([.. packets]);
    }

    private static byte[] Mutate(byte[] stream, Random random)
    {
        byte[] mutated = [.. stream];
        int changes = random.Next(1, 5);
        for (int i = 0; i < changes; i++)
        {
            mutated[random.Next(mutated.Length)] = random.Next(3) switch
            {
                0 => 0,
                1 => 0xFF,
                _ => (byte)random.Next(256),
            };
        }

        return mutated[..random.Next(mutated.Length / 2, mutated.Length + 1)];
    }

    private static Func<int, int> Cuts(Random random, int longest) => _ => random.Next(1, longest);

    private static Outcome Run(bool server, byte[] stream, Func<int, int> nextCut)
    {
        Conversation call = server ? Support.Conversation.Server() : Support.Conversation.Client();
        call.AuthenticatesByFrame = true;
        var said = new List<string>(call.Start());
        int offset = 0;
        while (offset < stream.Length)
        {
            int length = Math.Min(nextCut(offset), stream.Length - offset);
            string[] answer = call.Receive(stream[offset..(offset + length)]);
            Assert.InRange(answer.Length, 0, SstpCall.MaximumWaitingOutputs + 8);
            said.AddRange(answer);
            offset += length;
        }

        return new Outcome(said, call.Frames, call.Call.State);
    }

    private sealed record Outcome(List<string> Said, List<string> Frames, SstpCallState State);
}
