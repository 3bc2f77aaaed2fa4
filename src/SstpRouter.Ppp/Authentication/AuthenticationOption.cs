using System.Buffers.Binary;

namespace SstpRouter.Ppp.Authentication;

/// <summary>How a method is written in LCP's authentication option.</summary>
internal static class AuthenticationOption
{
    private const byte Md5 = 0x05; // RFC 1994 3
    private const byte MsChap1 = 0x80; // RFC 2433 3
    private const byte MsChap2 = 0x81; // RFC 2759 3
    private const ushort Eap = 0xC227; // RFC 3748
    private const int LongestShown = 8;

    /// <summary>From the strongest to the weakest: the order in which a server asks and a client offers.</summary>
    internal static ReadOnlySpan<PppAuthenticationMethods> Order =>
    [
        PppAuthenticationMethods.MsChap2,
        PppAuthenticationMethods.MsChap1,
        PppAuthenticationMethods.Chap,
        PppAuthenticationMethods.Pap,
    ];

    /// <summary>The strongest method of a set; <see cref="PppAuthenticationMethods.None"/> of an empty one.</summary>
    internal static PppAuthenticationMethods Best(PppAuthenticationMethods methods)
    {
        foreach (PppAuthenticationMethods method in Order)
        {
            if ((methods & method) != 0)
            {
                return method;
            }
        }

        return PppAuthenticationMethods.None;
    }

    internal static ReadOnlySpan<byte> Encode(PppAuthenticationMethods method) => method switch
    {
        PppAuthenticationMethods.Pap => [0xC0, 0x23],
        PppAuthenticationMethods.Chap => [0xC2, 0x23, Md5],
        PppAuthenticationMethods.MsChap1 => [0xC2, 0x23, MsChap1],
        _ => [0xC2, 0x23, MsChap2],
    };

    /// <summary>
    /// Reads the option's data; <see cref="PppAuthenticationMethods.None"/> for a method that is not ours.
    /// </summary>
    internal static PppAuthenticationMethods Decode(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2)
        {
            return PppAuthenticationMethods.None;
        }

        return (BinaryPrimitives.ReadUInt16BigEndian(data), data.Length) switch
        {
            (PppFrame.Pap, 2) => PppAuthenticationMethods.Pap,
            (PppFrame.Chap, 3) => data[2] switch
            {
                Md5 => PppAuthenticationMethods.Chap,
                MsChap1 => PppAuthenticationMethods.MsChap1,
                MsChap2 => PppAuthenticationMethods.MsChap2,
                _ => PppAuthenticationMethods.None,
            },
            _ => PppAuthenticationMethods.None,
        };
    }

    /// <summary>The protocol that carries a method.</summary>
    internal static ushort Protocol(PppAuthenticationMethods method) =>
        method == PppAuthenticationMethods.Pap ? PppFrame.Pap : PppFrame.Chap;

    /// <summary>Methods under RouterOS's names, the strongest first.</summary>
    internal static string Names(PppAuthenticationMethods methods)
    {
        var names = new List<string>();
        foreach (PppAuthenticationMethods method in Order)
        {
            if ((methods & method) != 0)
            {
                names.Add(Name(method));
            }
        }

        return names.Count == 0 ? "none" : string.Join(',', names);
    }

    /// <summary>What the option's data asks for, in words.</summary>
    internal static string Describe(ReadOnlySpan<byte> data)
    {
        PppAuthenticationMethods method = Decode(data);
        if (method != PppAuthenticationMethods.None)
        {
            return Name(method);
        }

        return data.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(data) == Eap
            ? "eap"
            : "0x" + Convert.ToHexStringLower(data[..Math.Min(data.Length, LongestShown)]) + (data.Length > LongestShown ? "..." : "");
    }

    private static string Name(PppAuthenticationMethods method) => method switch
    {
        PppAuthenticationMethods.Pap => "pap",
        PppAuthenticationMethods.Chap => "chap",
        PppAuthenticationMethods.MsChap1 => "mschap1",
        _ => "mschap2",
    };
}
