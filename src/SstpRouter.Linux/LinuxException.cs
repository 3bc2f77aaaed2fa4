using System.Runtime.InteropServices;

namespace SstpRouter.Linux;

/// <summary>A system call failed. The message says what was tried, why it failed and what to do about it.</summary>
public sealed class LinuxException : IOException
{
    /// <summary>Describes a failed call.</summary>
    /// <param name="call">The call, for example <c>ioctl(TUNSETIFF)</c>.</param>
    /// <param name="attempt">What was tried and on which name, for example <c>cannot create interface sstp-out1</c>.</param>
    /// <param name="errorNumber">The call's errno, positive.</param>
    /// <param name="hint">What to do about it; without one, a missing privilege still gets its advice.</param>
    public LinuxException(string call, string attempt, int errorNumber, string? hint = null)
        : base(Compose(attempt, errorNumber, hint))
    {
        Call = call;
        ErrorNumber = errorNumber;
    }

    /// <summary>The call that failed.</summary>
    public string Call { get; }

    /// <summary>The call's errno: one of <see cref="Errno"/>, or any other value of errno(3).</summary>
    public int ErrorNumber { get; }

    /// <summary>The C library's words for an errno, for example <c>Connection refused</c>.</summary>
    /// <param name="errorNumber">An errno; one that is unknown gives a text with its number.</param>
    public static string Describe(int errorNumber) => Marshal.GetPInvokeErrorMessage(errorNumber);

    /// <summary>The exception for the call that has just failed on this thread.</summary>
    internal static LinuxException Last(string call, string attempt, string? hint = null) =>
        new(call, attempt, Marshal.GetLastPInvokeError(), hint);

    private static string Compose(string attempt, int errorNumber, string? hint)
    {
        hint ??= errorNumber is Errno.NotPermitted or Errno.AccessDenied ? "needs root or CAP_NET_ADMIN" : null;
        string text = $"{attempt}: {Describe(errorNumber)}";
        return hint is null ? text : $"{text}; {hint}";
    }
}
