using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Interfaces;

/// <summary>The properties that an SSTP client and an SSTP server share.</summary>
internal static class TunnelProperties
{
    // An SSTP packet is at most 4095 bytes long ([MS-SSTP] 2.2.1: 12 bits), of which its own header and the PPP header take 4 each.
    private const int LargestPacket = 4095 - 4 - 4;

    private const int SmallestPacket = 68; // RFC 791 3.2: what every internet module must be able to forward.

    public static Property MaxMtu() => new("max-mtu", Types.Number(SmallestPacket, LargestPacket), "Maximum Transmission Unit")
    {
        Default = Value.Of(1500), // the table of the manual says 1460; its samples and every export say 1500
    };

    public static Property MaxMru() => new("max-mru", Types.Number(SmallestPacket, LargestPacket), "Maximum Receive Unit")
    {
        Default = Value.Of(1500),
    };

    public static Property Mrru() =>
        new("mrru", Types.Or(Types.Number(512, 65535), "disabled"), "Maximum packet size that can be received on the link (multilink)")
        {
            Default = Value.Of("disabled"),
            OnlyDefaultSupported = true,
        };

    public static Property Port(string description) => new("port", Types.Port, description) { Default = Value.Of(443) };

    public static Property Certificate(string description) =>
        new("certificate", Types.Reference("/certificate", none: "none"), description) { Default = Value.Of("none") };

    public static Property KeepaliveTimeout() =>
        new("keepalive-timeout", Types.Or(Types.Seconds, "disabled"), "Seconds without a received byte after which the peer is asked for life")
        {
            Default = Value.Of(60),
        };

    public static Property Authentication() =>
        new("authentication", Types.ListOf("pap", "chap", "mschap1", "mschap2"), "Allowed authentication methods")
        {
            Default = Words("pap", "chap", "mschap1", "mschap2"),
        };

    public static Property Pfs() =>
        new("pfs", Types.OneOf("no", "yes", "required"), "Forward secrecy: yes offers ECDHE and DHE, required offers nothing else")
        {
            Default = Value.Of("no"),
            ExplicitMatters = true,
        };

    public static Property TlsVersion() =>
        new("tls-version", Types.OneOf("any", "only-1.2"), "TLS versions to allow") { Default = Value.Of("any") };

    public static Property Ciphers() =>
        new("ciphers", Types.ListOf("aes256-gcm-sha384", "aes256-sha"), "Allowed ciphers")
        {
            Default = Words("aes256-gcm-sha384", "aes256-sha"),
            ExplicitMatters = true,
        };

    private static ArrayValue Words(params string[] words) => ArrayValue.Of(words.Select(Value.Of));
}
