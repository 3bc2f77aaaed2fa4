namespace SstpRouter.RouterOs.Schema;

/// <summary>What a user may do, as <c>/user group</c> names it (manual, User: Router User Groups).</summary>
[Flags]
public enum Policies
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Log in at the local console.</summary>
    Local = 1 << 0,

    /// <summary>Log in by telnet.</summary>
    Telnet = 1 << 1,

    /// <summary>Log in by SSH.</summary>
    Ssh = 1 << 2,

    /// <summary>Log in by FTP, and read and write files by it.</summary>
    Ftp = 1 << 3,

    /// <summary>Reboot and shut down.</summary>
    Reboot = 1 << 4,

    /// <summary>See the configuration.</summary>
    Read = 1 << 5,

    /// <summary>Change the configuration, users left out.</summary>
    Write = 1 << 6,

    /// <summary>Change users and groups; together with <see cref="Write"/>.</summary>
    Policy = 1 << 7,

    /// <summary>Run <c>ping</c>, <c>traceroute</c> and the like.</summary>
    Test = 1 << 8,

    /// <summary>Log in by Winbox.</summary>
    Winbox = 1 << 9,

    /// <summary>Change one's own password.</summary>
    Password = 1 << 10,

    /// <summary>Log in by the web.</summary>
    Web = 1 << 11,

    /// <summary>Run the packet sniffer.</summary>
    Sniff = 1 << 12,

    /// <summary>See passwords and keys.</summary>
    Sensitive = 1 << 13,

    /// <summary>Log in by the API.</summary>
    Api = 1 << 14,

    /// <summary>Connect to RoMON.</summary>
    Romon = 1 << 15,

    /// <summary>Log in by the REST API.</summary>
    RestApi = 1 << 16,

    /// <summary>Everything: what the group <c>full</c> has, and the router itself.</summary>
    All = (1 << 17) - 1,
}
