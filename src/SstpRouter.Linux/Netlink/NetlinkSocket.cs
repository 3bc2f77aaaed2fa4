using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux.Netlink;

/// <summary>A NETLINK_ROUTE socket: netlink(7). It belongs to the network namespace of the thread that opened it.</summary>
internal sealed class NetlinkSocket : IDisposable
{
    private const int ProtocolRoute = 0;

    // struct sockaddr_nl: family, padding, port, groups
    private const int NameSize = 12;

    private const int LevelNetlink = 270;
    private const int OptionCapAcknowledgement = 10;
    private const int OptionExtendedAcknowledgement = 11;

    private readonly FileDescriptor _descriptor;

    private NetlinkSocket(FileDescriptor descriptor) => _descriptor = descriptor;

    public int Descriptor => _descriptor.Number;

    /// <summary>Opens a socket.</summary>
    /// <param name="groups">The multicast groups to join: RTMGRP_* bits.</param>
    /// <param name="receiveBuffer">Octets of the kernel's queue towards us, or 0 for the usual.</param>
    /// <param name="nonBlocking">Whether receiving returns at once.</param>
    public static NetlinkSocket Open(uint groups, int receiveBuffer, bool nonBlocking)
    {
        const string Attempt = "cannot open a routing socket";
        int type = Libc.SocketRaw | Libc.SocketCloseOnExec | (nonBlocking ? Libc.SocketNonBlocking : 0);
        FileDescriptor descriptor =
            FileDescriptor.Take(Libc.Socket(Libc.FamilyNetlink, type, ProtocolRoute), "socket", Attempt);

        // Better error texts and shorter answers; a kernel before 4.12 lacks them, and is understood without.
        _ = Libc.SetOption(descriptor, LevelNetlink, OptionCapAcknowledgement, 1);
        _ = Libc.SetOption(descriptor, LevelNetlink, OptionExtendedAcknowledgement, 1);
        if (receiveBuffer > 0)
        {
            // The kernel takes what its limit allows.
            _ = Libc.SetOption(descriptor, Libc.LevelSocket, Libc.SocketReceiveBuffer, receiveBuffer);
        }

        Span<byte> name = stackalloc byte[NameSize];
        name.Clear();
        MemoryMarshal.Write(name, (ushort)Libc.FamilyNetlink);
        MemoryMarshal.Write(name[8..], groups);
        if (Libc.Bind(descriptor, in name[0], NameSize) < 0)
        {
            LinuxException error = LinuxException.Last("bind", Attempt);
            descriptor.Dispose();
            throw error;
        }

        return new NetlinkSocket(descriptor);
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        while (Libc.Send(_descriptor, in message[0], (nuint)message.Length, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                throw LinuxException.Last("send", "cannot ask the kernel about its network");
            }
        }
    }

    /// <summary>Receives one datagram of the kernel's; those of other senders are passed over.</summary>
    /// <returns>Its length, or an errno made negative; a datagram that did not fit is -ENOBUFS, for it is lost.</returns>
    public int Receive(Span<byte> buffer)
    {
        Span<byte> name = stackalloc byte[NameSize];
        while (true)
        {
            uint length = NameSize;
            nint count = Libc.ReceiveFrom(
                _descriptor, ref buffer[0], (nuint)buffer.Length, Libc.MessageTruncated, ref name[0], ref length);
            if (count < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error == Errno.Interrupted)
                {
                    continue;
                }

                return -error;
            }

            // netlink(7): the kernel's port is 0.
            if (MemoryMarshal.Read<uint>(name[4..]) == 0)
            {
                return count <= buffer.Length ? (int)count : -Errno.NoBufferSpace;
            }
        }
    }

    public void Dispose() => _descriptor.Dispose();
}
