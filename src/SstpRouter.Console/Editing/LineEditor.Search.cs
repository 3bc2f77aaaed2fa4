namespace SstpRouter.Console.Editing;

/// <content>Searching the history: the line that holds what is typed is shown behind it, the newest first.</content>
public sealed partial class LineEditor
{
    private string? _search;
    private string _beforeSearch = "";
    private int _found;

    private void BeginSearch()
    {
        _search = "";
        _beforeSearch = Text;
        _found = _history.Count;
    }

    /// <summary>Takes a key while searching; null where the key ends the search and means what it means otherwise.</summary>
    private EditStep? PressInSearch(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text:
                _search += key.Text;
                Find(_history.Count);
                return new EditStep(Draw());
            case KeyKind.Backspace:
                _search = string.Concat(_search!.EnumerateRunes().SkipLast(1));
                Find(_history.Count);
                return new EditStep(Draw());
            case KeyKind.Search:
                Find(_found);
                return new EditStep(Draw());
            case KeyKind.Interrupt or KeyKind.Escape:
                Replace(key.Kind == KeyKind.Interrupt ? _beforeSearch : null);
                _search = null;
                return new EditStep(Draw());
            case KeyKind.Enter:
                _search = null;
                string drawn = Draw();
                EditStep step = Finish(EditOutcome.Entered, Text);
                return step with { Screen = drawn + step.Screen };
            default:
                _search = null;
                return null;
        }
    }

    /// <summary>Goes to the newest line before a place that holds what is typed; stays where there is none.</summary>
    private void Find(int before)
    {
        int found = _history.LastWith(_search!, before);
        if (found >= 0 && _search!.Length > 0)
        {
            _found = found;
            Replace(_history[found]);
        }
    }

    private (List<Glyph> Glyphs, int Cursor) SearchGlyphs()
    {
        Glyph[] prompt = [.. Plain($"(reverse-i-search)'{_search}': ")];
        List<Glyph> shown = Painted();
        shown.RemoveAll(g => g.Rune == LineEnd);
        return ([.. prompt, .. shown], prompt.Length + shown.Count);
    }
}
