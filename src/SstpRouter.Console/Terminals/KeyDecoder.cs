using System.Globalization;
using System.Text;
using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Terminals;

/// <summary>Turns the bytes of a terminal into RouterOS's editing keys: VT100 and what xterm, the Linux console, rxvt and PuTTY send beyond it.</summary>
/// <remarks>It reads nothing and waits for nothing. Bytes may come in any pieces; an escape that nothing followed is told by <see cref="Flush"/>.</remarks>
public sealed class KeyDecoder
{
    // No key is longer; what goes on is no key.
    private const int LongestSequence = 24;

    private readonly List<byte> _pending = [];
    private bool _sawReturn;

    /// <summary>True where an escape sequence or a character is still incomplete.</summary>
    public bool IsPending => _pending.Count > 0;

    /// <summary>Takes bytes.</summary>
    /// <returns>The keys that they complete.</returns>
    public IReadOnlyList<Key> Take(ReadOnlySpan<byte> bytes)
    {
        var keys = new List<Key>();
        foreach (byte b in bytes)
        {
            _pending.Add(b);
            if (Decode() is { } key)
            {
                _pending.Clear();
                if (key != default)
                {
                    keys.Add(key);
                }
            }
        }

        return keys;
    }

    /// <summary>Gives up waiting for the rest of a sequence.</summary>
    public IReadOnlyList<Key> Flush()
    {
        bool isEscape = _pending is [0x1B];
        _pending.Clear();
        return isEscape ? [new Key(KeyKind.Escape)] : [];
    }

    // The key that is pending, a default one for bytes that mean nothing, null where more bytes are needed.
    private Key? Decode()
    {
        byte first = _pending[0];
        bool followsReturn = _sawReturn;
        _sawReturn = first == '\r';
        return first switch
        {
            0x1B => _pending.Count > LongestSequence ? default(Key) : DecodeEscape(),
            // A telnet client ends its lines with CR NUL or CR LF.
            (byte)'\n' when followsReturn => default(Key),
            0 => default(Key),
            < 0x20 or 0x7F => new Key(OfControl(first)),
            _ => DecodeText(),
        };
    }

    private Key? DecodeText()
    {
        int length = _pending[0] switch { < 0x80 => 1, >= 0xC2 and < 0xE0 => 2, >= 0xE0 and < 0xF0 => 3, >= 0xF0 and < 0xF5 => 4, _ => 1 };
        if (_pending.Count < length)
        {
            return _pending[^1] is >= 0x80 and < 0xC0 || _pending.Count == 1 ? null : default(Key);
        }

        string text = Encoding.UTF8.GetString([.. _pending]);
        return text.Contains('\uFFFD') || text.Any(char.IsControl) ? default(Key) : Key.Of(text);
    }

    private Key? DecodeEscape()
    {
        if (_pending.Count == 1)
        {
            return null;
        }

        char second = (char)_pending[1];
        switch (second)
        {
            case '[':
                return DecodeControlSequence();
            case 'O':
                return _pending.Count == 2 ? null : new Key(OfFinal((char)_pending[2], isControl: char.IsAsciiLetterLower((char)_pending[2])));
            case '\e':
                return new Key(KeyKind.Escape);
            default:
                return new Key(char.ToLowerInvariant(second) switch { 'b' => KeyKind.WordLeft, 'f' => KeyKind.WordRight, _ => KeyKind.Unknown });
        }
    }

    private Key? DecodeControlSequence()
    {
        if (_pending.Count == 2)
        {
            return null;
        }

        char last = (char)_pending[^1];
        if (_pending[2] == '[')
        {
            // The Linux console: F1 to F5 are ESC [ [ A to E.
            return _pending.Count == 3 ? null : new Key(last switch
            {
                'A' => KeyKind.Help,
                'C' => KeyKind.Search,
                'D' => KeyKind.SafeMode,
                'E' => KeyKind.Redraw,
                _ => KeyKind.Unknown,
            });
        }

        if (last is < '@' or > '~')
        {
            return last is >= ' ' and <= '?' ? null : default(Key);
        }

        string parameters = Encoding.ASCII.GetString([.. _pending[2..^1]]);
        string[] parts = parameters.Split(';');
        if (last == 'R' && parts.Length == 2 && parts.All(p => ushort.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return new Key(KeyKind.CursorReport, parameters);
        }

        // The second parameter is 1 and the bits of Shift, Alt and Control.
        bool isWord = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int modifiers) && ((modifiers - 1) & 6) != 0;
        return new Key(last == '~' ? OfNumber(parts[0]) : OfFinal(last, isWord));
    }

    private static KeyKind OfFinal(char final, bool isControl) => char.ToUpperInvariant(final) switch
    {
        'A' => KeyKind.Older,
        'B' => KeyKind.Newer,
        'C' => isControl ? KeyKind.WordRight : KeyKind.Right,
        'D' => isControl ? KeyKind.WordLeft : KeyKind.Left,
        'F' => KeyKind.End,
        'H' => KeyKind.Home,
        'P' => KeyKind.Help,
        'R' => KeyKind.Search,
        'S' => KeyKind.SafeMode,
        _ => KeyKind.Unknown,
    };

    private static KeyKind OfNumber(string number) => number switch
    {
        "1" or "7" => KeyKind.Home,
        "3" => KeyKind.Delete,
        "4" or "8" => KeyKind.End,
        "5" => KeyKind.PageUp,
        "6" => KeyKind.PageDown,
        "11" => KeyKind.Help,
        "13" => KeyKind.Search,
        "14" => KeyKind.SafeMode,
        "15" => KeyKind.Redraw,
        "17" => KeyKind.Cellar,
        "18" => KeyKind.HotLock,
        "19" => KeyKind.Expand,
        _ => KeyKind.Unknown,
    };

    private static KeyKind OfControl(byte control) => control switch
    {
        0x01 => KeyKind.Home,          // Ctrl-A
        0x02 => KeyKind.Left,          // Ctrl-B
        0x03 => KeyKind.Interrupt,     // Ctrl-C
        0x04 => KeyKind.Leave,         // Ctrl-D
        0x05 => KeyKind.End,           // Ctrl-E
        0x06 => KeyKind.Right,         // Ctrl-F
        0x08 or 0x7F => KeyKind.Backspace,
        0x09 => KeyKind.Complete,
        0x0A or 0x0D => KeyKind.Enter,
        0x0B => KeyKind.KillToEnd,     // Ctrl-K
        0x0C => KeyKind.Redraw,        // Ctrl-L
        0x0E => KeyKind.Newer,         // Ctrl-N
        0x0F => KeyKind.Save,          // Ctrl-O
        0x10 => KeyKind.Older,         // Ctrl-P
        0x12 => KeyKind.Search,        // Ctrl-R
        0x14 => KeyKind.Background,    // Ctrl-T
        0x15 => KeyKind.KillToStart,   // Ctrl-U
        0x16 => KeyKind.HotLock,       // Ctrl-V
        0x18 => KeyKind.SafeMode,      // Ctrl-X
        0x19 => KeyKind.Paste,         // Ctrl-Y
        0x1A => KeyKind.Pause,         // Ctrl-Z
        0x1C => KeyKind.Split,         // Ctrl-\
        _ => KeyKind.Unknown,
    };
}
