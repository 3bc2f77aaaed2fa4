using SstpRouter.Lab;
using SstpRouter.Tls;

namespace SstpRouter.Bench;

/// <summary>What the library and the processor can do, without a network: the most that a tunnel could reach.</summary>
internal static class CipherTests
{
    private const int FullRecord = 16 * 1024;
    private const int OnePacket = 1_400;

    private static readonly (BulkCipher Cipher, string Id, string Title)[] Ciphers =
    [
        (BulkCipher.Aes256Gcm, "aes-256-gcm", "AES-256-GCM"),
        (BulkCipher.Aes128Gcm, "aes-128-gcm", "AES-128-GCM"),
        (BulkCipher.ChaCha20Poly1305, "chacha20-poly1305", "ChaCha20-Poly1305"),
        (BulkCipher.Aes256Sha, "aes-256-cbc-sha", "AES-256-CBC and SHA-1"),
    ];

    public static void Run(BenchReport report, TimeSpan time)
    {
        LabCertificate rsa = LabCertificate.Rsa("bench");
        LabCertificate p256 = LabCertificate.P256("bench");
        foreach ((BulkCipher cipher, string id, string title) in Ciphers)
        {
            report.Add($"cipher/{id}-16k", $"{title}, 16-KB records", Seal(p256, cipher, FullRecord, time), Units.Megabits);
            report.Add($"cipher/{id}-1400", $"{title}, 1400-byte records", Seal(p256, cipher, OnePacket, time), Units.Megabits);
        }

        report.Add("cipher/handshakes-rsa-2048", "handshakes of both ends, RSA-2048", Handshakes(rsa, time), Units.PerSecond);
        report.Add("cipher/handshakes-p-256", "handshakes of both ends, P-256", Handshakes(p256, time), Units.PerSecond);
    }

    private static double Seal(LabCertificate certificate, BulkCipher cipher, int length, TimeSpan time) =>
        Slices.Median(time, slice => RecordSpeed.Seal(certificate.Identity, cipher, length, slice)) * 8 / 1e6;

    private static double Handshakes(LabCertificate certificate, TimeSpan time) =>
        Slices.Median(time, slice => RecordSpeed.Handshakes(certificate.Identity, slice));
}
