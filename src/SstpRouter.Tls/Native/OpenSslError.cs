using System.Runtime.InteropServices;

namespace SstpRouter.Tls.Native;

/// <summary>One entry of the thread's error queue.</summary>
/// <param name="Library">The library that reported it; 0 when the queue was empty.</param>
/// <param name="Reason">The library's own reason number.</param>
/// <param name="Text">OpenSSL's words.</param>
internal readonly record struct OpenSslError(int Library, int Reason, string Text)
{
    public const int SslLibrary = 20;

    /// <summary>Takes the first error, which is the cause, and empties the queue.</summary>
    public static OpenSslError Take()
    {
        var error = LibCrypto.ERR_get_error();
        LibCrypto.ERR_clear_error();
        if (error == 0)
        {
            return new OpenSslError(0, 0, "no reason given");
        }
        var text = Marshal.PtrToStringUTF8(LibCrypto.ERR_reason_error_string(error));
        // ERR_GET_LIB and ERR_GET_REASON of err.h.
        return new OpenSslError(
            (int)(error >> 23) & 0xFF, (int)error & 0x7FFFFF, text ?? $"OpenSSL error 0x{(ulong)error:X8}");
    }

    /// <summary>For calls that fail only when memory or the library itself is at fault.</summary>
    public InvalidOperationException ToException() => new($"OpenSSL failed: {Text}");
}
