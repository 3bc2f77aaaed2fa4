using System.Text;
using SstpRouter.Sstp.Http;
using SstpRouter.Sstp.Wire;

namespace SstpRouter.Sstp;

/// <summary>Cuts what a call has read into what it acts on, and rewrites that so that no secret is left in it and
/// a call takes the same course on it.</summary>
/// <remarks>Everything that one call consumes passes through one mask, in order. Only what is known to be free of
/// secrets is kept as it is; what the call does not look at goes.</remarks>
public sealed class SstpMask
{
    // What is told about a peer and its request, and never a credential.
    private static readonly string[] HarmlessHeaders =
    [
        "Allow", "Connection", "Content-Length", "Content-Type", "Date", "Host", "Server", "SSTPCORRELATIONID",
        "Transfer-Encoding", "User-Agent", "Via",
    ];

    private HttpHeadReader? _head = new();
    private byte[]? _hlak;
    private byte[] _maskedHlak = [];

    /// <summary>Takes the next unit off the bytes that <see cref="SstpCall.TryRead"/> has consumed.</summary>
    /// <param name="consumed">The bytes; moved past the unit.</param>
    /// <param name="unit">What it is.</param>
    /// <param name="bytes">A head without secrets; a packet as it came, header included.</param>
    /// <returns>False when no unit is complete.</returns>
    public bool TryTake(ref ReadOnlySpan<byte> consumed, out SstpStreamUnit unit, out ReadOnlySpan<byte> bytes)
    {
        if (_head is not null)
        {
            unit = SstpStreamUnit.Head;
            return TryTakeHead(ref consumed, out bytes);
        }

        SstpDelineation found = SstpPacket.Delineate(consumed, out bool isControl, out int length);
        if (found == SstpDelineation.Packet)
        {
            unit = isControl ? SstpStreamUnit.Message : SstpStreamUnit.Frame;
            bytes = consumed[..length];
            consumed = consumed[length..];
            return true;
        }

        unit = SstpStreamUnit.Malformed;
        bytes = found == SstpDelineation.Malformed ? consumed[..SstpPacket.DataHeaderLength] : default;
        consumed = default;
        return found == SstpDelineation.Malformed;
    }

    /// <summary>The owner has told the call that authentication succeeded.</summary>
    /// <param name="hlak">The key that the call was given.</param>
    /// <param name="maskedHlak">The key that a call on the masked stream is given.</param>
    public void Authenticated(ReadOnlySpan<byte> hlak, ReadOnlySpan<byte> maskedHlak)
    {
        _hlak ??= hlak.ToArray();
        _maskedHlak = maskedHlak.ToArray();
    }

    /// <summary>Whether a control packet's compound MAC cannot be judged before
    /// <see cref="Authenticated"/>.</summary>
    /// <param name="packet">The packet.</param>
    public bool AwaitsKey(ReadOnlySpan<byte> packet) => _hlak is null && SstpCryptoBinding.IsCallConnected(packet);

    /// <summary>Rewrites a control packet. A compound MAC that is right for the key is right for the masked key
    /// afterwards; any other one is zero and as wrong as before.</summary>
    /// <param name="packet">The packet, as <see cref="TryTake"/> gave it.</param>
    /// <returns>A packet of the same length.</returns>
    public byte[] Message(ReadOnlySpan<byte> packet)
    {
        var message = SstpMessage.Of(packet);
        byte[] masked = packet.ToArray();
        Span<byte> body = masked.AsSpan(SstpPacket.ControlHeaderLength);
        if (SstpCryptoBinding.IsCallConnected(packet))
        {
            SstpCryptoBinding.ChangeKey(masked, _hlak, _maskedHlak);
        }
        else if (message.Type is SstpMessageType.CallAbort or SstpMessageType.CallDisconnect or SstpMessageType.CallConnectNak)
        {
            // These are taken in any form, and only the status in front is read.
            Keep(body, SstpAttribute.HeaderLength + StatusInfo.FixedLength);
        }
        else if (!message.IsWellFormed)
        {
            body.Clear(); // and still not well formed: no attribute is empty
        }
        else
        {
            MaskAttributes(message, body);
        }

        return masked;
    }

    private static void MaskAttributes(in SstpMessage message, Span<byte> body)
    {
        foreach (SstpAttribute attribute in message)
        {
            int length = attribute.Value.Length;
            Keep(body.Slice(SstpAttribute.HeaderLength, length), attribute.Id switch
            {
                SstpAttributeId.EncapsulatedProtocolId or SstpAttributeId.CryptoBindingRequest => length,
                SstpAttributeId.StatusInfo => StatusInfo.FixedLength,
                SstpAttributeId.CryptoBinding => CryptoBinding.MacOffset,
                _ => 0,
            });
            body = body[(SstpAttribute.HeaderLength + length)..];
        }
    }

    private static void Keep(Span<byte> bytes, int kept) => bytes[Math.Min(kept, bytes.Length)..].Clear();

    private bool TryTakeHead(ref ReadOnlySpan<byte> consumed, out ReadOnlySpan<byte> bytes)
    {
        HttpHeadProgress progress = _head!.Read(ref consumed);
        bytes = default;
        if (progress == HttpHeadProgress.Incomplete)
        {
            return false;
        }

        bytes = progress == HttpHeadProgress.Complete ? MaskHead(_head) : Oversized();
        consumed = progress == HttpHeadProgress.Complete ? consumed : default;
        _head = null;
        return true;
    }

    private static byte[] Oversized()
    {
        var line = new byte[HttpHeadReader.MaximumBytes + 1];
        Array.Fill(line, (byte)'x');
        return line;
    }

    private static byte[] MaskHead(HttpHeadReader head)
    {
        var text = new StringBuilder();
        AppendLine(text, Encoding.Latin1.GetString(head.Line(0)));
        for (int i = 1; i < head.LineCount; i++)
        {
            AppendLine(text, MaskHeader(Encoding.Latin1.GetString(head.Line(i))));
        }

        return Encoding.Latin1.GetBytes(text.Append('\n').ToString());
    }

    // Never longer than the original, so that no head becomes too large.
    private static string MaskHeader(string line)
    {
        bool continues = line[0] is ' ' or '\t';
        int kept = continues ? 1 : line.IndexOf(':') + 1;
        bool harmless = !continues && kept > 0 && HarmlessHeaders.Contains(line[..(kept - 1)], StringComparer.OrdinalIgnoreCase);
        return harmless || kept == line.Length ? line : line[..kept] + "*";
    }

    // A bare LF ends a line too (RFC 9112 2.2), and no head grows by it; but it would take a CR of the line's own with it.
    private static void AppendLine(StringBuilder text, string line) =>
        text.Append(line).Append(line.EndsWith('\r') ? "\r\n" : "\n");
}
