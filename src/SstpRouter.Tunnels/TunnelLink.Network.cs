using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels;

/// <content>From agreed addresses to an interface of the kernel.</content>
internal abstract partial class TunnelLink
{
    private TunnelInterface? _interface;
    private PppIpv4? _ipv4;
    private PppIpv6? _ipv6;
    private PppIpv4? _assignedIpv4;
    private PppIpv6? _assignedIpv6;

    /// <summary>Makes the interface once both are there, a verified call and an address, and gives it what was agreed since.</summary>
    private void BringUp(long now)
    {
        bool agreed = _ipv4 is not null || _ipv6 is not null;
        if (_cause is not null || !agreed || _call is not { MaySendData: true } || !MayComeUp(now))
        {
            return;
        }

        try
        {
            OpenInterface();
            Assign();
        }
        catch (LinuxException exception)
        {
            HangUp(PppCloseReason.UserRequest, TunnelEnd.InterfaceRefused(exception.Message), now);
            return;
        }

        if (!_linkUp)
        {
            _linkUp = true;
            WasUp = true;
            _upSince = now;
            _lastTraffic = now;
        }

        Up(_interface!, _ipv4, _ipv6, now);
        _worker.All.Changed();
    }

    /// <summary>IPv6 alone waits a little for IPv4.</summary>
    private bool MayComeUp(long now)
    {
        if (_linkUp || _ipv4 is not null)
        {
            _ipv6AloneDeadline = long.MaxValue;
            return true;
        }

        if (_ipv6AloneDeadline == long.MaxValue)
        {
            _ipv6AloneDeadline = now + Ipv6AloneDelay;
        }

        if (now < _ipv6AloneDeadline)
        {
            return false;
        }

        _ipv6AloneDeadline = long.MaxValue;
        return true;
    }

    private void OpenInterface()
    {
        if (_interface is not null)
        {
            return;
        }

        _interface = new TunnelInterface(InterfaceName, _ppp!.SendMtu, Routes);
        WatchInterface();
    }

    private void Assign()
    {
        if (_ipv4 is not null && _ipv4 != _assignedIpv4)
        {
            if (_assignedIpv4 is not null)
            {
                _interface!.Unassign(_assignedIpv4);
            }

            _interface!.Assign(_ipv4);
            _assignedIpv4 = _ipv4;
        }

        if (_ipv6 is not null && _ipv6 != _assignedIpv6)
        {
            if (_assignedIpv6 is not null)
            {
                _interface!.Unassign(_assignedIpv6);
            }

            _interface!.Assign(_ipv6);
            _assignedIpv6 = _ipv6;
        }
    }

    /// <summary>Takes the interface away where there is one, and says on the worker's thread when it is gone.</summary>
    private void CloseInterface(long now, Action<long> closed)
    {
        if (_interface is null)
        {
            closed(now);
            return;
        }

        // What came before the good-bye.
        Worker.Coalescer.Flush(this);
        UnwatchInterface();
        Worker.All.Remover.Remove(_interface, () => Worker.Post(() => closed(TunnelWorker.Now)));
        _interface = null;
    }
}
