using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>A flag that wakes an event loop from another thread: eventfd(2).</summary>
public sealed class EventFd : IDisposable
{
    private readonly FileDescriptor _descriptor =
        FileDescriptor.Take(Libc.EventFd(0, Libc.EventFdFlags), "eventfd", "cannot create an event descriptor");

    /// <summary>The descriptor to watch; readable while the flag is raised.</summary>
    public int Descriptor => _descriptor.Number;

    /// <summary>Raises the flag; from any thread, any number of times.</summary>
    /// <exception cref="LinuxException">The descriptor is broken.</exception>
    public void Signal()
    {
        ulong one = 1;
        ReadOnlySpan<byte> value = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in one));
        while (Libc.Write(_descriptor, in value[0], sizeof(ulong)) < 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case Errno.Again: // The counter is full: the flag stands already.
                    return;
                default:
                    throw LinuxException.Last("write(eventfd)", "cannot signal an event descriptor");
            }
        }
    }

    /// <summary>Lowers the flag; harmless when it is not raised.</summary>
    /// <exception cref="LinuxException">The descriptor is broken.</exception>
    public void Clear()
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        while (Libc.Read(_descriptor, ref value[0], sizeof(ulong)) < 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case Errno.Again:
                    return;
                default:
                    throw LinuxException.Last("read(eventfd)", "cannot clear an event descriptor");
            }
        }
    }

    /// <summary>Closes the descriptor.</summary>
    public void Dispose() => _descriptor.Dispose();
}
