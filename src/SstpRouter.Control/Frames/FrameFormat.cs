namespace SstpRouter.Control.Frames;

/// <summary>The form of a frame: a type byte, the payload's length (32 bits, big-endian), the payload.</summary>
internal static class FrameFormat
{
    /// <summary>The version that both ends must speak; they are one program, so it only says that one of them is older.</summary>
    public const int Version = 3;

    /// <summary>Type and length.</summary>
    public const int HeaderSize = 5;

    /// <summary>The largest payload that a server takes: a pasted configuration.</summary>
    public const int LargestFromClient = 1024 * 1024;

    /// <summary>The largest payload that a client takes.</summary>
    public const int LargestFromServer = 64 * 1024;

    /// <summary>The largest output of one frame in characters, so that its UTF-8 fits <see cref="LargestFromServer"/>.</summary>
    public const int LargestOutput = 16 * 1024;

    /// <summary>The longest text whose words are completed, explained or coloured, in characters.</summary>
    public const int LongestAssisted = 16 * 1024;

    /// <summary>The most that the words of one answer take, in bytes, so that they fit <see cref="LargestFromServer"/>.</summary>
    public const int LargestCandidates = 48 * 1024;

    /// <summary>What is refused where name and password do not fit.</summary>
    public const string LoginFailed = "login failed: incorrect user name or password";

    /// <summary>The longest user name, in characters.</summary>
    public const int LongestUser = 64;
}

/// <summary>The type byte of a frame.</summary>
internal enum FrameType : byte
{
    /// <summary><see cref="HelloFrame"/>.</summary>
    Hello = (byte)'H',

    /// <summary><see cref="RunFrame"/>.</summary>
    Run = (byte)'R',

    /// <summary><see cref="ActionFrame"/>.</summary>
    Action = (byte)'X',

    /// <summary><see cref="AssistFrame"/>.</summary>
    Assist = (byte)'A',

    /// <summary><see cref="AnswerFrame"/>.</summary>
    Answer = (byte)'Y',

    /// <summary><see cref="InterruptFrame"/>.</summary>
    Interrupt = (byte)'I',

    /// <summary><see cref="ResizeFrame"/>.</summary>
    Resize = (byte)'S',

    /// <summary><see cref="ByeFrame"/>.</summary>
    Bye = (byte)'B',

    /// <summary><see cref="OutputFrame"/>.</summary>
    Output = (byte)'o',

    /// <summary><see cref="ScreenFrame"/>.</summary>
    Screen = (byte)'w',

    /// <summary><see cref="PagesFrame"/>.</summary>
    Pages = (byte)'g',

    /// <summary><see cref="AskFrame"/>.</summary>
    Ask = (byte)'q',

    /// <summary><see cref="NoticeFrame"/>.</summary>
    Notice = (byte)'n',

    /// <summary><see cref="HistoryFrame"/>.</summary>
    History = (byte)'h',

    /// <summary><see cref="CandidatesFrame"/>.</summary>
    Candidates = (byte)'a',

    /// <summary><see cref="ColoursFrame"/>.</summary>
    Colours = (byte)'c',

    /// <summary><see cref="PromptFrame"/>.</summary>
    Prompt = (byte)'p',

    /// <summary><see cref="MoreFrame"/>.</summary>
    More = (byte)'m',

    /// <summary><see cref="DoneFrame"/>.</summary>
    Done = (byte)'d',

    /// <summary><see cref="RefusalFrame"/>.</summary>
    Refusal = (byte)'e',
}

/// <summary>What a key asks of a session.</summary>
internal enum SessionAction : byte
{
    /// <summary>Ctrl-X: takes safe mode, or lets it go.</summary>
    ToggleSafeMode,

    /// <summary><c>/quit</c>: the session ends unless the user thinks better of it; the status is 1 then.</summary>
    Quit,

    /// <summary>The console is there: what a login asks before the first prompt.</summary>
    Begin,
}

/// <summary>What is wanted for a text that is being typed.</summary>
internal enum AssistKind : byte
{
    /// <summary>What Tab makes of it.</summary>
    Complete,

    /// <summary>What may stand at its end.</summary>
    Help,

    /// <summary>What each of its characters is.</summary>
    Colours,
}
