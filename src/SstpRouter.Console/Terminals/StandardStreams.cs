using Microsoft.Win32.SafeHandles;

namespace SstpRouter.Console.Terminals;

/// <summary>The process's own input and output as they are. The framework's would change the terminal's settings and send it sequences that nobody
/// asked for.</summary>
public static class StandardStreams
{
    /// <summary>What is typed or piped in.</summary>
    public static Stream Input() => new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    /// <summary>What is shown or piped on.</summary>
    public static Stream Output() => new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <summary>Where complaints go.</summary>
    public static Stream Error() => new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);
}
