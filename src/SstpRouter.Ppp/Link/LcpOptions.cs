using System.Buffers.Binary;
using SstpRouter.Ppp.Authentication;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Link;

/// <summary>LCP's options: MRU, magic number and authentication; what a tunnel has no use for is rejected.</summary>
internal sealed class LcpOptions(PppSessionOptions options, RandomFill random) : OptionSet
{
    internal const ushort DefaultMru = 1500; // RFC 1661 6.1
    internal const ushort MinimumMru = 576; // RFC 791 3.2: what every IPv4 host must be able to take

    /// <summary>
    /// The most that an SSTP data packet leaves to an information field: 4095 - 4 - 4 ([MS-SSTP] 2.2.1).
    /// </summary>
    internal const ushort MaximumMru = 4087;

    /// <summary>
    /// Signs of a loop in a row that are taken for proof; Max-Failure, after which the Nak that shows it is a Reject.
    /// </summary>
    internal const int LoopLimit = OptionNegotiation.MaxFailure;

    private bool _asksMru;
    private bool _asksMagic;
    private ushort _mru;
    private PppAuthenticationMethods _untried;
    private bool _looped;
    private int _loops;
    private string? _refusedMethod;
    private ushort _reviewedMru;
    private PppAuthenticationMethods _reviewedMethod;

    /// <summary>What the peer announced; what it did not announce is the default.</summary>
    internal ushort PeerMru { get; private set; } = DefaultMru;

    /// <summary>Our magic number; zero if the peer wants none.</summary>
    internal uint Magic { get; private set; }

    /// <summary>How we prove ourselves (client), or how the peer does (server).</summary>
    internal PppAuthenticationMethods Method { get; private set; }

    /// <summary>Why there is no agreement, where <see cref="OptionSet.Impossible"/> is set.</summary>
    internal PppCloseReason FailureReason { get; private set; } = PppCloseReason.NegotiationFailed;

    /// <summary>
    /// What to say if the peer leaves after we refused its authentication method; null if we refused none.
    /// </summary>
    internal string? Refusal => _refusedMethod is null
        ? null
        : $"no common authentication method: peer asks for {_refusedMethod}, "
            + $"allowed here: {AuthenticationOption.Names(options.Methods)}";

    internal override void WriteRequest(OptionWriter request)
    {
        if (_asksMru)
        {
            request.AddUInt16(LcpOptionType.Mru, _mru);
        }

        if (options.Role == PppRole.Server)
        {
            request.Add(LcpOptionType.Authentication, AuthenticationOption.Encode(Method));
        }

        if (_asksMagic)
        {
            request.AddUInt32(LcpOptionType.Magic, Magic);
        }
    }

    internal override void BeginReview(ReadOnlySpan<byte> list)
    {
        _reviewedMru = DefaultMru;
        _reviewedMethod = PppAuthenticationMethods.None;
        _looped = false;
        while (ConfigureOption.TryTake(ref list, out ConfigureOption option))
        {
            _looped |= option.Type == LcpOptionType.Magic && IsOurs(option.Data);
        }

        if (_looped)
        {
            CountLoop();
        }
        else
        {
            _loops = 0;
        }
    }

    internal override OptionVerdict Review(in ConfigureOption option, OptionWriter nak)
    {
        if (option.Type == LcpOptionType.Magic)
        {
            return ReviewMagic(option, nak);
        }

        if (_looped)
        {
            // A request that may be our own gets one answer, a Nak of its magic number (RFC 1661 6.4): rejecting our own
            // options back to ourselves would look like a peer that refuses them.
            return OptionVerdict.Accept;
        }

        return option.Type switch
        {
            LcpOptionType.Mru => ReviewMru(option, nak),
            LcpOptionType.Authentication => ReviewAuthentication(option, nak),

            // Both are harmless: there is no stuffing here and there are no bundles.
            LcpOptionType.Accm when option.Data.Length == 4 => OptionVerdict.Accept,
            LcpOptionType.EndpointDiscriminator when !option.Data.IsEmpty => OptionVerdict.Accept,
            _ => OptionVerdict.Reject,
        };
    }

    internal override void Acknowledge()
    {
        PeerMru = _reviewedMru;
        if (options.Role == PppRole.Client)
        {
            Method = _reviewedMethod;
            _refusedMethod = null;
        }
    }

    internal override void Nakked(in ConfigureOption option)
    {
        switch (option.Type)
        {
            case LcpOptionType.Mru when option.Data.Length == 2:
                ushort wanted = BinaryPrimitives.ReadUInt16BigEndian(option.Data);
                _mru = wanted is >= MinimumMru and <= MaximumMru ? wanted : _mru;
                break;
            case LcpOptionType.Magic:
                Magic = NewMagic();
                break;
            case LcpOptionType.Authentication when options.Role == PppRole.Server:
                AskNext(option.Data);
                break;
        }
    }

