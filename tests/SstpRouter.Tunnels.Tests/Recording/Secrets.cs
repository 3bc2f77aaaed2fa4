using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using SstpRouter.Ppp;
using SstpRouter.Sstp;

namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>Everything in a conversation that a password can be had or guessed from, in every form in which a file could hold it.</summary>
internal static class Secrets
{
    /// <summary>What must not be found.</summary>
    public static IReadOnlyList<string> Of(Station client, Station server, string password)
    {
        var secrets = new List<string> { password };
        AddBytes(secrets, Encoding.UTF8.GetBytes(password));
        AddBytes(secrets, Encoding.Unicode.GetBytes(password));
        byte[] hash = Md4(Encoding.Unicode.GetBytes(password));
        AddBytes(secrets, hash);
        AddBytes(secrets, Md4(hash));
        byte[][] keys = [.. client.Keys.Concat(server.Keys).Where(k => k.Any(b => b != 0))];
        foreach (byte[] key in keys)
        {
            AddBytes(secrets, key);
            AddBytes(secrets, key[..16]);
            AddBytes(secrets, key[16..]);
        }

        AddFromStream(secrets, client.Sent, macIsSecret: keys.Length > 0);
        AddFromStream(secrets, server.Sent, macIsSecret: false);
        return secrets;
    }

    public static void AssertNoneIn(string text, IEnumerable<string> secrets)
    {
        foreach (string secret in secrets)
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static void AddFromStream(List<string> secrets, List<byte> sent, bool macIsSecret)
    {
        ReadOnlySpan<byte> stream = sent.ToArray();
        int head = stream.IndexOf("\r\n\r\n"u8);
        stream = head < 0 ? default : stream[(head + 4)..];
        while (SstpPacket.TryParse(stream, out bool isControl, out ReadOnlySpan<byte> packet))
        {
            stream = stream[packet.Length..];
            if (isControl)
            {
                // A MAC by the key of zeros, which PAP and CHAP give, is anybody's.
                if (macIsSecret && packet[5] == 4)
                {
                    AddBytes(secrets, packet[^SstpCryptoBinding.HashFieldLength..]);
                }

                continue;
            }

            ReadOnlySpan<byte> frame = packet[SstpPacket.DataHeaderLength..];
            if (PppFrame.TryParse(frame, out ushort protocol, out int offset) && protocol == PppFrame.Chap)
            {
                AddChap(secrets, frame[offset..]);
            }
        }
    }

    private static void AddChap(List<string> secrets, ReadOnlySpan<byte> packet)
    {
        if (packet[0] == 2)
        {
            ReadOnlySpan<byte> value = packet.Slice(5, packet[4]);
            AddBytes(secrets, value.Length == 16 ? value : value[24..48]);
        }
        else if (packet[0] == 3 && packet[4..].StartsWith("S="u8))
        {
            secrets.Add(Encoding.ASCII.GetString(packet.Slice(6, 40)));
            AddBytes(secrets, packet.Slice(6, 40));
        }
    }

    // Also the front of it, in case something is cut in two.
    private static void AddBytes(List<string> secrets, ReadOnlySpan<byte> bytes)
    {
        secrets.Add(Convert.ToHexString(bytes));
        secrets.Add(Convert.ToBase64String(bytes));
        if (bytes.Length >= 16)
        {
            secrets.Add(Convert.ToHexString(bytes[..8]));
            secrets.Add(Convert.ToHexString(bytes[8..16]));
        }
    }

    private static byte[] Md4(byte[] input)
    {
        var digest = new MD4Digest();
        digest.BlockUpdate(input, 0, input.Length);
        var output = new byte[16];
        digest.DoFinal(output, 0);
        return output;
    }
}
