namespace SstpRouter.RouterOs.Storage;

/// <summary>What a state directory held when it was opened, as text that still has to be run.</summary>
/// <param name="Snapshot">The snapshot, or null where there is none.</param>
/// <param name="Journals">The journals that follow it, oldest first: file name and text.</param>
/// <param name="Notices">What was noticed about the files themselves.</param>
/// <param name="Waiting">Lines that an earlier start has put aside and that still wait to be mended.</param>
internal sealed record SavedState(
    string? Snapshot,
    IReadOnlyList<(string File, string Text)> Journals,
    IReadOnlyList<StoreNotice> Notices,
    IReadOnlyList<StoreNotice> Waiting)
{
    /// <summary>True where nothing was ever saved.</summary>
    public bool IsEmpty => Snapshot is null && Journals.All(j => j.Text.Length == 0 || j.Text == Journal.Head);

    /// <summary>The forms that its files are in; none where there are no files.</summary>
    public IEnumerable<int> Forms => (Snapshot is null ? [] : new[] { Snapshot }).Concat(Journals.Select(j => j.Text)).Where(t => t.Length > 0).Select(StateForm.Of);
}
