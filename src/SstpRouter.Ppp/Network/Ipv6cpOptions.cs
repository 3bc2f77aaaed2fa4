using System.Buffers.Binary;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Network;

/// <summary>IPV6CP's options: one interface identifier on each side (RFC 5072 4.1).</summary>
internal sealed class Ipv6cpOptions(ulong? configured, RandomFill random) : OptionSet
{
    internal const byte InterfaceIdentifier = 1; // RFC 5072 4.1

    private const ulong UniversalBit = 0x0200_0000_0000_0000; // RFC 5072 4.1: zero in an identifier that was made up

    private bool _asks;
    private ulong _local;
    private ulong _reviewed;
    private ulong _remote;

    internal PppIpv6 Settings => new(_local, _remote);

    internal override void WriteRequest(OptionWriter request)
    {
        if (_asks)
        {
            request.AddUInt64(InterfaceIdentifier, _local);
        }
    }

    internal override void BeginReview(ReadOnlySpan<byte> options) => _reviewed = 0;

    internal override OptionVerdict Review(in ConfigureOption option, OptionWriter nak)
    {
        if (option.Type != InterfaceIdentifier)
        {
            return OptionVerdict.Reject;
        }

        ulong identifier = option.Data.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(option.Data) : 0;
        _reviewed = identifier != _local ? identifier : 0;
        if (_reviewed != 0)
        {
            return OptionVerdict.Accept;
        }

        nak.AddUInt64(InterfaceIdentifier, NewIdentifier());
        return OptionVerdict.Nak;
    }

    internal override void WriteMissing(OptionWriter nak)
    {
        if (_reviewed == 0 && nak.Written.IsEmpty)
        {
            nak.AddUInt64(InterfaceIdentifier, NewIdentifier());
        }
    }

    internal override void Acknowledge() => _remote = _reviewed;

    internal override void Nakked(in ConfigureOption option)
    {
        if (option.Type != InterfaceIdentifier)
        {
            return;
        }

        ulong wanted = option.Data.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(option.Data) : 0;
        _local = wanted != 0 && wanted != _remote ? wanted : NewIdentifier();
    }

    // Our addresses stay what they are; the peer only does not want to hear of them.
    internal override void Rejected(byte type) => _asks &= type != InterfaceIdentifier;

    private protected override void Forget()
    {
        _asks = true;
        _local = configured ?? NewIdentifier();
        _remote = 0;
    }

    private ulong NewIdentifier()
    {
        Span<byte> bytes = stackalloc byte[8];
        random(bytes);
        ulong identifier = BinaryPrimitives.ReadUInt64BigEndian(bytes) & ~UniversalBit;
        return identifier != 0 ? identifier : 1;
    }
}
