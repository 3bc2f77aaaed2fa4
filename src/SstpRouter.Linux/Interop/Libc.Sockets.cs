using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Interop;

/// <summary>The socket calls.</summary>
internal static partial class Libc
{
    // socket(2)
    public const int FamilyIPv4 = 2;
    public const int FamilyIPv6 = 10;
    public const int FamilyNetlink = 16;
    public const int SocketStream = 1;
    public const int SocketRaw = 3;
    public const int SocketNonBlocking = OpenNonBlocking;
    public const int SocketCloseOnExec = OpenCloseOnExec;

    // socket(7), <asm-generic/socket.h>
    public const int LevelSocket = 1;
    public const int SocketReuseAddress = 2;
    public const int SocketError = 4;
    public const int SocketReceiveBuffer = 8;
    public const int SocketLinger = 13;
    public const int SocketBindToInterfaceIndex = 62;

    // tcp(7), ip(7), ipv6(7), raw(7)
    public const int LevelIPv4 = 0;
    public const int LevelTcp = 6;
    public const int LevelIPv6 = 41;
    public const int LevelIcmpV6 = 58;
    public const int LevelRaw = 255;
    public const int TcpNoDelay = 1;
    public const int TcpInformation = 11;
    public const int TcpUserTimeout = 18;
    public const int TcpNotSentLowWater = 25;
    public const int TcpRetransmissionLimit = 44; // TCP_RTO_MAX_MS, Linux 6.15
    public const int IPv4Ttl = 2;
    public const int IPv4MtuDiscover = 10;
    public const int IPv6UnicastHops = 16;
    public const int IPv6MtuDiscover = 23;
    public const int IPv6Only = 26;
    public const int IPv6ReceiveHopLimit = 51;
    public const int IPv6HopLimit = 52;
    public const int IcmpFilter = 1;

    // send(2), recv(2)
    public const int MessageTruncated = 0x20;
    public const int MessageNoSignal = 0x4000;

    public const int ShutdownWrite = 1;

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(FileDescriptor socket, ref readonly byte name, uint length);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(FileDescriptor socket, ref readonly byte name, uint length);

    [LibraryImport(Library, EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(FileDescriptor socket, int backlog);

    [LibraryImport(Library, EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(FileDescriptor socket, ref byte name, ref uint length, int flags);

    [LibraryImport(Library, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int LocalName(FileDescriptor socket, ref byte name, ref uint length);

    [LibraryImport(Library, EntryPoint = "getpeername", SetLastError = true)]
    public static partial int PeerName(FileDescriptor socket, ref byte name, ref uint length);

    [LibraryImport(Library, EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(FileDescriptor socket, int how);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(
        FileDescriptor socket, int level, int option, ref readonly byte value, uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(FileDescriptor socket, int level, int option, ref int value, ref uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(FileDescriptor socket, int level, int option, ref byte value, ref uint length);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(FileDescriptor socket, ref byte buffer, nuint count, int flags);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(FileDescriptor socket, ref readonly byte buffer, nuint count, int flags);

    [LibraryImport(Library, EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(
        FileDescriptor socket, ref byte buffer, nuint count, int flags, ref byte name, ref uint length);

    [LibraryImport(Library, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(
        FileDescriptor socket, ref readonly byte buffer, nuint count, int flags, ref readonly byte name, uint length);

    [LibraryImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(FileDescriptor socket, ref MessageHeader message, int flags);

    /// <summary>Sets an option that is one C int; the result is setsockopt(2)'s.</summary>
    public static int SetOption(FileDescriptor socket, int level, int option, int value) =>
        SetOption(socket, level, option, in MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value))[0], sizeof(int));
}
