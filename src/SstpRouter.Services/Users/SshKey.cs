using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace SstpRouter.Services.Users;

/// <summary>A public key of SSH.</summary>
/// <param name="Algorithm">Its algorithm: <c>ssh-ed25519</c>.</param>
/// <param name="Blob">The key in base64, as it stands in the file.</param>
/// <param name="Comment">What stands behind it, often <c>user@host</c>.</param>
/// <param name="Bits">Its length; 0 where that is not known.</param>
internal sealed record SshKey(string Algorithm, string Blob, string Comment, int Bits)
{
    // RFC 4253 6.6, RFC 5656 6.2, RFC 8709 3; keys in hardware are OpenSSH's own.
    private static readonly string[] Known =
    [
        "ssh-rsa", "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    /// <summary>The kind as RouterOS names it: <c>rsa</c>, <c>ed25519</c>.</summary>
    public string Kind => Algorithm switch
    {
        "ssh-rsa" => "rsa",
        _ when Algorithm.Contains("ed25519", StringComparison.Ordinal) => "ed25519",
        _ => "ecdsa",
    };

    /// <summary>The line of authorized_keys, without options.</summary>
    public string Line => $"{Algorithm} {Blob} {Comment}".TrimEnd();

    /// <summary>Reads the first key of a public key file. Options before it (<c>command="..."</c>) are no key, and are refused with it.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out SshKey? key)
    {
        key = null;
        string line = text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && l[0] != '#') ?? "";
        string[] words = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 2 || !Known.Contains(words[0]) || line.Any(char.IsControl))
        {
            return false;
        }

        byte[] blob = new byte[words[1].Length];
        if (!Convert.TryFromBase64String(words[1], blob, out int length))
        {
            return false;
        }

        // RFC 4251 5: strings with their length before them; the first is the algorithm's name again.
        ReadOnlySpan<byte> rest = blob.AsSpan(0, length);
        if (!TryTake(ref rest, out ReadOnlySpan<byte> name) || Encoding.ASCII.GetString(name) != words[0] || !TryTake(ref rest, out ReadOnlySpan<byte> first))
        {
            return false;
        }

        int bits = words[0] switch
        {
            "ssh-rsa" => TryTake(ref rest, out ReadOnlySpan<byte> modulus) ? (int)new BigInteger(modulus, isBigEndian: true).GetBitLength() : 0,
            _ when words[0].EndsWith("384", StringComparison.Ordinal) => 384,
            _ when words[0].EndsWith("521", StringComparison.Ordinal) => 521,
            _ => 256,
        };
        key = new SshKey(words[0], words[1], words.Length > 2 ? words[2] : "", bits);
        return bits > 0 && !first.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (rest.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > (uint)(rest.Length - sizeof(uint)))
        {
            return false;
        }

        taken = rest.Slice(sizeof(uint), (int)length);
        rest = rest[(sizeof(uint) + (int)length)..];
        return true;
    }
}
