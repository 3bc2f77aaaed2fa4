using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Interfaces;

/// <summary>The v6 spelling of a host with its port in one value: <c>connect-to=192.168.62.2:443</c>, <c>http-proxy=0.0.0.0:443</c>.</summary>
internal static class HostAndPort
{
    private static readonly (string Host, string Port)[] Pairs = [("connect-to", "port"), ("http-proxy", "proxy-port")];

    /// <summary>Splits such values into the two arguments of v7; a port that was also given by name wins.</summary>
    public static IReadOnlyList<GivenArgument> Split(IReadOnlyList<GivenArgument> arguments)
    {
        var result = new List<GivenArgument>(arguments.Count + Pairs.Length);
        foreach (GivenArgument given in arguments)
        {
            // No proxy is 0.0.0.0 up to RouterOS 7.20 and :: in later versions.
            GivenArgument argument = given is { Name: "http-proxy", Value: TextValue { Content: "::" } } ? given with { Value = Value.Of("0.0.0.0") } : given;
            string? portName = Pairs.FirstOrDefault(p => p.Host == argument.Name).Port;
            if (portName is null || argument.Value is not TextValue text || !TrySplit(text.Content, out string host, out string port))
            {
                result.Add(argument);
                continue;
            }

            result.Add(argument with { Value = Value.Of(host) });
            if (!arguments.Any(a => a.Name == portName))
            {
                result.Add(argument with { Name = portName, Value = Value.Of(port) });
            }
        }

        return result;
    }

    private static bool TrySplit(string text, out string host, out string port)
    {
        int colon = text.LastIndexOf(':');
        host = colon < 0 ? text : text[..colon];
        port = colon < 0 ? "" : text[(colon + 1)..];

        // More than one colon is an IPv6 address, which takes a port only behind brackets (RFC 3986 3.2.2).
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        bool isPlain = host.Length > 0 && !host.Contains(':');
        host = isBracketed ? host[1..^1] : host;
        return (isBracketed || isPlain) && port.Length > 0 && port.All(char.IsAsciiDigit);
    }
}
