using System.Security.Cryptography;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Recording;

namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>Both engines of one tunnel, joined as a tunnel joins them, without sockets, interface or clock.</summary>
internal sealed class Station
{
    private readonly SstpCall _call;
    private readonly PppSessionOptions _options;
    private readonly RandomFill _pppRandom;
    private readonly TunnelRecording? _recording;
    private PppSession? _ppp;
    private PppAuthenticationAttempt? _attempt;
    private byte[] _unread = [];
    private bool _authenticated;
    private bool _over;

    public Station(SstpClientOptions sstp, PppSessionOptions ppp, StationTools tools)
    {
        (_options, _pppRandom) = (ppp, Tapped("ppp", tools.PppRandom));
        _recording = tools.Record(ppp);
        _recording?.Made(sstp);
        _call = new SstpClientCall(sstp, new SstpRandomFill(Tapped("sstp", tools.SstpRandom)));
    }

    public Station(SstpServerOptions sstp, PppSessionOptions ppp, StationTools tools)
    {
        (_options, _pppRandom) = (ppp, Tapped("ppp", tools.PppRandom));
        _recording = tools.Record(ppp);
        _recording?.Made(sstp);
        _call = new SstpServerCall(sstp, new SstpRandomFill(Tapped("sstp", tools.SstpRandom)));
    }

    /// <summary>What the engines put out, each under the time of what it came of.</summary>
    public List<string> Outcome { get; } = [];

    /// <summary>All that went to the peer.</summary>
    public List<byte> Sent { get; } = [];

    /// <summary>True once the tunnel is taken down.</summary>
    public bool IsOver => _over;

    /// <summary>Judges a login at once; null leaves it open.</summary>
    public Action<Station, PppAuthenticationAttempt, long>? Judge { get; init; }

    public long NextDeadline => Math.Min(_call.NextDeadline, _ppp?.NextDeadline ?? long.MaxValue);

    /// <summary>The real keys that this end's logins have given.</summary>
    public List<byte[]> Keys { get; } = [];

    public void Start(long now)
    {
        _recording?.Started(now);
        _call.Start(now);
        CarryOut(now);
    }

    public void Receive(ReadOnlySpan<byte> chunk, long now)
    {
        _unread = [.. _unread, .. chunk];
        ReadOnlySpan<byte> input = _unread;
        bool found = true;
        while (!_over && found)
        {
            ReadOnlySpan<byte> before = input;
            found = _call.TryRead(ref input, now, out ReadOnlySpan<byte> frame);
            _recording?.Read(before[..^input.Length], input.Length, found, _call.State, now);
            CarryOut(now);
            if (found && !_over && _ppp is not null && PppFrame.TryParse(frame, out ushort protocol, out _)
                && protocol is not (PppFrame.Ipv4 or PppFrame.Ipv6))
            {
                _ppp.Receive(frame, now);
                CarryOut(now);
            }
        }

        _unread = input.ToArray();
    }

    public void Tick(long now)
    {
        if (now >= NextDeadline)
        {
            _recording?.Ticked(now);
        }

        _call.Tick(now);
        _ppp?.Tick(now);
        CarryOut(now);
    }

    public void Probe(long now)
    {
        _recording?.Probed(now);
        _call.Probe();
        CarryOut(now);
    }

    public void HangUp(PppCloseReason reason, long now)
    {
        _recording?.HungUp(reason, now);
        if (_ppp is { Phase: not PppPhase.Dead })
        {
            _ppp.Close(reason, now);
        }
        else
        {
            _call.Disconnect(now);
        }

        CarryOut(now);
    }

    public void Lose(long now)
    {
        _recording?.Lost(now);
        _call.TransportClosed(now);
        CarryOut(now);
    }

    /// <summary>Lets the latest caller in, whose password must be right.</summary>
    public void Grant(Func<PppAuthenticationProof, PppGrant> grant, IEnumerable<string> passwords, long now)
    {
        PppAuthenticationProof? proof = passwords.Select(_attempt!.Verify).FirstOrDefault(found => found is not null);
        Assert.True(proof is not null, "the login that is granted has the right password");
        PppGrant granted = grant(proof);
        _recording?.Granted(granted, now);
        _ppp!.Grant(granted, now);
        CarryOut(now);
    }

    public void Deny(long now)
    {
        _recording?.Denied(now);
        _ppp!.Deny(now);
        CarryOut(now);
    }

    /// <summary>The tunnel is taken down.</summary>
    public void End(string cause, long now)
    {
        _over = true;
        _recording?.Ended(cause, now);
    }

    private RandomFill Tapped(string engine, RandomFill source) => bytes =>
    {
        source(bytes);
        _recording?.Drew(engine, bytes);
    };

    private void CarryOut(long now)
    {
        while (!_over)
        {
            if (_call.TryTake(out SstpOutput? ofCall))
            {
                _recording?.Came(ofCall, now);
                Note(RecordedOutcome.Of(ofCall), now);
                Handle(ofCall, now);
            }
            else if (_ppp is not null && _ppp.TryTake(out PppOutput? ofPpp))
            {
                _recording?.Came(ofPpp, now);
                Note(RecordedOutcome.Of(ofPpp), now);
                Handle(ofPpp, now);
            }
            else
            {
                return;
            }
        }
    }

    private void Note(string? outcome, long now)
    {
        if (outcome is not null)
        {
            Outcome.Add($"{now} {outcome}");
        }
    }

    private void Handle(SstpOutput output, long now)
    {
        switch (output)
        {
            case SstpOutput.Send send:
                Sent.AddRange(send.Bytes);
                break;
            case SstpOutput.PppMayStart:
                _ppp = new PppSession(_options, _pppRandom);
                _ppp.Start(now);
                break;
            case SstpOutput.KeepaliveProbe:
                _ppp?.SendEchoRequest(now);
                break;
            case SstpOutput.Closed:
                _ppp?.LowerDown(now);
                End("closed", now);
                break;
        }
    }

    private void Handle(PppOutput output, long now)
    {
        switch (output)
        {
            case PppOutput.Frame { Bytes: { } frame } when _call.MaySendControl:
                Span<byte> header = stackalloc byte[SstpPacket.DataHeaderLength];
                SstpPacket.WriteDataHeader(header, frame.Length);
                Sent.AddRange(header);
                Sent.AddRange(frame);
                break;
            case PppOutput.AuthenticationRequested request:
                _attempt = request.Attempt;
                Judge?.Invoke(this, request.Attempt, now);
                break;
            case PppOutput.Authenticated authenticated when !_authenticated:
                _authenticated = true;
                Keys.Add(authenticated.Result.Hlak);
                _call.Authenticated(authenticated.Result.Hlak, now);
                break;
            case PppOutput.Closed:
                _call.Disconnect(now);
                break;
        }
    }
}

/// <summary>What a station has from outside.</summary>
internal sealed record StationTools
{
    public RandomFill SstpRandom { get; init; } = RandomNumberGenerator.Fill;

    public RandomFill PppRandom { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>Begins a recording, or not.</summary>
    public Func<PppSessionOptions, TunnelRecording?> Record { get; init; } = _ => null;
}
