using System.Runtime.InteropServices;

namespace SstpRouter.Tls.Native;

/// <summary>One entry of the thread's error queue.</summary>
/// <param name="Library">The library that reported it; 0 when the queue was empty.</param>
/// <param name="Reason">The library's own reason number.</param>
/// <param name="Text">OpenSSL's words.</param>
internal readonly record struct OpenSslError(int Library, int Reason, string Text)
{
    public const int SslLibrary = 20;

    /// <summary>
    /// Takes the first error of libssl, or else the first at all, and empties the queue. A cipher that fails below
    /// libssl reports before it, but only libssl says what that meant for the connection.
    /// </summary>
    public static OpenSslError Take()
    {
        var error = LibCrypto.ERR_get_error();
        for (var next = error; next != 0; next = LibCrypto.ERR_get_error())
        {
            if (LibraryOf(next) == SslLibrary)
            {
                error = next;
                break;
            }
        }
        LibCrypto.ERR_clear_error();
        if (error == 0)
        {
            return new OpenSslError(0, 0, "no reason given");
        }
        var text = Marshal.PtrToStringUTF8(LibCrypto.ERR_reason_error_string(error));
        // ERR_GET_REASON of err.h.
        return new OpenSslError(
            LibraryOf(error), (int)error & 0x7FFFFF, text ?? $"OpenSSL error 0x{(ulong)error:X8}");
    }

    /// <summary>For calls that fail only when memory or the library itself is at fault.</summary>
    public InvalidOperationException ToException() => new($"OpenSSL failed: {Text}");

    // ERR_GET_LIB of err.h.
    private static int LibraryOf(nuint error) => (int)(error >> 23) & 0xFF;
}
