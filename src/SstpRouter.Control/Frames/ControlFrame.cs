using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Control.Frames;

/// <summary>One message between a console and the router.</summary>
internal abstract record ControlFrame;

/// <summary>Client, first: who asks, and on what terminal.</summary>
/// <param name="Version">The protocol's version; the server refuses any other than its own.</param>
/// <param name="Width">Columns, 1..65535.</param>
/// <param name="Height">Lines, 1..65535.</param>
/// <param name="IsInteractive">True where prompts are wanted and an open bracket asks for more input; false for one-shot commands.</param>
/// <param name="User">The user's name.</param>
/// <param name="From">The address that the user comes from; empty for this device.</param>
/// <param name="Via">The service that let the user in: <c>local</c>, <c>ssh</c>.</param>
/// <param name="Password">The password to check; null where whoever sends this has checked the user.</param>
internal sealed record HelloFrame(
    int Version, int Width, int Height, bool IsInteractive, string User, string From = "", string Via = "local", string? Password = null) : ControlFrame;

/// <summary>Client: run a text. The server answers with a <see cref="DoneFrame"/> or a <see cref="MoreFrame"/>.</summary>
internal sealed record RunFrame(string Text) : ControlFrame;

/// <summary>Client: do what a key asks for. The server answers as it does for a <see cref="RunFrame"/>.</summary>
internal sealed record ActionFrame(SessionAction Action) : ControlFrame;

/// <summary>Client: help with a text that is being typed. The server answers with a <see cref="CandidatesFrame"/> or a <see cref="ColoursFrame"/>.</summary>
/// <param name="Kind">What is wanted.</param>
/// <param name="Text">The text up to the cursor; the whole for its colours.</param>
internal sealed record AssistFrame(AssistKind Kind, string Text) : ControlFrame;

/// <summary>Client: what the user answered to an <see cref="AskFrame"/>.</summary>
/// <param name="Kind">How the question ended.</param>
/// <param name="Text">The answer, where there is one.</param>
internal sealed record AnswerFrame(AnswerKind Kind, string Text) : ControlFrame;

/// <summary>Client: cancel the running command; nothing happens where none runs.</summary>
internal sealed record InterruptFrame : ControlFrame;

/// <summary>Client: the terminal has another size now.</summary>
/// <param name="Width">Columns, 1..65535.</param>
/// <param name="Height">Lines, 1..65535.</param>
internal sealed record ResizeFrame(int Width, int Height) : ControlFrame;

/// <summary>Client: the session is over.</summary>
internal sealed record ByeFrame : ControlFrame;

/// <summary>Server: a piece of a command's output.</summary>
internal sealed record OutputFrame(string Text) : ControlFrame;

/// <summary>Server: a screen that takes the place of the one before; the command goes on showing others.</summary>
internal sealed record ScreenFrame(string Text) : ControlFrame;

/// <summary>Server: the output that follows is to be shown a screen at a time.</summary>
/// <param name="IsTable">True where its lines are cut and not wrapped.</param>
internal sealed record PagesFrame(bool IsTable) : ControlFrame;

/// <summary>Server: the running command asks the user; the client sends an <see cref="AnswerFrame"/>.</summary>
/// <param name="Kind">How the answer is typed.</param>
/// <param name="Prompt">What to show, blank at the end included.</param>
internal sealed record AskFrame(AskKind Kind, string Prompt) : ControlFrame;

/// <summary>Server: a line for the user that no command wrote. It may come at any time.</summary>
internal sealed record NoticeFrame(string Text) : ControlFrame;

/// <summary>Server: a command for the history. The old ones come after the hello, oldest first; a new one before its <see cref="DoneFrame"/>.</summary>
internal sealed record HistoryFrame(string Text) : ControlFrame;

/// <summary>Server: what may stand at the end of a text.</summary>
/// <param name="Found">The words, and what Tab makes of the text.</param>
internal sealed record CandidatesFrame(Completion Found) : ControlFrame;

/// <summary>Server: what each character of a text is.</summary>
internal sealed record ColoursFrame(IReadOnlyList<WordKind> Kinds) : ControlFrame;

/// <summary>Server: the prompt for the next line. It comes once after the hello, in an interactive session before each <see cref="DoneFrame"/>,
/// and when something else changes it.</summary>
/// <param name="Text">What to show, blank at the end included.</param>
/// <param name="MenuPath">The current menu: <c>/</c>, <c>/ip/route</c>.</param>
internal sealed record PromptFrame(string Text, string MenuPath) : ControlFrame;

/// <summary>Server: the text has open brackets or an open quote and was not run; the client sends it again with more behind it.</summary>
/// <param name="Prompt">What to show before the next line: <c>{... </c>.</param>
internal sealed record MoreFrame(string Prompt) : ControlFrame;

/// <summary>Server: the command has ended.</summary>
/// <param name="Status">0, or 1 where it failed.</param>
/// <param name="Error">Why it failed, in the user's words; empty where it did not.</param>
/// <param name="Line">The line of the text that is at fault, from 1; 0 where the error has no place.</param>
/// <param name="Column">The column, from 1; 0 where the error has no place.</param>
internal sealed record DoneFrame(int Status, string Error, int Line = 0, int Column = 0) : ControlFrame;

/// <summary>Server, last: the session is refused or ended.</summary>
/// <param name="Text">Why, and what to do about it.</param>
internal sealed record RefusalFrame(string Text) : ControlFrame;
