using System.Net.Sockets;
using System.Text;
using SstpRouter.Control.Frames;
using SstpRouter.Control.Sockets;

namespace SstpRouter.Control;

/// <summary>Who asks, and on what terminal.</summary>
/// <param name="UserName">1 to 64 characters, no control characters.</param>
/// <param name="Width">Columns, 1..65535.</param>
/// <param name="Height">Lines, 1..65535.</param>
/// <param name="IsInteractive">True where prompts are wanted and open brackets ask for more input; false for one-shot commands.</param>
public sealed record ControlTerminal(string UserName, int Width, int Height, bool IsInteractive);

/// <summary>How a command ended.</summary>
/// <param name="Status">0, or 1 where it failed.</param>
/// <param name="Error">Why it failed, RouterOS's text; empty where it did not.</param>
/// <param name="Continuation">The prompt (<c>{... </c>) where brackets are open and nothing was run: run the text again with more behind it; else null.</param>
public sealed record CommandOutcome(int Status, string Error, string? Continuation = null);

/// <summary>A console's end of a session with a running router.</summary>
/// <remarks>One thread runs commands; <see cref="Interrupt"/> and <see cref="Resize"/> may come from any other.</remarks>
public sealed class ControlClient : IDisposable
{
    private readonly string _path;
    private readonly Socket _socket;
    private readonly FrameReader _frames = new(FrameFormat.LargestFromServer);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Lock _sending = new();

    private ControlClient(string path, Socket socket)
    {
        _path = path;
        _socket = socket;
    }

    /// <summary>The prompt for the next line, blank at the end included.</summary>
    public string Prompt { get; private set; } = "";

    /// <summary>The session's current menu: <c>/</c>, <c>/ip/route</c>. Follows only in an interactive session.</summary>
    public string MenuPath { get; private set; } = "/";

    /// <summary>Begins a session.</summary>
    /// <param name="path">The router's socket, <c>STATE/control.sock</c>.</param>
    /// <param name="terminal">Who asks, and on what terminal.</param>
    /// <exception cref="ControlError">No router runs there, or it refuses; the text says what to do.</exception>
    public static ControlClient Connect(string path, ControlTerminal terminal)
    {
        var client = new ControlClient(path, ControlSocket.Connect(path));
        try
        {
            client.Send(new HelloFrame(FrameFormat.Version, terminal.Width, terminal.Height, terminal.IsInteractive, terminal.UserName));
            while (client.Receive() is not PromptFrame)
            {
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Runs a text and waits until it has ended.</summary>
    /// <param name="text">One or more commands, as typed.</param>
    /// <param name="output">Takes the output as it comes, in pieces of any length.</param>
    /// <exception cref="ControlError">The router went away, or the text is too long.</exception>
    public CommandOutcome Run(string text, Action<string> output)
    {
        if (Encoding.UTF8.GetByteCount(text) > FrameFormat.LargestFromClient)
        {
            throw new ControlError($"the command is longer than {FrameFormat.LargestFromClient} bytes: put it into a file and import that");
        }

        Send(new RunFrame(text));
        while (true)
        {
            switch (Receive())
            {
                case OutputFrame piece:
                    output(piece.Text);
                    break;
                case MoreFrame more:
                    return new CommandOutcome(0, "", more.Prompt);
                case DoneFrame done:
                    return new CommandOutcome(done.Status, done.Error);
                default:
                    break;
            }
        }
    }

    /// <summary>Cancels the running command, which then ends with <c>interrupted</c>; nothing happens where none runs.</summary>
    public void Interrupt() => Send(new InterruptFrame());

    /// <summary>Tells the terminal's new size.</summary>
    public void Resize(int width, int height) => Send(new ResizeFrame(width, height));

    /// <summary>Ends the session.</summary>
    public void Dispose()
    {
        Send(new ByeFrame());
        _socket.Dispose();
    }

    private ControlFrame Receive()
    {
        while (true)
        {
            switch (_frames.Next())
            {
                case PromptFrame prompt:
                    (Prompt, MenuPath) = (prompt.Text, prompt.MenuPath);
                    return prompt;
                case RefusalFrame refusal:
                    throw new ControlError($"the router at {_path} ended the session: {refusal.Text}");
                case { } frame:
                    return frame;
                default:
                    ReceiveBytes();
                    break;
            }
        }
    }

    private void ReceiveBytes()
    {
        if (_frames.Fault is { } fault)
        {
            throw new ControlError($"the router at {_path} sent what this program does not understand ({fault}): they are of different versions");
        }

        int count;
        try
        {
            count = _socket.Receive(_buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Gone(e);
        }

        if (count == 0)
        {
            throw Gone(null);
        }

        _frames.Append(_buffer.AsSpan(0, count));
    }

    // A router that ends a session says why and closes: its words wait in the socket when a send fails, so the next receive reports the end.
    private void Send(ControlFrame frame)
    {
        try
        {
            ReadOnlySpan<byte> bytes = FrameWriter.Write(frame);
            lock (_sending)
            {
                while (!bytes.IsEmpty)
                {
                    bytes = bytes[_socket.Send(bytes)..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private ControlError Gone(Exception? cause)
    {
        string text = $"the router at {_path} went away; look at its log";
        return cause is null ? new ControlError(text) : new ControlError(text, cause);
    }
}
