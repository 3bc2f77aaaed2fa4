using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>
/// A level-triggered set of watched descriptors: epoll(7). Descriptors may be added, changed and removed from any
/// thread; one thread at a time waits.
/// </summary>
public sealed class Epoll : IDisposable
{
    private const int ControlAdd = 1;
    private const int ControlRemove = 2;
    private const int ControlModify = 3;

    // <sys/epoll.h>: struct epoll_event is packed on x86-64, and i386 aligns 64 bits to 4; elsewhere data stands at 8.
    private static readonly int DataOffset =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private static readonly int EventSize = DataOffset + sizeof(long);

    private readonly FileDescriptor _descriptor =
        FileDescriptor.Take(Libc.EpollCreate(Libc.OpenCloseOnExec), "epoll_create1", "cannot create an event set");

    private readonly byte[] _events;
    private readonly int _capacity;

    /// <summary>Makes an empty set.</summary>
    /// <param name="capacity">The most descriptors that one wait reports, at least 1; the others follow at the next.</param>
    /// <exception cref="LinuxException">The process has no descriptor left.</exception>
    public Epoll(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _events = GC.AllocateArray<byte>(capacity * EventSize, pinned: true);
    }

    /// <summary>Starts watching a descriptor.</summary>
    /// <param name="descriptor">The descriptor; closing it ends the watch.</param>
    /// <param name="events">What to watch for.</param>
    /// <param name="token">Comes back with every report.</param>
    /// <exception cref="LinuxException">The descriptor is watched already, or cannot be.</exception>
    public void Add(int descriptor, EpollEvents events, long token) => Control(ControlAdd, descriptor, events, token);

    /// <summary>Changes what a descriptor is watched for, and its token.</summary>
    /// <param name="descriptor">A descriptor that was added.</param>
    /// <param name="events">What to watch for from now on.</param>
    /// <param name="token">Comes back with every report.</param>
    /// <exception cref="LinuxException">The descriptor is not watched.</exception>
    public void Modify(int descriptor, EpollEvents events, long token) =>
        Control(ControlModify, descriptor, events, token);

    /// <summary>Stops watching a descriptor. Reports that a wait has already returned are not taken back.</summary>
    /// <param name="descriptor">A descriptor that was added.</param>
    /// <exception cref="LinuxException">The descriptor is not watched.</exception>
    public void Remove(int descriptor) => Control(ControlRemove, descriptor, EpollEvents.None, 0);

    /// <summary>Waits until a descriptor is ready. A signal does not end the wait.</summary>
    /// <param name="ready">Receives the ready descriptors; at least one place.</param>
    /// <param name="timeoutMilliseconds">The longest wait; 0 only looks, a negative value waits for ever.</param>
    /// <returns>How many places were filled; 0 when the time ran out.</returns>
    /// <exception cref="LinuxException">The set cannot be waited on.</exception>
    public int Wait(Span<EpollReady> ready, int timeoutMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ready.Length);
        long deadline = timeoutMilliseconds > 0 ? MonotonicClock.Milliseconds + timeoutMilliseconds : 0;
        int remaining = Math.Max(timeoutMilliseconds, -1);
        while (true)
        {
            int count = Libc.EpollWait(
                _descriptor, ref _events[0], Math.Min(ready.Length, _capacity), remaining);
            if (count >= 0)
            {
                Decode(ready[..count]);
                return count;
            }

            if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                throw LinuxException.Last("epoll_wait", "cannot wait for events");
            }

            if (timeoutMilliseconds > 0)
            {
                remaining = (int)Math.Max(0, deadline - MonotonicClock.Milliseconds);
            }
        }
    }

    /// <summary>Closes the set; the descriptors in it stay open.</summary>
    public void Dispose() => _descriptor.Dispose();

    private void Decode(Span<EpollReady> ready)
    {
        ReadOnlySpan<byte> source = _events;
        for (int i = 0; i < ready.Length; i++)
        {
            ready[i] = new EpollReady(
                (EpollEvents)MemoryMarshal.Read<int>(source), MemoryMarshal.Read<long>(source[DataOffset..]));
            source = source[EventSize..];
        }
    }

    private void Control(int operation, int descriptor, EpollEvents events, long token)
    {
        Span<byte> change = stackalloc byte[16];
        change.Clear();
        MemoryMarshal.Write(change, (int)events);
        MemoryMarshal.Write(change[DataOffset..], token);
        if (Libc.EpollControl(_descriptor, operation, descriptor, ref change[0]) < 0)
        {
            throw LinuxException.Last("epoll_ctl", $"cannot watch descriptor {descriptor}");
        }
    }
}
