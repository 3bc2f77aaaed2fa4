using System.Globalization;
using SstpRouter.Ppp;
using SstpRouter.Sstp;

namespace SstpRouter.Tunnels.Recording;

/// <summary>The options of an engine on one line: <c>name=value</c>, parted by blanks; texts percent-encoded, bytes in hexadecimal.</summary>
internal static class RecordedOptions
{
    public static string Of(SstpClientOptions options) => Join(
        ("host", Text(options.Host)),
        ("correlation-id", options.CorrelationId.ToString()),
        ("certificate", Convert.ToHexStringLower(options.ServerCertificateDer)),
        ("hashes", Number((long)options.Supported)),
        ("keepalive", Number(options.KeepaliveTimeout)),
        ("http-timeout", Number(options.HttpTimeout)),
        ("negotiation-timeout", Number(options.NegotiationTimeout)));

    /// <summary>Without the clock for the Date header, on which nothing depends.</summary>
    public static string Of(SstpServerOptions options) => Join(
        ("certificates", string.Join(',', options.Certificates.Select(c => Convert.ToHexStringLower(c)))),
        ("hashes", Number((long)options.Offered)),
        ("keepalive", Number(options.KeepaliveTimeout)),
        ("http-timeout", Number(options.HttpTimeout)),
        ("negotiation-timeout", Number(options.NegotiationTimeout)));

    /// <summary>Without the password, whose place <see cref="PppMask.Password"/> takes.</summary>
    public static string Of(PppSessionOptions options) => Join(
        ("mru", Number(options.Mru)),
        ("mtu", Number(options.MaximumMtu)),
        ("methods", Number((long)options.Methods)),
        ("user", Text(options.UserName)),
        ("server-name", Text(options.ServerName)),
        ("dns", options.RequestDns ? "yes" : "no"),
        ("ipv6", options.EnableIpv6 ? "yes" : "no"),
        ("identifier", options.InterfaceIdentifier is { } identifier ? identifier.ToString("x16", CultureInfo.InvariantCulture) : ""),
        ("first-request-delay", Number(options.FirstRequestDelay)));

    public static string Of(PppGrant grant) => Join(
        ("local", grant.LocalAddress?.ToString() ?? ""),
        ("remote", grant.RemoteAddress?.ToString() ?? ""),
        ("dns", string.Join(',', grant.DnsServers)),
        ("nbns", string.Join(',', grant.NbnsServers)));

    private static string Join(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var parts = new string[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            parts[i] = fields[i].Name + "=" + fields[i].Value;
        }

        return string.Join(' ', parts);
    }

    private static string Text(string text) => Uri.EscapeDataString(text);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
