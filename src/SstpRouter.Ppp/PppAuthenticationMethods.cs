namespace SstpRouter.Ppp;

/// <summary>Authentication methods, as a set. RouterOS calls them pap, chap, mschap1 and mschap2.</summary>
[Flags]
public enum PppAuthenticationMethods
{
    /// <summary>No method.</summary>
    None = 0,

    /// <summary>Password in clear text (RFC 1334).</summary>
    Pap = 1,

    /// <summary>CHAP with MD5 (RFC 1994).</summary>
    Chap = 2,

    /// <summary>MS-CHAP version 1 (RFC 2433).</summary>
    MsChap1 = 4,

    /// <summary>MS-CHAP version 2 (RFC 2759).</summary>
    MsChap2 = 8,

    /// <summary>All four.</summary>
    All = Pap | Chap | MsChap1 | MsChap2,
}
