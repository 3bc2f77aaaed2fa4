using System.Buffers.Binary;

namespace SstpRouter.Sstp.Wire;

/// <summary>What a server finds wrong with a CALL_CONNECT_REQUEST ([MS-SSTP] 3.3.5.2.2).</summary>
internal static class ConnectRequestCheck
{
    // A NAK lists every attribute that is not acceptable; a request of a thousand bad ones does not get a list as long.
    private const int MaximumFindings = 16;

    /// <summary>Checks the attributes of a well formed request.</summary>
    /// <returns>Null when the request is acceptable, else the CALL_CONNECT_NAK that answers it.</returns>
    public static byte[]? Refuse(in SstpMessage request)
    {
        var nak = new SstpMessageBuilder(SstpMessageType.CallConnectNak);
        int findings = 0;
        bool protocolSeen = false;
        foreach (SstpAttribute attribute in request)
        {
            SstpStatus status = Check(attribute, ref protocolSeen);
            if (status != SstpStatus.NoError && findings < MaximumFindings)
            {
                findings++;

                // [MS-SSTP] 2.2.12: no value comes back for an attribute that is not understood.
                ReadOnlySpan<byte> value =
                    status == SstpStatus.UnrecognizedAttribute ? default : attribute.Value;
                new StatusInfo(attribute.Id, status).TryAddTo(nak, value);
            }
        }

        if (!protocolSeen)
        {
            // [MS-SSTP] 2.2.8 names the missing attribute here, 3.3.5.2.2 names STATUS_INFO; the former says more.
            findings++;
            new StatusInfo(SstpAttributeId.EncapsulatedProtocolId, SstpStatus.RequiredAttributeMissing).TryAddTo(nak);
        }

        return findings == 0 ? null : nak.ToPacket();
    }

    private static SstpStatus Check(in SstpAttribute attribute, ref bool protocolSeen)
    {
        switch (attribute.Id)
        {
            case SstpAttributeId.EncapsulatedProtocolId when protocolSeen:
                return SstpStatus.DuplicateAttribute;

            case SstpAttributeId.EncapsulatedProtocolId:
                protocolSeen = true;
                return attribute.Value.Length != sizeof(ushort) ? SstpStatus.InvalidAttributeValueLength
                    : BinaryPrimitives.ReadUInt16BigEndian(attribute.Value) != SstpMessages.EncapsulatedProtocolPpp
                    ? SstpStatus.ValueNotSupported
                    : SstpStatus.NoError;

            case SstpAttributeId.StatusInfo:
                return !StatusInfo.TryRead(attribute.Value, out StatusInfo info)
                    ? SstpStatus.InvalidAttributeValueLength
                    : info.Status != SstpStatus.NoError
                    ? SstpStatus.StatusInfoNotSupportedInMessage
                    : SstpStatus.NoError;

            default:
                return SstpStatus.UnrecognizedAttribute;
        }
    }
}
