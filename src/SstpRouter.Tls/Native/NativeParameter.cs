using System.Runtime.InteropServices;

namespace SstpRouter.Tls.Native;

/// <summary>OSSL_PARAM: one named value for OpenSSL; all zero ends a list of them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeParameter
{
    // OSSL_PARAM_UTF8_STRING and OSSL_PARAM_OCTET_STRING of core.h.
    private const uint TypeText = 4;
    private const uint TypeOctets = 5;

    private readonly byte* _name;
    private readonly uint _type;
    private readonly byte* _value;
    private readonly nuint _length;
    private readonly nuint _lengthReturned;

    private NativeParameter(byte* name, uint type, byte* value, int length)
    {
        _name = name;
        _type = type;
        _value = value;
        _length = (nuint)length;
        _lengthReturned = nuint.MaxValue;
    }

    /// <summary>Bytes.</summary>
    /// <param name="name">Its name, a C string.</param>
    /// <param name="value">The bytes; they must stay where they are while the list is used.</param>
    /// <param name="length">How many.</param>
    public static NativeParameter Octets(byte* name, byte* value, int length) => new(name, TypeOctets, value, length);

    /// <summary>A C string.</summary>
    /// <param name="name">Its name, a C string.</param>
    /// <param name="value">The string; it must stay where it is while the list is used.</param>
    /// <param name="length">Its length, without the zero at its end.</param>
    public static NativeParameter Text(byte* name, byte* value, int length) => new(name, TypeText, value, length);
}
