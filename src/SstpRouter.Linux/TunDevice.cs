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
    private const nuint SetOffload = 0x400454D0; // _IOW('T', 208, unsigned int)
    private const ushort FlagTun = 0x0001;
    private const ushort FlagNoPacketInformation = 0x1000;
    private const ushort FlagExclusive = 0x8000;
    private const ushort FlagVirtioHeader = 0x4000;

    // netdevice(7): struct ifreq, a name of 16 octets and a union of 16 or 24
    private const int RequestSize = 40;
    private const int RequestFlagsOffset = 16;

    // The most parts of one writev are 1,024, <linux/uio.h> UIO_MAXIOV; they are described on the stack.
    private const int MaximumSlices = 256;

    /// <summary>What this kernel has once agreed to, so that it is not asked again for what it refused.</summary>
    private static TunOffload _agreeable = TunOffload.All;

    private readonly FileDescriptor _descriptor;

    private TunDevice(FileDescriptor descriptor, string name, int index, TunOffload offload)
    {
        _descriptor = descriptor;
        Name = name;
        Index = index;
        Offload = offload;
    }

    /// <summary>What was agreed with the kernel. With anything but <see cref="TunOffload.None"/> each packet that is read has a
    /// <see cref="VirtioNetHeader"/> in front.</summary>
    public TunOffload Offload { get; }

    /// <summary>The length of the header in front of each packet that is read, in octets; 0 without offloads.</summary>
    public int HeaderLength => Offload == TunOffload.None ? 0 : VirtioNetHeader.Length;

    /// <summary>The kernel's name at creation; renaming the interface does not change it.</summary>
    public string Name { get; }

    /// <summary>The kernel's index of the interface, 1 or more, for <see cref="RouteSocket"/>.</summary>
    public int Index { get; }

    /// <summary>The descriptor to watch; readable while the kernel has packets to hand over.</summary>
    public int Descriptor => _descriptor.Number;

    /// <summary>Creates an interface, down and without addresses.</summary>
    /// <param name="kernelName">1 to 15 octets, legal for the kernel: see <see cref="InterfaceNames"/>.</param>
    /// <param name="wanted">What its reader can do for the kernel; the kernel may have less to give, down to none.</param>
    /// <exception cref="ArgumentException">The name is not legal.</exception>
    /// <exception cref="LinuxException">The privilege or the TUN driver is missing, or the name is taken.</exception>
    public static TunDevice Create(string kernelName, TunOffload wanted = TunOffload.None)
    {
        if (!InterfaceNames.IsLegalKernelName(kernelName))
        {
            throw new ArgumentException($"\"{kernelName}\" is not a legal kernel interface name", nameof(kernelName));
        }

        TunOffload agreed = wanted & _agreeable;
        while (true)
        {
            FileDescriptor descriptor = FileDescriptor.Take(
                Libc.Open(ControlPath, Libc.OpenReadWrite | Libc.OpenNonBlocking | Libc.OpenCloseOnExec),
                "open", $"cannot open {ControlPath}", OpenHint());
            try
            {
                Attach(descriptor, kernelName, agreed != TunOffload.None);
                if (Agree(descriptor, ref agreed))
                {
                    uint index = Libc.InterfaceIndex(kernelName);
                    return index != 0
                        ? new TunDevice(descriptor, kernelName, (int)index, agreed)
                        : throw LinuxException.Last("if_nametoindex", $"cannot find the new interface {kernelName}");
                }
            }
            catch
            {
                descriptor.Dispose();
                throw;
            }

            // It would put a header in front of packets that are no better for it: once more without.
            descriptor.Dispose();
        }
    }

    /// <summary>Takes one packet that the kernel routed into the interface.</summary>
    /// <param name="packet">Receives the packet, an IPv4 or IPv6 header first, or with offloads the <see cref="VirtioNetHeader"/>;
    /// what does not fit is lost.</param>
    /// <returns>The length of both, or -1 when there is none now.</returns>
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
        if (Offload != TunOffload.None)
        {
            return Write(default, packet, [new BufferSlice(0, packet.Length)]);
        }

        while (Libc.Write(_descriptor, in MemoryMarshal.GetReference(packet), (nuint)packet.Length) < 0)
        {
            if (!MayRepeat())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Hands a packet or a super-packet to the kernel that is made of several parts; only with offloads.</summary>
    /// <param name="header">What it is.</param>
    /// <param name="buffer">Where it lies.</param>
    /// <param name="slices">Its parts in order, the first from the IP header on; at most 256.</param>
    /// <returns>False when the kernel dropped it.</returns>
    /// <exception cref="LinuxException">Somebody deleted the interface.</exception>
    public unsafe bool Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slices.Length, MaximumSlices);
        IoVector* vectors = stackalloc IoVector[slices.Length + 1];
        fixed (byte* start = buffer)
        {
            vectors[0] = new IoVector { Base = (byte*)&header, Length = VirtioNetHeader.Length };
            for (int i = 0; i < slices.Length; i++)
            {
                (int offset, int length) = slices[i];
                ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(buffer.Length - offset));
                vectors[i + 1] = new IoVector { Base = start + offset, Length = (nuint)length };
            }

            while (Libc.WriteVector(_descriptor, vectors, slices.Length + 1) < 0)
            {
                if (!MayRepeat())
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Closes the descriptor; the interface, its addresses and its routes go with it.</summary>
    public void Dispose() => _descriptor.Dispose();

    // True: the write was interrupted. False: the kernel dropped the packet.
    private bool MayRepeat() => Marshal.GetLastPInvokeError() switch
    {
        Errno.Interrupted => true,
        Errno.BadDescriptorState => throw LinuxException.Last("write", $"cannot write to interface {Name}"),
        _ => false,
    };

    /// <summary>Asks for less and less until the kernel agrees.</summary>
    /// <returns>False where it agrees to nothing although the header was asked for.</returns>
    private static bool Agree(FileDescriptor descriptor, ref TunOffload wanted)
    {
        if (wanted == TunOffload.None)
        {
            return true;
        }

        ReadOnlySpan<TunOffload> steps = [wanted, wanted & TunOffload.Tcp, wanted & TunOffload.Checksum];
        foreach (TunOffload step in steps)
        {
            if (step != TunOffload.None && Libc.IoctlValue(descriptor, SetOffload, (nuint)step) == 0)
            {
                _agreeable &= step | ~wanted;
                wanted = step;
                return true;
            }
        }

        _agreeable = TunOffload.None;
        wanted = TunOffload.None;
        return false;
    }

    private static void Attach(FileDescriptor descriptor, string kernelName, bool withHeader)
    {
        Span<byte> request = stackalloc byte[RequestSize];
        request.Clear();
        _ = Encoding.UTF8.GetBytes(kernelName, request);

        // Without the exclusive flag the kernel would attach to a persistent interface of that name.
        int flags = FlagTun | FlagNoPacketInformation | FlagExclusive | (withHeader ? FlagVirtioHeader : 0);
        MemoryMarshal.Write(request[RequestFlagsOffset..], (ushort)flags);
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