    internal override void Rejected(byte type)
    {
        switch (type)
        {
            case LcpOptionType.Mru:
                _asksMru = false;
                break;
            case LcpOptionType.Magic:
                _asksMagic = false;
                Magic = 0;
                break;
            case LcpOptionType.Authentication when options.Role == PppRole.Server:
                Refuse("peer refuses to authenticate");
                break;
        }
    }

    /// <summary>An Echo-Request came with this magic number; false if it is our own one that came back.</summary>
    internal bool HearEcho(uint magic)
    {
        if (magic == 0 || magic != Magic)
        {
            _loops = 0;
            return true;
        }

        CountLoop();
        return false;
    }

    private protected override void Forget()
    {
        _asksMru = true;
        _asksMagic = true;
        _mru = options.Mru;
        Magic = NewMagic();
        PeerMru = DefaultMru;
        _untried = options.Methods;
        _refusedMethod = null;
        Method = PppAuthenticationMethods.None;
        if (options.Role == PppRole.Server)
        {
            TakeMethod(AuthenticationOption.Best(_untried));
        }
    }

    private OptionVerdict ReviewMru(in ConfigureOption option, OptionWriter nak)
    {
        if (option.Data.Length != 2 || BinaryPrimitives.ReadUInt16BigEndian(option.Data) < MinimumMru)
        {
            nak.AddUInt16(option.Type, MinimumMru);
            return OptionVerdict.Nak;
        }

        _reviewedMru = BinaryPrimitives.ReadUInt16BigEndian(option.Data);
        return OptionVerdict.Accept;
    }

    private OptionVerdict ReviewMagic(in ConfigureOption option, OptionWriter nak)
    {
        // RFC 1661 6.4: zero is never a magic number, and equal ones are a loop until the contrary is shown.
        if (option.Data.Length == 4 && !IsOurs(option.Data) && option.Data.ContainsAnyExcept((byte)0))
        {
            return OptionVerdict.Accept;
        }

        nak.AddUInt32(option.Type, NewMagic());
        return OptionVerdict.Nak;
    }

    private OptionVerdict ReviewAuthentication(in ConfigureOption option, OptionWriter nak)
    {
        // A server proves nothing to its clients, and with no method allowed there is none to suggest.
        if (options.Role == PppRole.Server || options.Methods == PppAuthenticationMethods.None)
        {
            _refusedMethod = options.Role == PppRole.Client ? AuthenticationOption.Describe(option.Data) : null;
            return OptionVerdict.Reject;
        }

        PppAuthenticationMethods method = AuthenticationOption.Decode(option.Data);
        if ((method & options.Methods) != 0)
        {
            _reviewedMethod = method;
            return OptionVerdict.Accept;
        }

        _refusedMethod = AuthenticationOption.Describe(option.Data);
        nak.Add(option.Type, AuthenticationOption.Encode(AuthenticationOption.Best(options.Methods)));
        return OptionVerdict.Nak;
    }

    private void AskNext(ReadOnlySpan<byte> wanted)
    {
        PppAuthenticationMethods suggested = AuthenticationOption.Decode(wanted) & _untried;
        PppAuthenticationMethods next = suggested != PppAuthenticationMethods.None
            ? suggested
            : AuthenticationOption.Best(_untried);
        if (next == PppAuthenticationMethods.None)
        {
            Refuse($"no common authentication method: peer wants {AuthenticationOption.Describe(wanted)}, "
                + $"allowed here: {AuthenticationOption.Names(options.Methods)}");
            return;
        }

        TakeMethod(next);
    }

    private void TakeMethod(PppAuthenticationMethods method)
    {
        Method = method;
        _untried &= ~method;
    }

    private void Refuse(string cause)
    {
        FailureReason = PppCloseReason.AuthenticationRefused;
        GiveUp(cause);
    }

    private void CountLoop()
    {
        if (++_loops >= LoopLimit)
        {
            FailureReason = PppCloseReason.LoopbackDetected;
            GiveUp("our own frames come back: the link is looped");
        }
    }

    private bool IsOurs(ReadOnlySpan<byte> magic) =>
        Magic != 0 && magic.Length == 4 && BinaryPrimitives.ReadUInt32BigEndian(magic) == Magic;

    private uint NewMagic()
    {
        Span<byte> bytes = stackalloc byte[4];
        random(bytes);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return magic != 0 ? magic : 1;
    }
}
