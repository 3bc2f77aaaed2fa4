using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests;

public sealed class EpollTests : IDisposable
{
    private readonly Epoll _epoll = new();
    private readonly EventFd _flag = new();
    private readonly EpollReady[] _ready = new EpollReady[4];

    public void Dispose()
    {
        _epoll.Dispose();
        _flag.Dispose();
    }

    [Fact]
    public void A_quiet_set_reports_nothing()
    {
        _epoll.Add(_flag.Descriptor, EpollEvents.Readable, 1);
        Assert.Equal(0, _epoll.Wait(_ready, 0));
        Assert.Equal(0, _epoll.Wait(_ready, 1));
    }

    [Fact]
    public void A_raised_flag_is_reported_until_it_is_cleared()
    {
        _epoll.Add(_flag.Descriptor, EpollEvents.Readable, long.MinValue + 5);
        _flag.Signal();
        _flag.Signal();
        Assert.Equal(1, _epoll.Wait(_ready, Sandbox.Patience));
        Assert.Equal(new EpollReady(EpollEvents.Readable, long.MinValue + 5), _ready[0]);
        Assert.Equal(1, _epoll.Wait(_ready, 0));
        _flag.Clear();
        _flag.Clear();
        Assert.Equal(0, _epoll.Wait(_ready, 0));
    }

    [Fact]
    public void A_flag_raised_by_another_thread_ends_an_endless_wait()
    {
        _epoll.Add(_flag.Descriptor, EpollEvents.Readable, 7);
        Thread signaller = new(_flag.Signal);
        signaller.Start();
        Assert.Equal(1, _epoll.Wait(_ready, -1));
        Assert.Equal(7, _ready[0].Token);
        signaller.Join();
    }

    [Fact]
    public void Each_descriptor_comes_back_with_its_own_token()
    {
        using EventFd other = new();
        _epoll.Add(_flag.Descriptor, EpollEvents.Readable, 0x1122334455667788);
        _epoll.Add(other.Descriptor, EpollEvents.Readable | EpollEvents.Writable, -1);
        _flag.Signal();
        other.Signal();
        Assert.Equal(2, _epoll.Wait(_ready, Sandbox.Patience));
        Assert.Equal(
            [
                new EpollReady(EpollEvents.Readable | EpollEvents.Writable, -1),
                new EpollReady(EpollEvents.Readable, 0x1122334455667788),
            ],
            _ready[..2].OrderBy(r => r.Token));
    }

    [Fact]
    public void A_wait_reports_no_more_than_it_has_places_for()
    {
        using EventFd other = new();
        _epoll.Add(_flag.Descriptor, EpollEvents.Writable, 1);
        _epoll.Add(other.Descriptor, EpollEvents.Writable, 2);
        Assert.Equal(1, _epoll.Wait(_ready.AsSpan(0, 1), 0));
    }

    [Fact]
    public void What_is_watched_can_change_and_end()
    {
        _epoll.Add(_flag.Descriptor, EpollEvents.Writable, 1);
        Assert.Equal(1, _epoll.Wait(_ready, 0));
        _epoll.Modify(_flag.Descriptor, EpollEvents.Readable, 2);
        Assert.Equal(0, _epoll.Wait(_ready, 0));
        _flag.Signal();
        Assert.Equal(1, _epoll.Wait(_ready, 0));
        Assert.Equal(2, _ready[0].Token);
        _epoll.Remove(_flag.Descriptor);
        Assert.Equal(0, _epoll.Wait(_ready, 0));
    }

    [Fact]
    public void Watching_twice_is_an_error_that_names_the_descriptor()
    {
        _epoll.Add(_flag.Descriptor, EpollEvents.Readable, 1);
        LinuxException e = Assert.Throws<LinuxException>(() => _epoll.Add(_flag.Descriptor, EpollEvents.Readable, 1));
        Assert.Equal(Errno.Exists, e.ErrorNumber);
        Assert.Equal("epoll_ctl", e.Call);
        Assert.Equal($"cannot watch descriptor {_flag.Descriptor}: File exists", e.Message);
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        _epoll.Add(_flag.Descriptor, EpollEvents.Readable, 1);
        Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Turn();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Turn()
        {
            _flag.Signal();
            _ = _epoll.Wait(_ready, 0);
            _flag.Clear();
        }
    }

    [Fact]
    public void A_closed_set_is_not_used_again()
    {
        _epoll.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _epoll.Wait(_ready, 0));
        _flag.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _flag.Descriptor);
    }

    [Fact]
    public void The_clock_goes_forward_in_both_units()
    {
        long first = MonotonicClock.Microseconds;
        long milliseconds = MonotonicClock.Milliseconds;
        long second = MonotonicClock.Microseconds;
        Assert.InRange(milliseconds, first / 1000, second / 1000);
    }
}
