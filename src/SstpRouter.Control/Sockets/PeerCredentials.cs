using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SstpRouter.Control.Sockets;

/// <summary>Who is at the other end of a Unix socket (unix(7), SO_PEERCRED).</summary>
internal static partial class PeerCredentials
{
    private const int SolSocket = 1;     // asm-generic/socket.h: x86, Arm, RISC-V
    private const int SoPeerCred = 17;
    private const int Size = 12;         // struct ucred: pid, uid, gid
    private const int UserOffset = 4;

    /// <summary>True for root and for the user that this process runs as.</summary>
    public static bool MayAsk(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[Size];
        int length = socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        return length == Size && MayAsk(MemoryMarshal.Read<uint>(credentials[UserOffset..]), EffectiveUser());
    }

    /// <summary>The rule itself.</summary>
    internal static bool MayAsk(uint peer, uint own) => peer == 0 || peer == own;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
