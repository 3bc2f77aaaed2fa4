using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>
/// A network namespace, kept alive by an open descriptor: network_namespaces(7). A namespace belongs to a thread:
/// descriptors opened by a thread stay in the namespace that it had, and tasks run on other threads.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const string ThreadPath = "/proc/thread-self/ns/net";

    private readonly FileDescriptor _descriptor;

    private NetworkNamespace(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>The descriptor, for calls that want one.</summary>
    public int Descriptor => _descriptor.Number;

    /// <summary>The calling thread's namespace.</summary>
    /// <exception cref="LinuxException">/proc is not mounted.</exception>
    public static NetworkNamespace Current() => FromPath(ThreadPath);

    /// <summary>A process's namespace: that of its first thread.</summary>
    /// <param name="process">The process's id.</param>
    /// <exception cref="LinuxException">There is no such process, or it is another user's.</exception>
    public static NetworkNamespace OfProcess(int process) => FromPath($"/proc/{process}/ns/net");

    /// <summary>A namespace that somebody mounted, for example <c>/run/netns/NAME</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LinuxException">There is no such file.</exception>
    public static NetworkNamespace FromPath(string path) => new(FileDescriptor.Take(
        Libc.Open(path, Libc.OpenReadOnly | Libc.OpenCloseOnExec), "open", $"cannot open network namespace {path}"));

    /// <summary>
    /// Makes a namespace without a name, with nothing in it but a disabled loopback interface. It lasts as long as
    /// this object, or a thread or interface that is inside.
    /// </summary>
    /// <exception cref="LinuxException">The privilege is missing.</exception>
    public static NetworkNamespace Create() => OnThread(static () =>
    {
        UnshareCurrentThread();
        return Current();
    });

    /// <summary>
    /// Gives the calling thread a new namespace, and so every thread that it starts; other threads keep theirs. Only
    /// for threads that are not shared with anybody, such as the first one of a process.
    /// </summary>
    /// <exception cref="LinuxException">The privilege is missing.</exception>
    public static void UnshareCurrentThread()
    {
        if (Libc.Unshare(Libc.CloneNewNet) < 0)
        {
            throw LinuxException.Last("unshare", "cannot make a network namespace", PrivilegeHint());
        }
    }

    /// <summary>Runs an action inside, on a thread of its own, and waits for it.</summary>
    /// <param name="action">What to do; an exception comes back out.</param>
    /// <exception cref="LinuxException">The privilege to enter is missing.</exception>
    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    /// <summary>Computes something inside, on a thread of its own, and waits for it.</summary>
    /// <typeparam name="T">What is computed.</typeparam>
    /// <param name="function">What to do; an exception comes back out.</param>
    /// <returns>What the function returned.</returns>
    /// <exception cref="LinuxException">The privilege to enter is missing.</exception>
    public T Run<T>(Func<T> function) => OnThread(() =>
    {
        if (Libc.SetNamespace(_descriptor, Libc.CloneNewNet) < 0)
        {
            throw LinuxException.Last("setns", "cannot enter a network namespace", PrivilegeHint());
        }

        return function();
    });

    /// <summary>Closes the descriptor; the namespace ends with its last user.</summary>
    public void Dispose() => _descriptor.Dispose();

    private static string? PrivilegeHint() =>
        Marshal.GetLastPInvokeError() == Errno.NotPermitted
            ? "needs root or CAP_SYS_ADMIN"
            : null;

    // The thread ends with the function: nothing else can come to run on it in the wrong namespace.
    private static T OnThread<T>(Func<T> function)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            Name = "netns",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
