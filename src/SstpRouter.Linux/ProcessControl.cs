using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>What a process does to itself and to its children that the framework has no call for.</summary>
public static class ProcessControl
{
    /// <summary>SIGKILL: signal(7).</summary>
    public const int SignalKill = 9;

    /// <summary>SIGTERM: signal(7).</summary>
    public const int SignalTerminate = 15;

    /// <summary>The effective user id: geteuid(2); root is 0.</summary>
    public static int EffectiveUserId => (int)Libc.EffectiveUser();

    /// <summary>The parent's process id; it changes when the parent dies: getppid(2).</summary>
    public static int ParentProcessId => Libc.ParentProcess();

    /// <summary>How many descriptors this process may have: getrlimit(2), the soft RLIMIT_NOFILE.</summary>
    public static int DescriptorLimit => Saturated(DescriptorLimits()[0]);

    /// <summary>
    /// Allows this process as many descriptors as it may allow itself, the hard limit: setrlimit(2), RLIMIT_NOFILE. Soft
    /// limits are as low as they are for programs that use select(2).
    /// </summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static void RaiseDescriptorLimit()
    {
        nuint[] limits = DescriptorLimits();
        limits[0] = limits[1];
        if (Libc.SetResourceLimit(Libc.LimitDescriptors, in limits[0]) < 0)
        {
            throw LinuxException.Last("setrlimit", "cannot raise the limit of open files");
        }
    }

    /// <summary>
    /// Asks for a signal when the thread that started this process ends: prctl(2), PR_SET_PDEATHSIG. It holds for the
    /// calling thread and survives <see cref="Execve"/> on it. A parent that died before is not noticed: compare
    /// <see cref="ParentProcessId"/> afterwards. The parent must start the process from a thread that stays.
    /// </summary>
    /// <param name="signal">The signal, 1 to 64; 0 for none.</param>
    /// <exception cref="LinuxException">The signal does not exist.</exception>
    public static void SetParentDeathSignal(int signal) =>
        Prctl(Libc.PrSetParentDeathSignal, signal, $"cannot ask for signal {signal} at the parent's end");

    /// <summary>
    /// Allows or forbids core dumps and other processes of the same user to look into this one's memory, which holds
    /// secrets: prctl(2), PR_SET_DUMPABLE.
    /// </summary>
    /// <param name="allowed">Whether it is allowed.</param>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static void SetDumpable(bool allowed) =>
        Prctl(Libc.PrSetDumpable, allowed ? 1 : 0, "cannot change whether this process may be dumped");

    /// <summary>
    /// Makes sure that no core file of this process or of its children holds a secret: no dumps (prctl(2),
    /// PR_SET_DUMPABLE) and none of any size (setrlimit(2), RLIMIT_CORE), the second also for a program that this one
    /// becomes.
    /// </summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static void ForbidCoreDumps()
    {
        SetDumpable(false);
        nuint[] none = new nuint[2];
        if (Libc.SetResourceLimit(Libc.LimitCore, in none[0]) < 0)
        {
            throw LinuxException.Last("setrlimit", "cannot forbid core files");
        }
    }

