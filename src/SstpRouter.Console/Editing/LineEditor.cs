using System.Text;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Editing;

/// <summary>Edits a text, mostly of one line: keys in, screen text out. It reads and writes nothing itself.</summary>
/// <remarks>The cursor stands at column 0 when a text begins and when it ends. Of a text of several lines the one with the cursor is shown, behind
/// <c>line 2 of 3&gt; </c>; <see cref="KeyKind.Expand"/> shows them all.</remarks>
public sealed partial class LineEditor
{
    // Far more than anyone types; a paste without an end must not fill the memory.
    private const int LongestText = 64 * 1024;

    private static readonly Rune LineEnd = new('\n');

    private readonly History _history;
    private readonly Func<string, IReadOnlyList<WordKind>> _colours;
    private readonly LineView _view = new();
    private readonly List<Rune> _text = [];
    private string? _cellar;
    private int _cursor;
    private bool _isExpanded;
    private bool _isUndrawn;

    /// <summary>Makes an editor.</summary>
    /// <param name="history">The lines that Up and Down leaf through; entered lines are for the caller to add.</param>
    /// <param name="colours">Tells what each UTF-16 code unit of a text is; null, or an answer of another length, for no colours.</param>
    public LineEditor(History history, Func<string, IReadOnlyList<WordKind>>? colours = null)
    {
        _history = history;
        _colours = colours ?? (static _ => []);
    }

    /// <summary>What stands before the text.</summary>
    public string Prompt { get; private set; } = "";

    /// <summary>True where the mark at the end of the prompt is coloured, as hot lock mode has it.</summary>
    public bool HasColouredMark { get; set; }

    /// <summary>The text as it stands.</summary>
    public string Text => string.Concat(_text);

    /// <summary>The text before the cursor.</summary>
    public string TextBefore => string.Concat(_text.Take(_cursor));

    /// <summary>Begins a text.</summary>
    /// <param name="prompt">What stands before it; no control characters.</param>
    /// <param name="width">The terminal's columns, 1 and up.</param>
    /// <param name="height">The terminal's lines, 1 and up.</param>
    /// <param name="text">What stands there from the start.</param>
    /// <param name="cursor">Where the cursor stands in it, in code units; -1 for its end.</param>
    /// <returns>What to write to the terminal.</returns>
    public string Begin(string prompt, int width, int height = 24, string text = "", int cursor = -1)
    {
        Prompt = prompt;
        _text.Clear();
        _text.AddRange(Clean(text));
        _cursor = cursor < 0 || cursor > text.Length ? _text.Count : text[..cursor].EnumerateRunes().Count();
        _isExpanded = false;
        _search = null;
        _history.Rewind();
        _view.Begin(width, height);
        return Draw();
    }

    /// <summary>Takes note of another size of the terminal.</summary>
    /// <returns>What to write to the terminal: the text, drawn again.</returns>
    public string Resize(int width, int height = 24) => _view.Resize(width, height) + Draw();

    /// <summary>Takes the text off the screen, so that something else can be written at the start of its row.</summary>
    public string Hide() => _view.Erase();

    /// <summary>Leaves the text as it is on the screen and goes to the start of the next row.</summary>
    public string Leave() => DrawPending() + _view.Finish();

    /// <summary>Shows the text again where the cursor stands, at the start of a row.</summary>
    /// <param name="prompt">What stands before it from now on.</param>
    /// <param name="width">The terminal's columns, 1 and up.</param>
    /// <param name="height">The terminal's lines, 1 and up.</param>
    public string Show(string prompt, int width, int height = 24)
    {
        Prompt = prompt;
        _view.Begin(width, height);
        return Draw();
    }

    /// <summary>Puts a text in the place of what stands before the cursor.</summary>
    /// <param name="start">Where, in code units.</param>
    /// <param name="text">The text.</param>
    public string Complete(int start, string text)
    {
        int first = Text[..start].EnumerateRunes().Count();
        _text.RemoveRange(first, _cursor - first);
        Rune[] runes = [.. Clean(text)];
        _text.InsertRange(first, runes);
        _cursor = first + runes.Length;
        return Draw();
    }

