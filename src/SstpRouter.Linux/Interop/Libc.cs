using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Interop;

/// <summary>
/// The C library's calls on descriptors, processes and namespaces; every name is in glibc and in musl, and every
/// signature is blittable. Constants are those of the generic Linux ABI, which x86, arm and RISC-V share.
/// </summary>
internal static partial class Libc
{
    private const string Library = "libc";

    // open(2), <asm-generic/fcntl.h>
    public const int OpenReadOnly = 0;
    public const int OpenReadWrite = 2;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;

    // poll(2)
    public const short PollIn = 1;

    // unshare(2), setns(2)
    public const int CloneNewNet = 0x40000000;
    public const int CloneNewMounts = 0x00020000;

    // mount(2)
    public const nuint MountRecursive = 0x4000;
    public const nuint MountPrivate = 0x40000;

    // prctl(2)
    public const int PrSetParentDeathSignal = 1;
    public const int PrSetDumpable = 4;

    // getrlimit(2), <asm-generic/resource.h>
    public const int LimitCore = 4;
    public const int LimitDescriptors = 7;

    // eventfd(2), epoll_create1(2): the flags are open(2)'s
    public const int EventFdFlags = OpenCloseOnExec | OpenNonBlocking;

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(FileDescriptor descriptor, ref byte buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(FileDescriptor descriptor, ref readonly byte buffer, nuint count);

    // The third argument is variadic in C; the targets' ABIs pass it like a named one.
    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(FileDescriptor descriptor, nuint request, ref byte argument);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int IoctlValue(FileDescriptor descriptor, nuint request, nuint argument);

    [LibraryImport(Library, EntryPoint = "writev", SetLastError = true)]
    public static unsafe partial nint WriteVector(FileDescriptor descriptor, IoVector* vectors, int count);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(FileDescriptor epoll, int operation, int descriptor, ref byte change);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(FileDescriptor epoll, ref byte events, int capacity, int timeout);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollEntry entries, nuint count, int timeout);

    [LibraryImport(
        Library, EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint InterfaceIndex(string name);

    [LibraryImport(Library, EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport(Library, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string? kind, nuint flags, string? data);

    [LibraryImport(Library, EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNamespace(FileDescriptor descriptor, int kind);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    // The two members of struct rlimit are as wide as a pointer.
    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetResourceLimit(int resource, ref nuint limits);

    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetResourceLimit(int resource, ref readonly nuint limits);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport(Library, EntryPoint = "malloc_trim")]
    public static partial int TrimHeap(nuint keep);

    [LibraryImport(Library, EntryPoint = "madvise", SetLastError = true)]
    public static partial int Advise(nuint start, nuint length, int advice);

    [LibraryImport(Library, EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "execve", SetLastError = true)]
    public static unsafe partial int Execute(byte* path, byte** arguments, byte** environment);
}
