using System.Net;

namespace SstpRouter.Tunnels.Server;

/// <summary>What one call writes. Until its login it lives on the <see cref="CallLogBudget"/>; one that is beyond it keeps its lines
/// back, so that they are there if it does log in. Used on the call's worker only.</summary>
internal sealed class CallLog : ITunnelLog
{
    /// <summary>Protocol steps of one call before its login: an honest login takes less than half of them.</summary>
    public const int MaximumDebugLines = 200;

    /// <summary>Other lines that are kept back.</summary>
    private const int MaximumHeldLines = 8;

    private readonly ITunnelLog _log;
    private readonly CallLogBudget _budget;
    private readonly IPAddress _address;
    private readonly List<(TunnelLogLevel Level, string Text)>? _held;
    private bool _loggedIn;
    private int _debugLines;

    /// <summary>The log of a call that begins now.</summary>
    public CallLog(ITunnelLog log, CallLogBudget budget, IPAddress address, long now)
    {
        _log = log;
        _budget = budget;
        _address = address;
        _held = budget.TryTake(address, now) ? null : [];
    }

    public void Write(TunnelLogLevel level, string text)
    {
        if (_loggedIn)
        {
            _log.Write(level, text);
        }
        else if (level == TunnelLogLevel.Debug)
        {
            WriteStep(text);
        }
        else if (_held is null)
        {
            _log.Write(level, text);
        }
        else if (_held.Count < MaximumHeldLines)
        {
            _held.Add((level, text));
        }
    }

    /// <summary>The caller is in: from now on every line is written, and what was kept back before.</summary>
    public void LoggedIn()
    {
        if (_loggedIn)
        {
            return;
        }

        _loggedIn = true;
        if (_held is null)
        {
            _budget.GiveBack(_address);
            return;
        }

        foreach ((TunnelLogLevel level, string text) in _held)
        {
            _log.Write(level, text);
        }
    }

    /// <summary>The call is over.</summary>
    public void Ended(TunnelEnd end, long now)
    {
        if (!_loggedIn && _held is not null)
        {
            _budget.LeaveOut(_address, end.Name, now);
        }
    }

    private void WriteStep(string text)
    {
        if (_held is not null || _debugLines > MaximumDebugLines)
        {
            return;
        }

        _debugLines++;
        _log.Write(TunnelLogLevel.Debug, _debugLines > MaximumDebugLines ? $"{_address}: further steps before the login are left out" : text);
    }
}
