using System.Runtime.InteropServices;
using System.Text;
using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Terminals;

/// <summary>The process's own terminal.</summary>
public sealed class SystemTerminal : ITerminal, IDisposable
{
    private readonly bool _isKeyboard = !System.Console.IsInputRedirected;
    private readonly bool _isScreen = !System.Console.IsOutputRedirected;

    /// <summary>Takes the terminal over: from now on Ctrl-C is a key.</summary>
    public SystemTerminal()
    {
        if (_isKeyboard)
        {
            System.Console.TreatControlCAsInput = true;
        }
    }

    /// <summary>True where keys can be read and lines be drawn: input and output are a terminal that moves its cursor.</summary>
    public bool CanEdit => _isKeyboard && _isScreen && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <inheritdoc/>
    public int Width => _isScreen && System.Console.WindowWidth is > 0 and var width ? width : 80;

    /// <inheritdoc/>
    public int Height => _isScreen && System.Console.WindowHeight is > 0 and var height ? height : 24;

    /// <summary>True on a terminal unless the user asks for none (no-color.org).</summary>
    public bool HasColours => CanEdit && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc/>
    public void Write(string text)
    {
        System.Console.Out.Write(text);
        System.Console.Out.Flush();
    }

    /// <inheritdoc/>
    public Key? ReadKey()
    {
        try
        {
            ConsoleKeyInfo pressed = System.Console.ReadKey(intercept: true);
            // A character beyond the first plane comes as two halves.
            return char.IsHighSurrogate(pressed.KeyChar)
                ? Key.Of(new StringBuilder().Append(pressed.KeyChar).Append(System.Console.ReadKey(intercept: true).KeyChar).ToString())
                : KeyMap.Of(pressed);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IDisposable WatchInterrupts(Action interrupted) => new InterruptWatch(_isKeyboard, interrupted);

    /// <inheritdoc/>
    public IDisposable WatchSize(Action<int, int> resized) =>
        PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resized(Width, Height));

    /// <summary>Gives the terminal back: Ctrl-C ends the process again.</summary>
    public void Dispose()
    {
        if (_isKeyboard)
        {
            System.Console.TreatControlCAsInput = false;
        }
    }

    // While nobody reads keys, Ctrl-C has to come as a signal.
    private sealed class InterruptWatch : IDisposable
    {
        private readonly bool _isKeyboard;
        private readonly PosixSignalRegistration _registration;

        public InterruptWatch(bool isKeyboard, Action interrupted)
        {
            _isKeyboard = isKeyboard;
            _registration = PosixSignalRegistration.Create(
                PosixSignal.SIGINT,
                signal =>
                {
                    signal.Cancel = true;
                    interrupted();
                });
            if (isKeyboard)
            {
                System.Console.TreatControlCAsInput = false;
            }
        }

        public void Dispose()
        {
            if (_isKeyboard)
            {
                System.Console.TreatControlCAsInput = true;
            }

            _registration.Dispose();
        }
    }
}
