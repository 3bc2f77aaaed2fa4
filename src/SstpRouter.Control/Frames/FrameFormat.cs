namespace SstpRouter.Control.Frames;

/// <summary>The form of a frame: a type byte, the payload's length (32 bits, big-endian), the payload.</summary>
internal static class FrameFormat
{
    /// <summary>The version that both ends must speak; they are one program, so it only says that one of them is older.</summary>
    public const int Version = 1;

    /// <summary>Type and length.</summary>
    public const int HeaderSize = 5;

    /// <summary>The largest payload that a server takes: a pasted configuration.</summary>
    public const int LargestFromClient = 1024 * 1024;

    /// <summary>The largest payload that a client takes.</summary>
    public const int LargestFromServer = 64 * 1024;

    /// <summary>The largest output of one frame in characters, so that its UTF-8 fits <see cref="LargestFromServer"/>.</summary>
    public const int LargestOutput = 16 * 1024;

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

    /// <summary><see cref="InterruptFrame"/>.</summary>
    Interrupt = (byte)'I',

    /// <summary><see cref="ResizeFrame"/>.</summary>
    Resize = (byte)'S',

    /// <summary><see cref="ByeFrame"/>.</summary>
    Bye = (byte)'B',

    /// <summary><see cref="OutputFrame"/>.</summary>
    Output = (byte)'o',

    /// <summary><see cref="PromptFrame"/>.</summary>
    Prompt = (byte)'p',

    /// <summary><see cref="MoreFrame"/>.</summary>
    More = (byte)'m',

    /// <summary><see cref="DoneFrame"/>.</summary>
    Done = (byte)'d',

    /// <summary><see cref="RefusalFrame"/>.</summary>
    Refusal = (byte)'e',
}
