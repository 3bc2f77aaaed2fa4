using System.Net.Sockets;

namespace SstpRouter.Control.Sockets;

/// <summary>The Unix socket in the state directory.</summary>
internal static class ControlSocket
{
    // Shorter than any real name beside it, so that a path that fits the socket also fits while it is made.
    private const string TemporaryName = ".ctl";

    /// <summary>A connection to the router that listens there.</summary>
    /// <exception cref="ControlError">None does, or it may not be asked.</exception>
    public static Socket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(EndPointOf(path));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ControlError($"cannot reach the router at {path}: {CauseOf(e, path)}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A listening socket, mode 0600. One that a dead router left is replaced.</summary>
    /// <exception cref="ControlError">Another router listens there, or the path cannot be used.</exception>
    public static Socket Listen(string path)
    {
        if (IsAlive(path))
        {
            throw new ControlError($"another router is running with {path}: stop it, or give this one its own --state DIR");
        }

        string temporary = Path.Combine(Path.GetDirectoryName(path) ?? "", TemporaryName);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(temporary);
            socket.Bind(EndPointOf(temporary));
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen();
            // Renamed once it is ready, so that nobody finds it with a wide mode or without a listener.
            File.Move(temporary, path, overwrite: true);
            return socket;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new ControlError($"cannot listen at {path}: {e.Message}; the state directory must exist and be writable", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsAlive(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(EndPointOf(path));
            return true;
        }
        catch (SocketException e)
        {
            // Refused or not there: nobody listens. Anything else (denied, backlog full) is somebody else's socket.
            return e.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable) && File.Exists(path);
        }
    }

    private static string CauseOf(SocketException e, string path) => e.SocketErrorCode switch
    {
        SocketError.AccessDenied => "permission denied; ask as root or as the user that runs the router",
        _ => $"no router is running there; start one with: sstp-router run --state {Path.GetDirectoryName(path)}",
    };

    private static UnixDomainSocketEndPoint EndPointOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ControlError($"the path {path} is too long for a socket: use a shorter --state DIR", e);
        }
    }
}