    /// <summary>Draws what keys have changed that was not drawn with them; nothing where all was.</summary>
    public string DrawPending() => _isUndrawn ? Draw() : "";

    private string Draw()
    {
        _isUndrawn = false;
        (List<Glyph> glyphs, int cursor) = _search is null ? Glyphs() : SearchGlyphs();
        return _view.Draw(glyphs, cursor);
    }

    /// <summary>Takes a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isLast">False where other keys wait: what this one changes is drawn with them.</param>
    public EditStep Press(Key key, bool isLast = true)
    {
        if (_search is not null && PressInSearch(key) is { } step)
        {
            return step;
        }

        switch (key.Kind)
        {
            case KeyKind.Enter:
                return Finish(EditOutcome.Entered, Text);
            case KeyKind.Background when _text.Count > 0:
                return Finish(EditOutcome.Background, Text);
            case KeyKind.Interrupt:
                return Finish(EditOutcome.Interrupted, "");
            case KeyKind.Leave when _text.Count == 0:
                return Finish(EditOutcome.Closed, "");
            case KeyKind.Redraw:
                _view.Begin(_view.Width, _view.Height);
                return new EditStep("\e[H\e[2J" + Draw());
            default:
                Change(key);
                _isUndrawn |= !isLast;
                return new EditStep(isLast ? Draw() : "");
        }
    }

    private static IEnumerable<Rune> Clean(string text) => text.EnumerateRunes().Where(r => !Rune.IsControl(r) || r == LineEnd);

