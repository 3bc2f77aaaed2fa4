namespace SstpRouter.Lab.Tests;

/// <summary>A configuration as somebody typed it who was in a hurry.</summary>
internal static class BadConfiguration
{
    public const int BadLines = 7;

    public const string Text = """
        # typed in a hurry
        /system identity set name=hurry
        /interface sstp-client
        add connect-to=192.168.62.2 user=MT-User password=Secret1 name=good disabled=yes
        add connect-to=192.168.62.2 user=MT-User passwrd=Secret2 name=misspelt
        add connect-to=192.168.62.2 name=nobody
        add connect-to=192.168.62.2 user=MT-User name=good
        add connect-to=192.168.62.2 user=MT-User name=multilink mrru=1600
        /interface pptp-client add connect-to=192.168.62.2 user=x
        /ppp secret add name=alice password=Secret3 service=sstp
        /ppp secret add name=bob profile=missing
        /ip address add address=192.168.62.300/24 interface=ether1
        /ip pool add name=pool1 ranges=10.1.0.2-10.1.0.9
        """;
}
