using System.Diagnostics;

namespace SstpRouter.Tls;

/// <summary>What protects the records of a tunnel.</summary>
public enum BulkCipher
{
    /// <summary>AES-256 in GCM, TLS 1.3.</summary>
    Aes256Gcm,

    /// <summary>AES-128 in GCM, TLS 1.3.</summary>
    Aes128Gcm,

    /// <summary>ChaCha20-Poly1305, TLS 1.3.</summary>
    ChaCha20Poly1305,

    /// <summary>AES-256 in CBC with HMAC-SHA1, TLS 1.2: RouterOS's <c>aes256-sha</c>.</summary>
    Aes256Sha,
}

/// <summary>
/// How fast this host makes TLS records and shakes hands, on one thread and over memory. What counts is this process's
/// own time on a processor, so that other programs do not show; its other threads must be idle.
/// </summary>
public static class RecordSpeed
{
    // The clock is read once for so much, so that it costs nothing.
    private const int BetweenLooks = 256 * 1024;

    /// <summary>Seals records for a while.</summary>
    /// <param name="identity">The server's.</param>
    /// <param name="cipher">The cipher.</param>
    /// <param name="recordLength">The plaintext of each record in octets, 1 to 16,384.</param>
    /// <param name="time">How long.</param>
    /// <returns>Octets of plaintext a second of a processor; 0 where the library lacks the cipher.</returns>
    /// <exception cref="TlsPolicyException">The identity cannot be used.</exception>
    public static double Seal(TlsIdentity identity, BulkCipher cipher, int recordLength, TimeSpan time)
    {
        using TlsContext client = TlsContext.ForClient(Asking(new TlsClientPolicy(), cipher));
        using TlsContext server = TlsContext.ForServer(Asking(new TlsServerPolicy { Identity = identity }, cipher));
        using TlsConnection sender = client.Connect();
        using TlsConnection receiver = server.Accept();
        if (!ShakeHands(sender, receiver))
        {
            return 0;
        }

        byte[] plaintext = new byte[recordLength];
        int records = Math.Max(1, BetweenLooks / recordLength);
        long sealedOctets = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        do
        {
            for (int i = 0; i < records; i++)
            {
                sender.Write(plaintext);
                sender.Sent(sender.PendingCiphertext);
            }

            sealedOctets += (long)records * recordLength;
        }
        while (Stopwatch.GetElapsedTime(start) < time);
        return sealedOctets / (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }

    /// <summary>Makes connections for a while, both ends on this thread.</summary>
    /// <param name="identity">The server's.</param>
    /// <param name="time">How long.</param>
    /// <returns>Full handshakes a second of a processor.</returns>
    /// <exception cref="TlsPolicyException">The identity cannot be used.</exception>
    public static double Handshakes(TlsIdentity identity, TimeSpan time)
    {
        using TlsContext client = TlsContext.ForClient(new TlsClientPolicy());
        using TlsContext server = TlsContext.ForServer(new TlsServerPolicy { Identity = identity });
        int made = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        do
        {
            using TlsConnection sender = client.Connect();
            using TlsConnection receiver = server.Accept();
            made += ShakeHands(sender, receiver) ? 1 : 0;
        }
        while (Stopwatch.GetElapsedTime(start) < time);
        return made / (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }

    private static T Asking<T>(T policy, BulkCipher cipher)
        where T : TlsPolicy => cipher == BulkCipher.Aes256Sha
            ? policy with { Ciphers = TlsCiphers.Aes256Sha, CiphersExplicit = true }
            : policy with
            {
                Tls13Suite = cipher switch
                {
                    BulkCipher.Aes128Gcm => "TLS_AES_128_GCM_SHA256",
                    BulkCipher.ChaCha20Poly1305 => "TLS_CHACHA20_POLY1305_SHA256",
                    _ => "TLS_AES_256_GCM_SHA384",
                },
            };

    private static bool ShakeHands(TlsConnection client, TlsConnection server) =>
        MemoryWire.ShakeHands(client, server) is (TlsStatus.Done, TlsStatus.Done);
}
