using System.Globalization;

namespace SstpRouter.Ppp.Authentication;

/// <summary>The text of an MS-CHAP Failure packet: <c>E=691 R=0 C=... V=3 M=...</c> (RFC 2759 6).</summary>
internal readonly record struct ChapFailure(int Code, bool MayRetry, byte[] Challenge, int Version, string Message)
{
    internal const int AuthenticationFailure = 691; // RFC 2759 6
    internal const int ErrorChangingPassword = 709; // RFC 2759 6
    internal const string Rejected = "user name or password rejected by the peer";

    private const int ChangePasswordVersion = 3; // RFC 2759 6

    /// <summary>What to tell the user.</summary>
    internal string Text => Message.Length > 0 ? Message : Code switch
    {
        // RFC 2759 6
        646 => "logon is restricted to other hours",
        647 => "account is disabled",
        648 => "password has expired",
        649 => "no permission to dial in",
        ErrorChangingPassword => "error changing password",
        _ => Rejected,
    };

    /// <summary>Writes a Failure that allows no retry: guessing then costs a new call each time.</summary>
    internal static string Write(int code, ReadOnlySpan<byte> challenge, PppAuthenticationMethods method, string message)
    {
        // RFC 2433 9 knows versions 1 to 2 for its own change-password packets; no version offers none.
        string version = method == PppAuthenticationMethods.MsChap2
            ? string.Create(CultureInfo.InvariantCulture, $" V={ChangePasswordVersion}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"E={code} R=0 C={Convert.ToHexString(challenge)}{version} M={message}");
    }

    /// <summary>Reads a Failure; every field may be missing, and what has no field is the message.</summary>
    internal static ChapFailure Parse(ReadOnlySpan<byte> data)
    {
        string text = PeerText.Clean(data);
        int code = 0;
        bool mayRetry = false;
        byte[] challenge = [];
        int version = 0;
        string rest = text;
        while (true)
        {
            rest = rest.TrimStart(' ');
            if (rest.Length < 2 || rest[1] != '=' || rest[0] is not ('E' or 'R' or 'C' or 'V'))
            {
                break;
            }

            int end = rest.IndexOf(' ');
            string value = end < 0 ? rest[2..] : rest[2..end];
            switch (rest[0])
            {
                case 'E':
                    _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out code);
                    break;
                case 'R':
                    mayRetry = value == "1";
                    break;
                case 'C':
                    challenge = ParseHex(value);
                    break;
                case 'V':
                    _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out version);
                    break;
            }

            rest = end < 0 ? "" : rest[end..];
        }

        string message = rest.StartsWith("M=", StringComparison.Ordinal) ? rest[2..] : rest;
        return new ChapFailure(code, mayRetry, challenge, version, message);
    }

    private static byte[] ParseHex(string digits)
    {
        if ((digits.Length & 1) != 0)
        {
            return [];
        }

        var bytes = new byte[digits.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            ReadOnlySpan<char> pair = digits.AsSpan(2 * i, 2);
            if (!byte.TryParse(pair, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return [];
            }
        }

        return bytes;
    }
}
