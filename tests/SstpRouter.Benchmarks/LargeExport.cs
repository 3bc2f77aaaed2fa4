using System.Text;

namespace SstpRouter.Benchmarks;

/// <summary>An export as a large access server has it: mostly users and tunnels, some with names that the router makes up, and a part that this
/// router does not know.</summary>
internal static class LargeExport
{
    private const string Head = "# 2026-01-01 00:00:00 by RouterOS 7.20\n# software id = \n#\n";

    /// <summary>The export with about so many lines.</summary>
    public static string Of(int lines) => Head + string.Concat(Parts(lines));

    /// <summary>The same menu by menu.</summary>
    public static IEnumerable<string> Parts(int lines)
    {
        int hundredth = lines / 100;
        yield return Part("/interface sstp-client", 10 * hundredth, i =>
            $"add connect-to=vpn{i % 50}.example.net disabled=no name=office{i} \\\n    password=\"p \\\"{i}\\\"\" profile=default-encryption user=office{i}");

        // As they are typed by hand, and by scripts: the router makes the names up.
        yield return Part("/interface sstp-client", 5 * hundredth, i =>
            $"add connect-to=192.0.2.{i % 250} disabled=yes user=branch{i} verify-server-certificate=yes");
        yield return Part("/interface sstp-server", 5 * hundredth, i => $"add name=sstp-user{i} user=user{i}");
        yield return Part("/ip pool", 5 * hundredth, i => $"add name=pool{i} ranges=10.{i / 200}.{i % 200}.2-10.{i / 200}.{i % 200}.99");
        yield return Part("/ppp profile", 2 * hundredth, i =>
            $"add change-tcp-mss=yes local-address=10.{i / 200}.{i % 200}.1 name=group{i} \\\n    on-up=\":log info \\\"\\$user is up\\\"\" remote-address=pool{i}");
        yield return Part("/ip address", 8 * hundredth, i =>
            $"add address=172.{16 + (i / 250)}.{i % 250}.1/24 comment=\"branch {i}\" interface=office{i} network=172.{16 + (i / 250)}.{i % 250}.0");
        yield return Part("/ip firewall filter", 10 * hundredth, i =>
            $"add action=accept chain=forward comment=\"rule {i}\" dst-port={i} protocol=tcp");
        yield return Part("/ip route", 5 * hundredth, i => $"add distance=1 dst-address=10.{100 + (i / 250)}.{i % 250}.0/24 gateway=office{i}");
        yield return Part("/ppp secret", 30 * hundredth, i =>
            $"add comment=\"user number {i}\" name=user{i} password=x{i} profile=group{i % (2 * hundredth)} service=sstp");
        yield return Part("/ppp secret", 5 * hundredth, i =>
            $"add local-address=10.255.255.1 name=fixed{i} password=\"a;b=\\$c\" remote-address=10.254.{i / 250}.{i % 250} routes=\"192.168.{i % 250}.0/24 10.254.0.1 1\"");
        yield return Part("/ppp secret", 5 * hundredth, i => $"add caller-id=\"\" disabled=yes name=\"gone {i}\" password=y{i} service=any");
        yield return Part("/system scheduler", hundredth, i => $"add interval=1d name=job{i} on-event=script{i} policy=read,write start-time=03:00:00");
        yield return Part("/system script", hundredth, i =>
            $"add dont-require-permissions=no name=script{i} owner=admin policy=read,write source=\":local n {i}\\r\\\n    \\n:foreach i in=[/ppp secret find] do={{ :set n (\\$n + 1) }}\"");
    }

    private static string Part(string menu, int count, Func<int, string> line)
    {
        var text = new StringBuilder(menu).Append('\n');
        for (int i = 0; i < count; i++)
        {
            text.Append(line(i)).Append('\n');
        }

        return text.ToString();
    }
}
