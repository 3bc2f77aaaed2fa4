using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>An address.</summary>
internal sealed class AddressType(bool takesIp6) : PropertyType
{
    public override string Syntax => takesIp6 ? "IP address" : "IPv4 address";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        TryRead(Types.TextOf(input), out IPAddress? address) && (takesIp6 || address.AddressFamily == AddressFamily.InterNetwork)
            ? new AddressValue(address)
            : throw Types.Invalid(propertyName);

    /// <summary>Reads an address in full form; <see cref="IPAddress.TryParse(string, out IPAddress)"/> alone takes <c>1</c> and <c>010.1</c> too.</summary>
    internal static bool TryRead(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Contains(':'))
        {
            return !text.Contains('[') && IPAddress.TryParse(text, out address);
        }

        string[] parts = text.Split('.');
        Span<byte> bytes = stackalloc byte[4];
        if (parts.Length != 4)
        {
            return false;
        }

        for (int i = 0; i < 4; i++)
        {
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        address = new IPAddress(bytes);
        return true;
    }
}

/// <summary>A list of values of one type, separated by commas.</summary>
internal sealed class SequenceType(PropertyType each, string syntax) : PropertyType
{
    public override string Syntax => syntax;

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        ArrayValue.Of(Types.PartsOf(input).Select(part => each.Parse(Value.Of(part), propertyName, scope)));

    public override string Format(Value value) => Types.TextOf(value);
}

/// <summary>An address or a DNS name.</summary>
internal sealed class HostOrAddressType : PropertyType
{
    private const int MaxNameLength = 253; // RFC 1035 2.3.4, without the root's dot
    private const int MaxLabelLength = 63; // RFC 1035 2.3.4

    public override string Syntax => "IP address | DNS name";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        string text = Types.TextOf(input);
        return AddressType.TryRead(text, out IPAddress? address) ? new AddressValue(address)
            : IsName(text) ? Value.Of(text)
            : throw Types.Invalid(propertyName);
    }

    private static bool IsName(string text)
    {
        string name = text.EndsWith('.') ? text[..^1] : text;
        string[] labels = name.Split('.');

        // A last label of digits only is a mistyped address, never a top-level domain (RFC 3696 2).
        return name.Length <= MaxNameLength
            && labels.All(l => l.Length is > 0 and <= MaxLabelLength && l[0] != '-' && l[^1] != '-' && l.All(IsNameCharacter))
            && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c > 0x7F && char.IsLetterOrDigit(c));
}

/// <summary>An address or a network with its length.</summary>
internal sealed class PrefixType(bool keepsHostBits) : PropertyType
{
    public override string Syntax => keepsHostBits ? "address/length" : "network/length";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        TryRead(Types.TextOf(input), out PrefixValue? prefix)
            ? keepsHostBits ? prefix : new PrefixValue(Network(prefix.Address, prefix.Length), prefix.Length)
            : throw Types.Invalid(propertyName);

    /// <summary>Reads <c>10.0.0.1/24</c>, <c>10.0.0.1/255.255.255.0</c> and <c>10.0.0.1</c>, host bits kept.</summary>
    internal static bool TryRead(string text, [NotNullWhen(true)] out PrefixValue? prefix)
    {
        prefix = null;
        int slash = text.IndexOf('/');
        if (!AddressType.TryRead(slash < 0 ? text : text[..slash], out IPAddress? address))
        {
            return false;
        }

        int bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        int length = bits;
        if (slash >= 0
            && !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length)
            && !TryReadMask(text[(slash + 1)..], out length))
        {
            return false;
        }

        prefix = length <= bits ? new PrefixValue(address, length) : null;
        return prefix is not null;
    }

    /// <summary>The address with its host bits cleared.</summary>
    internal static IPAddress Network(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> kept);
        }

        return new IPAddress(bytes);
    }

    private static bool TryReadMask(string text, out int length)
    {
        length = 0;
        if (!AddressType.TryRead(text, out IPAddress? mask) || mask.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        byte[] bytes = mask.GetAddressBytes();
        uint bits = (uint)((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
        length = System.Numerics.BitOperations.LeadingZeroCount(~bits);
        return length == 32 || bits << length == 0;
    }
}
