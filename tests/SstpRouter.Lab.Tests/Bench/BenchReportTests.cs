using SstpRouter.Bench;
using SstpRouter.Lab.Tests.Golden;

namespace SstpRouter.Lab.Tests.Bench;

/// <summary>What <c>sstp-router bench</c> makes of its figures.</summary>
public sealed class BenchReportTests
{
    [Fact]
    public void People_get_a_table() => Screen.Check("bench-table", BenchTable.Write(Example()));

    [Fact]
    public void Programs_get_json() => Screen.Check("bench-json", BenchJson.Write(Example()));

    [Fact]
    public void What_could_not_be_measured_has_neither_a_row_nor_a_ratio()
    {
        var report = new BenchReport("sstp-router", new Board(1, "", "6.1"), 3);
        report.Add("tun/super-write", "write", 0, Units.Megabits);
        report.Add("tun/super-read", "read", double.NaN, Units.Megabits);
        report.Add("tcp/up", "up", 100, Units.Megabits, new Limit("wire/tls", "of TLS alone"));

        BenchRow row = Assert.Single(report.Rows);
        Assert.Empty(report.Ratios(row));
        Assert.Null(report.Value("tun/super-write"));
    }

    [Theory]
    [InlineData(8_000, 2.5, 0.97, "Bottleneck: the processors, 97 % busy with one stream. Of 2.50 s/GB at both routers the cipher takes 80 %, TUN 8 %, TCP and the rest 12 %: mostly the cipher.")]
    [InlineData(80_000, 2.5, 0.97, "Bottleneck: the processors, 97 % busy with one stream. Of 2.50 s/GB at both routers the cipher takes 8 %, TUN 8 %, TCP and the rest 84 %: mostly TCP, its copies and the tunnel's own work.")]
    [InlineData(8_000, 2.5, 0.5, "Bottleneck: one processor of 4, which one tunnel keeps busy. Of 2.50 s/GB at both routers the cipher takes 80 %, TUN 8 %, TCP and the rest 12 %: mostly the cipher.")]
    [InlineData(8_000, 1.1, 0.97, "Bottleneck: the processors, 97 % busy with one stream. Of 2.20 s/GB at both routers the cipher takes 91 %, TUN 9 %, TCP and the rest 0 %: mostly the cipher.")]
    [InlineData(8_000, 2.5, 0.1, "Bottleneck: no processor; the machine is 10 % busy with one stream of 900 Mbit/s, so packets wait for something else.")]
    public void The_last_line_names_the_bottleneck(double cipher, double spent, double busy, string line)
    {
        var report = new BenchReport("sstp-router", new Board(4, "", "6.1"), 3) { Busy = busy };
        report.Add("cipher/aes-256-gcm-16k", "cipher", cipher, Units.Megabits);
        report.Add("tun/super-write", "write", 80_000, Units.Megabits);
        report.Add("tun/super-read", "read", 80_000, Units.Megabits);
        report.Add("tcp/up", "up", 900, Units.Megabits);
        report.Add("tcp/up-cpu", "up", spent, Units.SecondsPerGigabyte);

        Assert.Equal(line, Bottleneck.Of(report));
    }

    [Fact]
    public void The_cipher_is_the_one_that_the_tunnel_speaks()
    {
        BenchReport report = Example();
        string withAes = Bottleneck.Of(report);

        report.CipherRow = "cipher/chacha20-poly1305-16k";

        Assert.NotEqual(withAes, Bottleneck.Of(report));
    }

    private static BenchReport Example()
    {
        var report = new BenchReport("sstp-router 0.1.0 (net10.0, native)", new Board(4, "Raspberry Pi 4 Model B Rev 1.5", "6.6.31+rpt-rpi-v8"), 3) { Busy = 0.62 };
        report.Add("cipher/aes-256-gcm-16k", "AES-256-GCM, 16-KB records", 412.4, Units.Megabits);
        report.Add("cipher/chacha20-poly1305-16k", "ChaCha20-Poly1305, 16-KB records", 1_234.5, Units.Megabits);
        report.Add("tun/super-write", "write 64-KB super-packets", 9_876.5, Units.Megabits);
        report.Add("tun/super-read", "read 64-KB super-packets", 12_345.6, Units.Megabits);
        report.Add("wire/tcp", "plain TCP, one stream", 5_000, Units.Megabits);
        report.Add("wire/tls", "TLS alone, one stream", 400, Units.Megabits, new Limit("wire/tcp", "of plain TCP"));
        report.Add("tcp/up", "up, one stream", 312, Units.Megabits, new Limit("wire/tls", "of TLS alone"), new Limit("wire/tcp", "of plain TCP"));
        report.Add("tcp/up-cpu", "up, processor of both routers", 51.23, Units.SecondsPerGigabyte, new Limit("wire/tls-cpu", "times TLS alone"));
        report.Add("udp/up", "up, 64-byte payloads", 41.27, Units.Kilopackets);
        report.Add("ping/idle-p50", "idle, median", 187, Units.Microseconds);
        report.Add("dial/rsa-2048", "100 tunnels, RSA-2048", 9.876, Units.PerSecond);
        report.Add("memory/server-tunnel", "server, private for each idle tunnel", 0.0512, Units.Megabytes);
        return report;
    }
}
