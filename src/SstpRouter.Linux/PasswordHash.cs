using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SstpRouter.Linux;

/// <summary>Passwords as crypt(3) keeps them, by yescrypt: one hash serves this router and everybody who reads shadow(5).</summary>
public static partial class PasswordHash
{
    /// <summary>The longest password, in bytes of UTF-8 (<c>CRYPT_MAX_PASSPHRASE_SIZE</c> less its end).</summary>
    public const int LongestPassword = 511;

    private const string Library = "libcrypt.so.1";
    private const string Method = "$y$"; // crypt(5): yescrypt
    private const int SaltSize = 16;
    private const int OutputSize = 384;      // crypt.h: CRYPT_OUTPUT_SIZE
    private const int WorkSize = 32768;      // crypt.h: sizeof(struct crypt_data)

    // Hashing takes megabytes and much of a second on a small board: one at a time, whoever asks.
    private static readonly Lock Gate = new();

    /// <summary>Why passwords cannot be hashed here, with what to do about it; null where they can.</summary>
    public static string? Trouble { get; } = Probe();

    /// <summary>The hash of a password with a fresh salt: <c>$y$j9T$...</c>.</summary>
    /// <exception cref="ArgumentException">The password is longer than <see cref="LongestPassword"/> or holds a NUL.</exception>
    /// <exception cref="NotSupportedException">See <see cref="Trouble"/>.</exception>
    public static string Of(string password)
    {
        if (Trouble is not null)
        {
            throw new NotSupportedException(Trouble);
        }

        return Hash(password, Setting()) ?? throw new NotSupportedException("crypt(3) made no hash");
    }

    /// <summary>True where the password is the one of the hash, which may be of any method that crypt(3) knows.</summary>
    public static bool Fits(string password, string hash) =>
        Trouble is null && IsPossible(password)
        && Hash(password, hash) is { } made
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(made), Encoding.UTF8.GetBytes(hash));

    /// <summary>True for what crypt(3) can take as a password.</summary>
    public static bool IsPossible(string password) => !password.Contains('\0') && Encoding.UTF8.GetByteCount(password) <= LongestPassword;

    private static string? Probe()
    {
        try
        {
            return Hash("probe", Setting())?.StartsWith(Method, StringComparison.Ordinal) == true
                ? null
                : $"{Library} of this system does not know yescrypt: install libxcrypt 4.3 or later (package libcrypt1)";
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or NotSupportedException)
        {
            return $"passwords cannot be hashed without {Library} of libxcrypt 4.3 or later: install the package libcrypt1";
        }
    }

    private static string Setting()
    {
        byte[] random = RandomNumberGenerator.GetBytes(SaltSize);
        byte[] output = new byte[OutputSize];
        return GenerateSalt(Method, 0, random, random.Length, output, output.Length) == 0
            ? throw new NotSupportedException("crypt_gensalt_rn failed")
            : Text(output);
    }

    private static string? Hash(string password, string setting)
    {
        if (!IsPossible(password))
        {
            throw new ArgumentException($"a password has at most {LongestPassword} bytes and no NUL", nameof(password));
        }

        lock (Gate)
        {
            byte[] work = new byte[WorkSize];
            try
            {
                return Crypt(password, setting, work, work.Length) == 0 ? null : Text(work);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(work); // it holds the password too
            }
        }
    }

    // The result stands at the start of struct crypt_data, and of the output of crypt_gensalt_rn.
    private static string Text(byte[] buffer) => Encoding.UTF8.GetString(buffer.AsSpan(0, buffer.AsSpan().IndexOf((byte)0)));

    [LibraryImport(Library, EntryPoint = "crypt_rn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Crypt(string phrase, string setting, [In, Out] byte[] data, int size);

    [LibraryImport(Library, EntryPoint = "crypt_gensalt_rn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GenerateSalt(string prefix, nuint count, byte[] random, int randomSize, [In, Out] byte[] output, int outputSize);
}
