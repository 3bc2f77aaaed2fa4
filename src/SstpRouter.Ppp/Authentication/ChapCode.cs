namespace SstpRouter.Ppp.Authentication;

/// <summary>CHAP's codes (RFC 1994 4), and the sizes of its values.</summary>
internal static class ChapCode
{
    internal const byte Challenge = 1;
    internal const byte Response = 2;
    internal const byte Success = 3;
    internal const byte Failure = 4;

    /// <summary>Change-Password packet of MS-CHAPv2 (RFC 2759 7).</summary>
    internal const byte ChangePassword = 7;

    internal const int Md5Length = 16; // RFC 1994 4.1
    internal const int MsResponseLength = 49; // RFC 2433 5, RFC 2759 4

    /// <summary>How long a server's challenge is.</summary>
    internal static int ChallengeLength(PppAuthenticationMethods method) =>
        method == PppAuthenticationMethods.MsChap1 ? 8 : 16; // RFC 2433 4, RFC 2759 3

    /// <summary>How long a client's response is.</summary>
    internal static int ResponseLength(PppAuthenticationMethods method) =>
        method == PppAuthenticationMethods.Chap ? Md5Length : MsResponseLength;
}
