using System.Buffers.Binary;

namespace SstpRouter.Sstp.Wire;

/// <summary>The Status Info attribute without its AttribValue ([MS-SSTP] 2.2.8).</summary>
/// <param name="Attribute">The attribute that the status is about.</param>
/// <param name="Status">What is wrong with it.</param>
internal readonly record struct StatusInfo(SstpAttributeId Attribute, SstpStatus Status)
{
    /// <summary>The value's length without AttribValue: three reserved bytes, the id, the status.</summary>
    public const int FixedLength = 8;

    /// <summary>The longest AttribValue.</summary>
    public const int MaximumEchoedLength = 64;

    public static bool TryRead(ReadOnlySpan<byte> value, out StatusInfo info)
    {
        info = default;
        if (value.Length < FixedLength)
        {
            return false;
        }

        info = new StatusInfo((SstpAttributeId)value[3], (SstpStatus)BinaryPrimitives.ReadUInt32BigEndian(value[4..]));
        return true;
    }

    /// <summary>Reads the Status Info that a message begins with. Its length field is not looked at: one server in wide
    /// use gets it wrong in its NAK.</summary>
    public static StatusInfo? ReadFirst(in SstpMessage message)
    {
        ReadOnlySpan<byte> body = message.Body;
        return body.Length >= SstpAttribute.HeaderLength + FixedLength
            && body[1] == (byte)SstpAttributeId.StatusInfo
            && TryRead(body[SstpAttribute.HeaderLength..], out StatusInfo info)
            ? info
            : null;
    }

    /// <summary>Appends this to a message, with the offending value where a NAK shows one.</summary>
    public bool TryAddTo(SstpMessageBuilder message, ReadOnlySpan<byte> offendingValue = default)
    {
        Span<byte> value = stackalloc byte[FixedLength + MaximumEchoedLength];
        value[..3].Clear();
        value[3] = (byte)Attribute;
        BinaryPrimitives.WriteUInt32BigEndian(value[4..], (uint)Status);
        int echoed = Math.Min(offendingValue.Length, MaximumEchoedLength);
        offendingValue[..echoed].CopyTo(value[FixedLength..]);
        return message.TryAdd(SstpAttributeId.StatusInfo, value[..(FixedLength + echoed)]);
    }

    public override string ToString() => $"{SstpNames.Of(Status)} for {SstpNames.Of(Attribute)}";
}
