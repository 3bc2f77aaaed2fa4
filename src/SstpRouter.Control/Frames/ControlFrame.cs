namespace SstpRouter.Control.Frames;

/// <summary>One message between a console and the router.</summary>
internal abstract record ControlFrame;

/// <summary>Client, first: who asks, and on what terminal.</summary>
/// <param name="Version">The protocol's version; the server refuses any other than its own.</param>
/// <param name="Width">Columns, 1..65535.</param>
/// <param name="Height">Lines, 1..65535.</param>
/// <param name="IsInteractive">True where prompts are wanted and an open bracket asks for more input; false for one-shot commands.</param>
/// <param name="User">The user's name.</param>
internal sealed record HelloFrame(int Version, int Width, int Height, bool IsInteractive, string User) : ControlFrame;

/// <summary>Client: run a text. The server answers with a <see cref="DoneFrame"/> or a <see cref="MoreFrame"/>.</summary>
internal sealed record RunFrame(string Text) : ControlFrame;

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

/// <summary>Server: the prompt for the next line. It comes once after the hello and, in an interactive session, before each <see cref="DoneFrame"/>.</summary>
/// <param name="Text">What to show, blank at the end included.</param>
/// <param name="MenuPath">The current menu: <c>/</c>, <c>/ip/route</c>.</param>
internal sealed record PromptFrame(string Text, string MenuPath) : ControlFrame;

/// <summary>Server: the text has open brackets or an open quote and was not run; the client sends it again with more behind it.</summary>
/// <param name="Prompt">What to show before the next line: <c>{... </c>.</param>
internal sealed record MoreFrame(string Prompt) : ControlFrame;

/// <summary>Server: the command has ended.</summary>
/// <param name="Status">0, or 1 where it failed.</param>
/// <param name="Error">Why it failed, in the user's words; empty where it did not.</param>
internal sealed record DoneFrame(int Status, string Error) : ControlFrame;

/// <summary>Server, last: the session is refused or ended.</summary>
/// <param name="Text">Why, and what to do about it.</param>
internal sealed record RefusalFrame(string Text) : ControlFrame;
