namespace SstpRouter.Tls.Native;

/// <summary>The library as a whole.</summary>
internal static class OpenSsl
{
    /// <summary>
    /// A library context of our own, made once and kept for the life of the process. Only the default context is
    /// touched by the host's configuration file, which the framework may have loaded before us.
    /// </summary>
    public static nint LibraryContext { get; } = Start();

    private static nint Start()
    {
        // Without the handler at exit: it would free what other threads still use while the process ends.
        if (LibSsl.OPENSSL_init_ssl(LibSsl.InitNoLoadConfig | LibSsl.InitNoAtExit, 0) != 1)
        {
            throw OpenSslError.Take().ToException();
        }
        var context = LibCrypto.OSSL_LIB_CTX_new();
        return context != 0 ? context : throw OpenSslError.Take().ToException();
    }
}
