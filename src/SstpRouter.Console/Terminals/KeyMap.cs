using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Terminals;

/// <summary>RouterOS's editing keys.</summary>
internal static class KeyMap
{
    /// <summary>The meaning of a key as the framework reports it.</summary>
    public static Key Of(ConsoleKeyInfo pressed)
    {
        if ((pressed.Modifiers & ConsoleModifiers.Control) != 0)
        {
            return new Key(OfControl(pressed.Key));
        }

        KeyKind kind = pressed.Key switch
        {
            ConsoleKey.Enter => KeyKind.Enter,
            ConsoleKey.LeftArrow => KeyKind.Left,
            ConsoleKey.RightArrow => KeyKind.Right,
            ConsoleKey.UpArrow => KeyKind.Older,
            ConsoleKey.DownArrow => KeyKind.Newer,
            ConsoleKey.Home => KeyKind.Home,
            ConsoleKey.End => KeyKind.End,
            ConsoleKey.Backspace => KeyKind.Backspace,
            ConsoleKey.Delete => KeyKind.Delete,
            ConsoleKey.F5 => KeyKind.Redraw,
            _ => KeyKind.Unknown,
        };
        return kind == KeyKind.Unknown && pressed.KeyChar != '\0' && !char.IsControl(pressed.KeyChar)
            ? Key.Of(pressed.KeyChar.ToString())
            : new Key(kind);
    }

    private static KeyKind OfControl(ConsoleKey key) => key switch
    {
        ConsoleKey.A => KeyKind.Home,
        ConsoleKey.B => KeyKind.Left,
        ConsoleKey.C => KeyKind.Interrupt,
        ConsoleKey.D => KeyKind.Leave,
        ConsoleKey.E => KeyKind.End,
        ConsoleKey.F => KeyKind.Right,
        ConsoleKey.H or ConsoleKey.Backspace => KeyKind.Backspace,
        ConsoleKey.J or ConsoleKey.M => KeyKind.Enter,
        ConsoleKey.K => KeyKind.KillToEnd,
        ConsoleKey.L => KeyKind.Redraw,
        ConsoleKey.N => KeyKind.Newer,
        ConsoleKey.P => KeyKind.Older,
        ConsoleKey.U => KeyKind.KillToStart,
        _ => KeyKind.Unknown,
    };
}
