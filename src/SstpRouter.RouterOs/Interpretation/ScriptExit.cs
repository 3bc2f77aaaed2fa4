namespace SstpRouter.RouterOs.Interpretation;

/// <summary>Ends a script without an error: <c>:exit</c>.</summary>
internal sealed class ScriptExit : Exception;
