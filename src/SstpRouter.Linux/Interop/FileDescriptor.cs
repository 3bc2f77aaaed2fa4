using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SstpRouter.Linux.Interop;

/// <summary>Owns one open descriptor and closes it exactly once.</summary>
internal sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    private FileDescriptor(int number) : base(ownsHandle: true) => SetHandle(number);

    /// <summary>The descriptor's number, for calls that only name it; valid until this object is disposed.</summary>
    public int Number => IsClosed ? throw new ObjectDisposedException(nameof(FileDescriptor)) : (int)handle;

    /// <summary>Takes over what a system call returned.</summary>
    /// <param name="result">The call's result: a descriptor, or -1 with errno set.</param>
    /// <param name="call">The name of the call, for the error.</param>
    /// <param name="attempt">What was tried, for the error.</param>
    /// <param name="hint">What to do about a failure, or null for the usual advice.</param>
    /// <exception cref="LinuxException">The result was -1.</exception>
    // A C int must not be returned as a handle: the upper half of the register is undefined, so -1 would not be seen.
    public static FileDescriptor Take(int result, string call, string attempt, string? hint = null) => result < 0
        ? throw new LinuxException(call, attempt, Marshal.GetLastPInvokeError(), hint)
        : new FileDescriptor(result);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
