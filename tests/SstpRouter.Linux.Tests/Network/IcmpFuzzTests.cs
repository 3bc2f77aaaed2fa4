using System.Buffers.Binary;
using System.Net.Sockets;
using SstpRouter.Fuzzing;
using SstpRouter.Linux.Icmp;

namespace SstpRouter.Linux.Tests.Network;

/// <summary>What anyone may send to a raw socket, over mutated inputs.</summary>
public sealed class IcmpFuzzTests
{
    private static readonly byte[][] PacketsV4 =
    [
        Echo(0, 0), Echo(8, 0),
        [.. Hex("0301 0000 00000000"), .. HeaderV4, .. Echo(8, 0)],
        [.. Hex("0B00 0000 00000000"), .. HeaderV4, .. Echo(8, 0)],
        [.. HeaderV4, .. Echo(0, 0)],
    ];

    private static readonly byte[][] PacketsV6 =
    [
        Echo(129, 0), [.. Hex("0100 0000 00000000"), .. HeaderV6, .. Echo(128, 0)], [.. Hex("0200 0000 00000500"), .. HeaderV6, .. Echo(128, 0)],
    ];

    private static byte[] HeaderV4 => Hex("45000024 00000000 40010000 0A000001 0A000002");

    private static byte[] HeaderV6 => Hex("60000000 0010 3A40 20010DB8000000000000000000000001 20010DB8000000000000000000000002");

    [Theory]
    [InlineData("icmp", AddressFamily.InterNetwork)]
    [InlineData("icmpv6", AddressFamily.InterNetworkV6)]
    public void Reply(string target, AddressFamily family) => Fuzz.Run(
        target,
        family == AddressFamily.InterNetwork ? PacketsV4 : PacketsV6,
        input =>
        {
            ReadOnlySpan<byte> packet = input;
            if (family == AddressFamily.InterNetwork && IcmpPacket.TryStripIPv4(input, out ReadOnlySpan<byte> payload))
            {
                Assert.InRange(payload.Length, 0, input.Length - IcmpPacket.IPv4HeaderSize);
                packet = payload;
            }

            if (family == AddressFamily.InterNetwork && packet.Length >= 4)
            {
                // A checksum that is wrong would keep all else from being looked at.
                byte[] sound = packet.ToArray();
                sound[2] = sound[3] = 0;
                BinaryPrimitives.WriteUInt16BigEndian(sound.AsSpan(2), IcmpPacket.Checksum(sound));
                packet = sound;
            }

            if (IcmpPacket.TryRead(packet, family, out EchoOutcome outcome))
            {
                Assert.True(Enum.IsDefined(outcome.Status));
            }
        });

    private static byte[] Echo(byte type, byte code) => [type, code, 0, 0, 0x12, 0x34, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8];

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