    private void Change(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text:
                Insert(key.Text.EnumerateRunes().Where(r => !Rune.IsControl(r)));
                break;
            case KeyKind.Split:
                Insert([LineEnd]);
                _cursor = EndOfLine(_cursor);
                break;
            case KeyKind.Cellar:
                PutAside();
                break;
            case KeyKind.Leave or KeyKind.Delete:
                Remove(_cursor, EndOfCharacter(_cursor));
                break;
            case KeyKind.Backspace:
                Remove(StartOfCharacter(_cursor), _cursor);
                break;
            case KeyKind.KillToEnd:
                Remove(_cursor, EndOfLine(_cursor));
                break;
            case KeyKind.KillToStart:
                Remove(StartOfLine(_cursor), _cursor);
                break;
            case KeyKind.Older:
                GoUp();
                break;
            case KeyKind.Newer:
                GoDown();
                break;
            case KeyKind.Search:
                BeginSearch();
                break;
            case KeyKind.Expand:
                _isExpanded = !_isExpanded;
                break;
            default:
                _cursor = Moved(key.Kind);
                break;
        }
    }

    private int Moved(KeyKind kind) => kind switch
    {
        KeyKind.Left => StartOfCharacter(_cursor),
        KeyKind.Right => EndOfCharacter(_cursor),
        // At the end of a line, the key goes on to that of the whole text.
        KeyKind.Home => StartOfLine(_cursor) is var start && start == _cursor ? 0 : start,
        KeyKind.End => EndOfLine(_cursor) is var end && end == _cursor ? _text.Count : end,
        KeyKind.WordLeft => StartOfWord(_cursor),
        KeyKind.WordRight => EndOfWord(_cursor),
        _ => _cursor,
    };

    private void Insert(IEnumerable<Rune> text)
    {
        Rune[] runes = [.. text];
        if (_text.Count + runes.Length <= LongestText)
        {
            _text.InsertRange(_cursor, runes);
            _cursor += runes.Length;
        }
    }

    private void Remove(int start, int end)
    {
        _text.RemoveRange(start, end - start);
        _cursor = start;
    }

    // Up, down and split leave the cursor at the end of the line (manual, Console: List of keys).
    private void GoUp()
    {
        int start = StartOfLine(_cursor);
        if (start == 0)
        {
            Replace(_history.Older(Text));
            return;
        }

        _cursor = start - 1;
    }

    private void GoDown()
    {
        int end = EndOfLine(_cursor);
        if (end == _text.Count)
        {
            Replace(_history.Newer());
            return;
        }

        _cursor = EndOfLine(end + 1);
    }

    private void PutAside()
    {
        string text = Text;
        if (text.Length > 0 || _cellar is not null)
        {
            Replace(text.Length > 0 ? "" : _cellar);
            _cellar = text.Length > 0 ? text : null;
        }
    }

    private void Replace(string? text)
    {
        if (text is not null)
        {
            _text.Clear();
            _text.AddRange(Clean(text));
            _cursor = _text.Count;
        }
    }

    private EditStep Finish(EditOutcome outcome, string text) => new(Leave(), outcome, text);

    // The start of the last line is shown as a text of one line is; the others get their numbers.
    private (List<Glyph> Glyphs, int Cursor) Glyphs()
    {
        List<Glyph> painted = Painted();
        int lines = painted.Count(g => g.Rune == LineEnd) + 1;
        if (lines == 1)
        {
            return ([.. PromptGlyphs(), .. painted], Prompt.EnumerateRunes().Count() + _cursor);
        }

        var glyphs = new List<Glyph>();
        int cursor = 0;
        int start = 0;
        for (int line = 1; line <= lines; line++)
        {
            int end = EndOfLine(start);
            bool hasCursor = _cursor >= start && _cursor <= end;
            if (hasCursor || _isExpanded)
            {
                glyphs.AddRange(Plain(glyphs.Count > 0 ? $"\nline {line} of {lines}> " : $"line {line} of {lines}> "));
                cursor = hasCursor ? glyphs.Count + _cursor - start : cursor;
                glyphs.AddRange(painted[start..end]);
            }

            start = end + 1;
        }

        return (glyphs, cursor);
    }

    private IEnumerable<Glyph> PromptGlyphs()
    {
        List<Glyph> glyphs = [.. Plain(Prompt)];
        int mark = HasColouredMark ? glyphs.FindLastIndex(g => g.Rune.Value == '>') : -1;
        if (mark >= 0)
        {
            glyphs[mark] = glyphs[mark] with { Kind = WordKind.Sign };
        }

        return glyphs;
    }

    private List<Glyph> Painted()
    {
        string text = Text;
        IReadOnlyList<WordKind> kinds = text.Length == 0 ? [] : _colours(text);
        var glyphs = new List<Glyph>(_text.Count);
        int unit = 0;
        foreach (Rune rune in _text)
        {
            glyphs.Add(new Glyph(rune, kinds.Count == text.Length ? kinds[unit] : WordKind.Plain));
            unit += rune.Utf16SequenceLength;
        }

        return glyphs;
    }

    private static IEnumerable<Glyph> Plain(string text) => text.EnumerateRunes().Select(r => new Glyph(r, WordKind.Plain));

    // What combines with a character goes with it.
    private int StartOfCharacter(int position) => CellWidth.StartOfCharacter(_text, position);

    private int EndOfCharacter(int position) => CellWidth.EndOfCharacter(_text, position);

    private int StartOfLine(int position)
    {
        while (position > 0 && _text[position - 1] != LineEnd)
        {
            position--;
        }

        return position;
    }

    private int EndOfLine(int position)
    {
        while (position < _text.Count && _text[position] != LineEnd)
        {
            position++;
        }

        return position;
    }

    private int StartOfWord(int position)
    {
        while (position > 0 && !Rune.IsLetterOrDigit(_text[position - 1]))
        {
            position--;
        }

        while (position > 0 && Rune.IsLetterOrDigit(_text[position - 1]))
        {
            position--;
        }

        return position;
    }

    private int EndOfWord(int position)
    {
        while (position < _text.Count && !Rune.IsLetterOrDigit(_text[position]))
        {
            position++;
        }

        while (position < _text.Count && Rune.IsLetterOrDigit(_text[position]))
        {
            position++;
        }

        return position;
    }
}
