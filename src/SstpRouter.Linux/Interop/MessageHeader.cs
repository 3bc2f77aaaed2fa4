using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Interop;

/// <summary>
/// <c>struct msghdr</c>: recvmsg(2). musl declares the two counts as 32 bits and padding; on little-endian machines
/// that is the same bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public byte* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public byte* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary><c>struct iovec</c>: readv(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}