    /// <summary>Sends a signal: kill(2).</summary>
    /// <param name="process">The process id, 1 or more.</param>
    /// <param name="signal">The signal; 0 only looks whether the process is there.</param>
    /// <returns>False when there is no such process.</returns>
    /// <exception cref="LinuxException">It is another user's process, or the signal does not exist.</exception>
    public static bool Kill(int process, int signal)
    {
        // kill(2): 0 and negative numbers mean groups of processes.
        ArgumentOutOfRangeException.ThrowIfLessThan(process, 1);
        if (Libc.Kill(process, signal) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Errno.NotFound
            ? false
            : throw LinuxException.Last("kill", $"cannot send signal {signal} to process {process}");
    }

    /// <summary>
    /// Replaces this process by a program: execve(2). The whole process then has the calling thread's namespaces.
    /// Descriptors that the framework or this room opened are closed, those below 3 stay.
    /// </summary>
    /// <param name="path">The program; <c>/proc/self/exe</c> is the running one.</param>
    /// <param name="arguments">Its arguments, its name first.</param>
    /// <param name="environment">Its environment, or null for the present one.</param>
    /// <exception cref="LinuxException">The program cannot be run; nothing has changed.</exception>
    [DoesNotReturn]
    public static unsafe void Execve(
        string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        byte* nativePath = (byte*)Marshal.StringToCoTaskMemUTF8(path);
        byte** nativeArguments = NativeTexts(arguments);
        byte** nativeEnvironment = NativeTexts(EnvironmentTexts(environment));
        _ = Libc.Execute(nativePath, nativeArguments, nativeEnvironment);
        LinuxException error = LinuxException.Last("execve", $"cannot run {path}");
        Free(nativeEnvironment);
        Free(nativeArguments);
        Marshal.FreeCoTaskMem((nint)nativePath);
        throw error;
    }

    /// <summary>Replaces this process by a program in a new network namespace, see <see cref="Execve"/>.</summary>
    /// <param name="path">The program; <c>/proc/self/exe</c> is the running one.</param>
    /// <param name="arguments">Its arguments, its name first.</param>
    /// <param name="environment">Its environment, or null for the present one.</param>
    /// <exception cref="LinuxException">The privilege is missing, or the program cannot be run.</exception>
    [DoesNotReturn]
    public static void UnshareNetworkAndExecve(
        string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        NetworkNamespace.UnshareCurrentThread();
        Execve(path, arguments, environment);
    }

    /// <summary>
    /// Gives the calling thread mounts of its own, with memory mounted over a directory: what is written there is seen
    /// by this thread and by what it becomes with <see cref="Execve"/>, by others only through <c>/proc/PID/root</c>,
    /// and is gone with the last of them. mount_namespaces(7), tmpfs(5).
    /// </summary>
    /// <param name="directory">A directory that exists; what it held is hidden from this thread.</param>
    /// <exception cref="LinuxException">The privilege is missing, or there is no such directory.</exception>
    public static void UnshareMountsWithMemoryAt(string directory)
    {
        const string hint = "needs root or CAP_SYS_ADMIN";
        if (Libc.Unshare(Libc.CloneNewMounts) < 0)
        {
            throw LinuxException.Last("unshare", "cannot make a mount namespace", hint);
        }

        // Mounts are shared by default on many systems, and would then show in the others' namespace too.
        if (Libc.Mount("none", "/", null, Libc.MountRecursive | Libc.MountPrivate, null) < 0
            || Libc.Mount("tmpfs", directory, "tmpfs", 0, "mode=0700") < 0)
        {
            throw LinuxException.Last("mount", $"cannot mount memory at {directory}", hint);
        }
    }

    private static nuint[] DescriptorLimits()
    {
        nuint[] limits = new nuint[2];
        return Libc.GetResourceLimit(Libc.LimitDescriptors, ref limits[0]) == 0
            ? limits
            : throw LinuxException.Last("getrlimit", "cannot tell the limit of open files");
    }

    private static int Saturated(nuint number) => (int)Math.Min(number, int.MaxValue);

    private static void Prctl(int option, int value, string attempt)
    {
        if (Libc.ProcessControl(option, (nuint)value, 0, 0, 0) < 0)
        {
            throw LinuxException.Last("prctl", attempt);
        }
    }

    private static List<string> EnvironmentTexts(IReadOnlyDictionary<string, string>? environment)
    {
        List<string> texts = [];
        if (environment is not null)
        {
            texts.AddRange(environment.Select(static variable => $"{variable.Key}={variable.Value}"));
            return texts;
        }

        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            texts.Add($"{variable.Key}={variable.Value}");
        }

        return texts;
    }

    private static unsafe byte** NativeTexts(IReadOnlyList<string> texts)
    {
        byte** native = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            native[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return native;
    }

    private static unsafe void Free(byte** native)
    {
        for (int i = 0; native[i] is not null; i++)
        {
            Marshal.FreeCoTaskMem((nint)native[i]);
        }

        NativeMemory.Free(native);
    }
}
