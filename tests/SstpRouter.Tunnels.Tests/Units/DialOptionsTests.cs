using SstpRouter.Tls;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Units;

/// <summary>Equal options mean that a tunnel need not be dialled again.</summary>
public sealed class DialOptionsTests
{
    [Fact]
    public void Options_worked_out_twice_from_the_same_settings_are_equal() =>
        Assert.Equal(Site.Dialling(), Site.Dialling());

    [Fact]
    public void Any_difference_counts()
    {
        DialOptions options = Site.Dialling();
        DialOptions[] others =
        [
            options with { Password = "other" },
            options with { Port = 444 },
            options with { MaximumMru = 1400 },
            options with { AddDefaultRoute = true },
            options with { Interface = options.Interface with { AlternativeName = "other" } },
            options with { Limits = new TunnelLimits { ClampTcpMss = false } },
            options with { Tls = new TlsClientPolicy { ServerName = options.Host, SendSni = true } },
        ];

        Assert.All(others, other => Assert.NotEqual(options, other));
    }
}
