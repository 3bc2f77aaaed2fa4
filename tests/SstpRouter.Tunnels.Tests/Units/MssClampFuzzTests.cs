using SstpRouter.Fuzzing;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Units;

/// <summary>The walk over a packet's headers, over packets that lie.</summary>
public sealed class MssClampFuzzTests
{
    private const int Mtu = 1400;

    [Fact]
    public void Walk() => Fuzz.Run(
        "mss-clamp",
        [
            TcpPacket.Make(false, 0x02, [2, 4, 0x05, 0xB4]), TcpPacket.Make(true, 0x02, [2, 4, 0x05, 0xB4]),
            TcpPacket.Make(false, 0x02, [1, 1, 3, 3, 7, 2, 4, 0x05, 0xB4, 0]), TcpPacket.Make(true, 0x02, [4, 2, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 0x05, 0xB4]),
        ],
        input =>
        {
            byte[] before = [.. input];
            bool isSyn = MssClamp.IsSyn(input);
            bool changed = MssClamp.Apply(input, Mtu);
            int differences = input.Zip(before).Count(b => b.First != b.Second);
            Assert.True(changed ? isSyn && differences is >= 1 and <= 4 : differences == 0);
            Assert.False(MssClamp.Apply(input, Mtu));
        });
}
