using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>What the kernel leaves to an interface, as <c>ethtool -K</c> sets it: ioctl SIOCETHTOOL, &lt;linux/ethtool.h&gt;.</summary>
internal static class Offloads
{
    private const nuint EthtoolRequest = 0x8946;
    private const int SetSendChecksums = 0x17;
    private const int SetTcpSegmentation = 0x1f;
    private const int SetSegmentation = 0x24;
    private const int SetJoining = 0x2c;

    /// <summary>From now on packets leave this interface one by one, no larger than its MTU and with their checksums, and are not joined when
    /// they come in.</summary>
    public static void TurnOff(Host host, string name) => host.Run(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        foreach (int command in (int[])[SetTcpSegmentation, SetSegmentation, SetSendChecksums, SetJoining])
        {
            Set(socket, name, command);
        }
    });

    private static void Set(Socket socket, string name, int command)
    {
        nint value = Marshal.AllocHGlobal(2 * sizeof(int));
        try
        {
            Marshal.WriteInt32(value, command);
            Marshal.WriteInt32(value, sizeof(int), 0);
            var request = new Request { Name = name, Value = value };
            Assert.True(Control((int)socket.Handle, EthtoolRequest, ref request) == 0, $"{name}, 0x{command:x}: error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            Marshal.FreeHGlobal(value);
        }
    }

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static extern int Control(int descriptor, nuint command, ref Request request);

    /// <summary>netdevice(7): struct ifreq.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 16)]
        public string Name;
        public nint Value;
        public long Rest1;
        public long Rest2;
    }
}
