using System.Diagnostics;
using System.Security.Cryptography;

namespace SstpRouter.Tls.Tests;

/// <summary>The host's OpenSSL configuration file is not our policy.</summary>
public sealed class HostConfigurationTests
{
    // Each line alone would break the connection below: no TLS 1.2, no anonymous suite, no curve of ours.
    private const string Hostile = """
        openssl_conf = init
        [init]
        ssl_conf = ssl
        [ssl]
        system_default = system
        [system]
        MinProtocol = TLSv1.3
        CipherString = AES128-SHA@SECLEVEL=5
        Groups = P-384
        SignatureAlgorithms = ECDSA+SHA512

        """;

    [Fact]
    public void A_configuration_file_that_the_framework_has_loaded_changes_nothing()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Hostile);
            // Only a fresh process reads the file, so this assembly is started as a program.
            var start = new ProcessStartInfo("dotnet", ["exec", typeof(HostConfigurationTests).Assembly.Location])
            {
                RedirectStandardOutput = true,
                Environment = { ["OPENSSL_CONF"] = file },
            };
            using var process = Process.Start(start)!;

            Assert.Equal("TLSv1.2 ADH-AES256-GCM-SHA384\n", process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The program that the test starts.</summary>
    internal static void Main()
    {
        // The framework starts OpenSSL first, with the configuration file.
        _ = SHA256.HashData("x"u8);
        using var pair = TlsPair.Established(new TlsClientPolicy(), new TlsServerPolicy());
        Console.WriteLine($"{pair.Client.Protocol} {pair.Client.CipherSuite}");
    }
}
