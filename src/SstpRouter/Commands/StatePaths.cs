namespace SstpRouter.Commands;

/// <summary>Where things are in a state directory.</summary>
internal static class StatePaths
{
    private const string Usual = "/var/lib/sstp-router";

    /// <summary>The key of the device, which encrypts private keys where there is one.</summary>
    public const string DeviceKey = "/etc/sstp-router/device.key";

    /// <summary>The directory that <c>--state</c> names, or the usual one.</summary>
    public static string Of(Options options) => Path.GetFullPath(options["--state"] ?? Usual);

    /// <summary>The socket that consoles connect to.</summary>
    public static string ControlSocket(string state) => Path.Combine(state, "control.sock");

    /// <summary>The commands that users entered at a console.</summary>
    public static string ConsoleHistory(string state) => Path.Combine(state, "console-history");

    /// <summary>Certificates and keys.</summary>
    public static string Certificates(string state) => Path.Combine(state, "certificates");
}
