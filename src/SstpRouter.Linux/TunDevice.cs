using System.Runtime.InteropServices;
using System.Text;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>
/// A layer 3 interface whose other side is this process: Documentation/networking/tuntap.rst. It lives in the network
/// namespace of the thread that created it, and goes away when it is disposed.
/// </summary>
public sealed class TunDevice : IDisposable
{
    /// <summary>The longest name of an interface in octets: IFNAMSIZ less the final zero, netdevice(7).</summary>
    public const int MaximumNameLength = 15;

    private const string ControlPath = "/dev/net/tun";

    // <linux/if_tun.h>; TUNSETIFF is _IOW('T', 202, int)
    private const nuint SetInterface = 0x400454CA;
    private const ushort FlagTun = 0x0001;
    private const ushort FlagNoPacketInformation = 0x1000;
    private const ushort FlagExclusive = 0x8000;

    // netdevice(7): struct ifreq, a name of 16 octets and a union of 16 or 24
    private const int RequestSize = 40;
    private const int RequestFlagsOffset = 16;

    private readonly FileDescriptor _descriptor;

    private TunDevice(FileDescriptor descriptor, string name, int index)
    {
        _descriptor = descriptor;
        Name = name;
        Index = index;
    }

    /// <summary>The kernel's name at creation; renaming the interface does not change it.</summary>
    public string Name { get; }

    /// <summary>The kernel's index of the interface, 1 or more, for <see cref="RouteSocket"/>.</summary>
    public int Index { get; }

    /// <summary>The descriptor to watch; readable while the kernel has packets to hand over.</summary>
    public int Descriptor => _descriptor.Number;

    /// <summary>Creates an interface, down and without addresses. Packets carry no extra header.</summary>
    /// <param name="kernelName">1 to 15 octets, legal for the kernel: see <see cref="InterfaceNames"/>.</param>
    /// <exception cref="ArgumentException">The name is not legal.</exception>
    /// <exception cref="LinuxException">The privilege or the TUN driver is missing, or the name is taken.</exception>
    public static TunDevice Create(string kernelName)
    {
        if (!InterfaceNames.IsLegalKernelName(kernelName))
        {
            throw new ArgumentException($"\"{kernelName}\" is not a legal kernel interface name", nameof(kernelName));
        }

        FileDescriptor descriptor = FileDescriptor.Take(
            Libc.Open(ControlPath, Libc.OpenReadWrite | Libc.OpenNonBlocking | Libc.OpenCloseOnExec),
            "open", $"cannot open {ControlPath}", OpenHint());
        try
        {
            Attach(descriptor, kernelName);
            uint index = Libc.InterfaceIndex(kernelName);
            return index != 0
                ? new TunDevice(descriptor, kernelName, (int)index)
                : throw LinuxException.Last("if_nametoindex", $"cannot find the new interface {kernelName}");
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Takes one packet that the kernel routed into the interface.</summary>
    /// <param name="packet">Receives the packet, an IPv4 or IPv6 header first; what does not fit is lost.</param>
    /// <returns>The packet's length, or -1 when there is none now.</returns>
    /// <exception cref="LinuxException">Somebody deleted the interface.</exception>
    public int Read(Span<byte> packet)
    {
        while (true)
        {
            nint count = Libc.Read(_descriptor, ref MemoryMarshal.GetReference(packet), (nuint)packet.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case Errno.Again:
                    return -1;
                default:
                    throw LinuxException.Last("read", $"cannot read from interface {Name}");
            }
        }
    }

    /// <summary>Hands one packet to the kernel, as if it had arrived on the interface.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet.</param>
    /// <returns>False when the kernel dropped it: the interface is down, its queue is full, or it is no IP packet.</returns>
    /// <exception cref="LinuxException">Somebody deleted the interface.</exception>
    public bool Write(ReadOnlySpan<byte> packet)
    {
        while (Libc.Write(_descriptor, in MemoryMarshal.GetReference(packet), (nuint)packet.Length) < 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case Errno.BadDescriptorState:
                    throw LinuxException.Last("write", $"cannot write to interface {Name}");
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Closes the descriptor; the interface, its addresses and its routes go with it.</summary>
    public void Dispose() => _descriptor.Dispose();

    private static void Attach(FileDescriptor descriptor, string kernelName)
    {
        Span<byte> request = stackalloc byte[RequestSize];
        request.Clear();
        _ = Encoding.UTF8.GetBytes(kernelName, request);

        // Without the exclusive flag the kernel would attach to a persistent interface of that name.
        MemoryMarshal.Write(
            request[RequestFlagsOffset..], (ushort)(FlagTun | FlagNoPacketInformation | FlagExclusive));
        if (Libc.Ioctl(descriptor, SetInterface, ref request[0]) < 0)
        {
            string? hint = Marshal.GetLastPInvokeError() == Errno.Busy ? "an interface with that name exists" : null;
            throw LinuxException.Last("ioctl(TUNSETIFF)", $"cannot create interface {kernelName}", hint);
        }
    }

    private static string? OpenHint() => Marshal.GetLastPInvokeError() is Errno.NoEntry or Errno.NoDevice
        ? "the kernel needs the TUN driver: modprobe tun"
        : null;
}
