using System.Buffers.Binary;
using SstpRouter.Ppp.Authentication;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp;

/// <summary>
/// Rewrites what a session receives as if its user's password were <see cref="Password"/>, so that a session with that
/// password takes the same course on it. What comes out holds nothing that a password can be had or guessed from.
/// </summary>
/// <remarks>
/// Every frame of one session passes through one mask, in order: received ones through <see cref="Received"/>, sent ones
/// through <see cref="Sent"/>. Only what is known to be free of secrets is kept as it is; contents that the session does
/// not look at go. A masked frame may differ in length from the original, so that no length tells a password's.
/// </remarks>
public sealed class PppMask
{
    /// <summary>The password that all users seem to have.</summary>
    public const string Password = "masked";

    /// <summary>
    /// The password behind credentials that differ from the first ones for the same challenge: a server tells a
    /// repetition from another attempt.
    /// </summary>
    public const string OtherPassword = "masked otherwise";

    private const int UnreadableLength = 4; // address, control and two bytes of protocol: why it is none stays visible

    private readonly MaskedLogin? _login;
    private readonly MaskedSignature? _signature;

    /// <summary>Makes the mask of one session.</summary>
    /// <param name="options">The session's options, with the password in use.</param>
    public PppMask(PppSessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Role == PppRole.Server)
        {
            _login = new MaskedLogin();
        }
        else
        {
            _signature = new MaskedSignature(options.UserName, options.Password);
        }
    }

    /// <summary>Takes note of a frame that the session sends.</summary>
    /// <param name="frame">The frame.</param>
    public void Sent(ReadOnlySpan<byte> frame)
    {
        if (!PppFrame.TryParse(frame, out ushort protocol, out int offset)
            || protocol != PppFrame.Chap
            || !ControlPacket.TryParse(frame[offset..], out ControlPacket packet))
        {
            return;
        }

        ReadOnlySpan<byte> rest = packet.Data;
        if (LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> value))
        {
            if (packet.Code == ChapCode.Challenge)
            {
                _login?.Challenged(packet.Identifier, value);
            }
            else if (packet.Code == ChapCode.Response)
            {
                _signature?.Responded(value);
            }
        }
    }

    /// <summary>Rewrites a frame that the session receives.</summary>
    /// <param name="frame">The frame; anything may be in it.</param>
    /// <returns>The frame without secrets, and without padding.</returns>
    public byte[] Received(ReadOnlySpan<byte> frame)
    {
        if (!PppFrame.TryParse(frame, out ushort protocol, out int offset))
        {
            return frame[..Math.Min(frame.Length, UnreadableLength)].ToArray();
        }

        byte[] header = frame[..offset].ToArray();
        if (protocol is not (PppFrame.Lcp or PppFrame.Pap or PppFrame.Chap or PppFrame.Ipcp or PppFrame.Ipv6cp))
        {
            return header; // data, or a protocol that is rejected unread
        }

        ReadOnlySpan<byte> information = frame[offset..];
        if (!ControlPacket.TryParse(information, out ControlPacket packet))
        {
            return [.. header, .. information[..Math.Min(information.Length, ControlPacket.HeaderLength)]];
        }

        byte[] data = protocol switch
        {
            PppFrame.Pap => MaskPap(packet),
            PppFrame.Chap => MaskChap(packet),
            PppFrame.Lcp => MaskLcp(packet),
            _ => packet.Data.ToArray(),
        };
        var start = new byte[ControlPacket.HeaderLength];
        start[0] = packet.Code;
        start[1] = packet.Identifier;
        BinaryPrimitives.WriteUInt16BigEndian(start.AsSpan(2), (ushort)(start.Length + data.Length));
        return [.. header, .. start, .. data];
    }

    /// <summary>The higher-layer authentication key of the latest login, as it follows from the masked frames.</summary>
    /// <param name="method">The method that the login went through with.</param>
    /// <returns>32 bytes; zeros for methods without a key, and where nothing was masked.</returns>
    public byte[] MaskedHlak(PppAuthenticationMethods method) => _login?.Hlak(method) ?? Hlak.Zero();

    private static byte[] Cleared(ReadOnlySpan<byte> data, int kept)
    {
        var cleared = new byte[data.Length];
        data[..Math.Min(data.Length, kept)].CopyTo(cleared);
        return cleared;
    }

    // A reject brings back what it rejects: a Protocol-Reject of PAP has the password in it (RFC 1661 5.6, 5.7).
    private static byte[] MaskLcp(in ControlPacket packet) => packet.Code switch
    {
        ControlPacket.CodeRej => Cleared(packet.Data, 1),
        ControlPacket.ProtRej => Cleared(packet.Data, sizeof(ushort)),
        _ => packet.Data.ToArray(),
    };

    private byte[] MaskPap(in ControlPacket packet)
    {
        ReadOnlySpan<byte> rest = packet.Data;
        if (_login is null)
        {
            return packet.Code is PapClient.Ack or PapClient.Nak ? packet.Data.ToArray() : [];
        }

        if (packet.Code != PapClient.Request)
        {
            return [];
        }

        if (!LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> name))
        {
            return Unreadable(packet.Data);
        }

        ReadOnlySpan<byte> afterName = rest;
        return LengthPrefixed.TryTake(ref rest, out _)
            ? MaskedLogin.Pap(name, _login.PasswordFor(packet.Data))
            : LengthPrefixed.Join(name, Unreadable(afterName));
    }

    // The rest of it is nothing that this end reads: to change a password, for one, both are sent (RFC 2759 7).
    private byte[] MaskChap(in ControlPacket packet) => (packet.Code, _login, _signature) switch
    {
        (ChapCode.Response, { } login, _) => MaskResponse(login, packet),
        (ChapCode.Challenge, _, { } signature) => KeepChallenge(signature, packet),
        (ChapCode.Success, _, { } signature) => signature.Success(packet.Data),
        (ChapCode.Failure, _, not null) => packet.Data.ToArray(),
        _ => [],
    };

    private static byte[] MaskResponse(MaskedLogin login, in ControlPacket packet)
    {
        ReadOnlySpan<byte> name = packet.Data;
        return LengthPrefixed.TryTake(ref name, out ReadOnlySpan<byte> value)
            ? LengthPrefixed.Join(login.Response(packet.Identifier, packet.Data, value, name), name)
            : Unreadable(packet.Data);
    }

    private static byte[] KeepChallenge(MaskedSignature signature, in ControlPacket packet)
    {
        ReadOnlySpan<byte> rest = packet.Data;
        if (LengthPrefixed.TryTake(ref rest, out ReadOnlySpan<byte> challenge))
        {
            signature.Challenged(challenge);
        }

        return packet.Data.ToArray();
    }

    // A field whose length runs past the end still does so: nothing to read comes of it.
    private static byte[] Unreadable(ReadOnlySpan<byte> field)
    {
        var filled = new byte[Math.Min(field.Length, LengthPrefixed.MaximumLength)];
        Array.Fill(filled, byte.MaxValue);
        return filled;
    }
}
