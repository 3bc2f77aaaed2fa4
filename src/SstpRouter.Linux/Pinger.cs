using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SstpRouter.Linux.Icmp;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>
/// Sends echo requests and matches what comes back, over a raw socket: icmp(7), raw(7). It takes only answers to its
/// own requests. One thread uses it.
/// </summary>
public sealed class Pinger : IDisposable
{
    /// <summary>The longest packet: RFC 791 3.1, total length.</summary>
    public const int MaximumSize = 65_535;

    // Requests that may be under way; the answer to an older one is not recognised.
    private const int Window = 256;

    // ip(7): IP_PMTUDISC_DONT and IP_PMTUDISC_DO; ipv6(7) has the same values
    private const int FragmentIfNeeded = 0;
    private const int NeverFragment = 2;

    private readonly FileDescriptor _descriptor;
    private readonly AddressFamily _family;
    private readonly ushort _identifier = (ushort)RandomNumberGenerator.GetInt32(1, ushort.MaxValue + 1);
    private readonly (int Sequence, long SentAt)[] _sent = new (int, long)[Window];
    private readonly byte[] _outgoing = new byte[MaximumSize];
    private readonly byte[] _incoming = new byte[MaximumSize];

    private Pinger(FileDescriptor descriptor, AddressFamily family)
    {
        _descriptor = descriptor;
        _family = family;
        Array.Fill(_sent, (-1, 0L));
        for (int i = 0; i < _outgoing.Length; i++)
        {
            _outgoing[i] = (byte)i;
        }
    }

    /// <summary>The descriptor to watch; readable while answers may wait.</summary>
    public int Descriptor => _descriptor.Number;

    private int IpHeaderSize =>
        _family == AddressFamily.InterNetwork ? IcmpPacket.IPv4HeaderSize : IcmpPacket.IPv6HeaderSize;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    /// <param name="family">IPv4 or IPv6; the destinations must be of it.</param>
    /// <param name="source">The address to send from, one of this machine's, or null.</param>
    /// <param name="boundInterface">The index of the only interface to use, or null.</param>
    /// <exception cref="LinuxException">The privilege is missing, or the source address is not ours.</exception>
    public static Pinger Open(AddressFamily family, IPAddress? source = null, int? boundInterface = null)
    {
        const string Attempt = "cannot open a ping socket";
        bool isIPv4 = family == AddressFamily.InterNetwork;
        int type = Libc.SocketRaw | Libc.SocketNonBlocking | Libc.SocketCloseOnExec;
        FileDescriptor descriptor = FileDescriptor.Take(
            Libc.Socket(SocketName.Family(family), type, isIPv4 ? 1 : Libc.LevelIcmpV6),
            "socket",
            Attempt,
            Marshal.GetLastPInvokeError() == Errno.NotPermitted ? "needs root or CAP_NET_RAW" : null);
        try
        {
            SetFilter(descriptor, isIPv4, Attempt);
            if (boundInterface is int index
                && Libc.SetOption(descriptor, Libc.LevelSocket, Libc.SocketBindToInterfaceIndex, index) < 0)
            {
                throw LinuxException.Last("setsockopt(SO_BINDTOIFINDEX)", $"cannot ping on interface {index}");
            }

            if (source is not null)
            {
                Bind(descriptor, source);
            }

            return new Pinger(descriptor, family);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Sends one echo request.</summary>
    /// <param name="destination">An address of the socket's family.</param>
    /// <param name="sequence">Its number; different for each of the last 256 requests.</param>
    /// <param name="size">Octets of the packet, its IP header included: 28 (IPv6: 48) to <see cref="MaximumSize"/>.</param>
    /// <param name="ttl">The TTL or hop limit, 1 to 255.</param>
    /// <param name="doNotFragment">Let a packet that is too long fail instead of cutting it in pieces.</param>
    /// <returns><see cref="PingStatus.Ok"/>, or why the kernel does not send it.</returns>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public PingStatus Send(
        IPAddress destination, ushort sequence, int size = 56, int ttl = 255, bool doNotFragment = false)
    {
        if (destination.AddressFamily != _family)
        {
            throw new ArgumentException($"{destination} is of another family than the socket", nameof(destination));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(size, IpHeaderSize + IcmpPacket.HeaderSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaximumSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(ttl, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ttl, byte.MaxValue);
        Prepare(ttl, doNotFragment);
        Span<byte> packet = _outgoing.AsSpan(0, size - IpHeaderSize);
        IcmpPacket.WriteRequest(packet, _family, _identifier, sequence);
        Span<byte> name = stackalloc byte[SocketName.Size];
        uint length = SocketName.Write(name, new IPEndPoint(destination, 0));
        _sent[sequence % Window] = (sequence, MonotonicClock.Microseconds);
        while (Libc.SendTo(_descriptor, in packet[0], (nuint)packet.Length, 0, in name[0], length) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Errno.Interrupted)
            {
                return SendStatus(error);
            }
        }

        return PingStatus.Ok;
    }

    /// <summary>Waits for the next answer.</summary>
    /// <param name="timeoutMilliseconds">The longest wait; 0 only looks.</param>
    /// <returns>The answer, or null when the time ran out.</returns>
    /// <exception cref="LinuxException">The socket is broken.</exception>
    public PingReply? Receive(int timeoutMilliseconds)
    {
        long deadline = MonotonicClock.Milliseconds + timeoutMilliseconds;
        while (true)
        {
            if (TryReceive(out PingReply reply))
            {
                return reply;
            }

            long remaining = deadline - MonotonicClock.Milliseconds;
            if (remaining <= 0)
            {
                return null;
            }

            PollEntry entry = new() { Descriptor = _descriptor.Number, Events = Libc.PollIn };
            if (Libc.Poll(ref entry, 1, (int)remaining) < 0 && Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                throw LinuxException.Last("poll", "cannot wait for a ping");
            }
        }
    }

    /// <summary>Takes the next answer that has arrived, without waiting.</summary>
    /// <param name="reply">The answer.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="LinuxException">The socket is broken.</exception>
    public bool TryReceive(out PingReply reply)
    {
        while (Take(out int length, out IPAddress from, out int hopLimit))
        {
            ReadOnlySpan<byte> packet = _incoming.AsSpan(0, length);
            int size = length;
            if (_family == AddressFamily.InterNetwork)
            {
                if (!IcmpPacket.TryStripIPv4(packet, out ReadOnlySpan<byte> payload))
                {
                    continue;
                }

                hopLimit = packet[8]; // RFC 791 3.1: time to live
                packet = payload;
            }
            else
            {
                size += IcmpPacket.IPv6HeaderSize;
            }

            if (IcmpPacket.TryRead(packet, _family, out EchoOutcome outcome)
                && outcome.Identifier == _identifier
                && _sent[outcome.Sequence % Window] is (int sequence, long sentAt) && sequence == outcome.Sequence)
            {
                long took = MonotonicClock.Microseconds - sentAt;
                reply = new PingReply(outcome.Status, from, sequence, size, hopLimit, took);
                return true;
            }
        }

        reply = default;
        return false;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _descriptor.Dispose();

    // Other ICMP need not wake us. raw(7), ICMP_FILTER: a set bit blocks; linux/icmpv6.h, ICMPV6_FILTER: likewise.
    private static void SetFilter(FileDescriptor descriptor, bool isIPv4, string attempt)
    {
        int set;
        if (isIPv4)
        {
            uint blocked = ~(1u << IcmpPacket.EchoReply | 1u << IcmpPacket.Unreachable | 1u << IcmpPacket.TimeExceeded);
            set = Libc.SetOption(descriptor, Libc.LevelRaw, Libc.IcmpFilter, (int)blocked);
        }
        else
        {
            Span<uint> blocked = stackalloc uint[8];
            blocked.Fill(uint.MaxValue);
            foreach (int type in (ReadOnlySpan<int>)
                [IcmpPacket.UnreachableV6, IcmpPacket.TooBigV6, IcmpPacket.TimeExceededV6, IcmpPacket.EchoReplyV6])
            {
                blocked[type / 32] &= ~(1u << (type % 32));
            }

            ReadOnlySpan<byte> filter = MemoryMarshal.AsBytes(blocked);
            set = Libc.SetOption(descriptor, Libc.LevelIcmpV6, Libc.IcmpFilter, in filter[0], (uint)filter.Length);
            if (set == 0)
            {
                set = Libc.SetOption(descriptor, Libc.LevelIPv6, Libc.IPv6ReceiveHopLimit, 1);
            }
        }

        if (set < 0)
        {
            throw LinuxException.Last("setsockopt", attempt);
        }
    }

    private static void Bind(FileDescriptor descriptor, IPAddress source)
    {
        Span<byte> name = stackalloc byte[SocketName.Size];
        uint length = SocketName.Write(name, new IPEndPoint(source, 0));
        if (Libc.Bind(descriptor, in name[0], length) < 0)
        {
            throw LinuxException.Last("bind", $"cannot ping from {source}", "no interface has that address");
        }
    }

    private static PingStatus SendStatus(int error) => error switch
    {
        Errno.MessageTooLong => PingStatus.PacketTooLarge,
        Errno.NetworkUnreachable or Errno.NetworkDown or Errno.Invalid => PingStatus.NoRoute,
        Errno.HostUnreachable => PingStatus.HostUnreachable,
        Errno.NotPermitted or Errno.AccessDenied => PingStatus.Prohibited,
        _ => PingStatus.Refused,
    };

    private void Prepare(int ttl, bool doNotFragment)
    {
        bool isIPv4 = _family == AddressFamily.InterNetwork;
        int level = isIPv4 ? Libc.LevelIPv4 : Libc.LevelIPv6;
        int fragmenting = doNotFragment ? NeverFragment : FragmentIfNeeded;
        int hops = isIPv4 ? Libc.IPv4Ttl : Libc.IPv6UnicastHops;
        int discovery = isIPv4 ? Libc.IPv4MtuDiscover : Libc.IPv6MtuDiscover;
        if (Libc.SetOption(_descriptor, level, hops, ttl) < 0
            || Libc.SetOption(_descriptor, level, discovery, fragmenting) < 0)
        {
            throw LinuxException.Last("setsockopt", "cannot prepare a ping");
        }
    }

    private unsafe bool Take(out int length, out IPAddress from, out int hopLimit)
    {
        byte* name = stackalloc byte[SocketName.Size];
        byte* control = stackalloc byte[64];
        fixed (byte* buffer = _incoming)
        {
            while (true)
            {
                IoVector vector = new() { Base = buffer, Length = (nuint)_incoming.Length };
                MessageHeader message = new()
                {
                    Name = name,
                    NameLength = SocketName.Size,
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = control,
                    ControlLength = 64,
                };
                length = (int)Libc.ReceiveMessage(_descriptor, ref message, 0);
                if (length >= 0)
                {
                    from = SocketName.Read(new ReadOnlySpan<byte>(name, SocketName.Size)).Address;
                    hopLimit = ReadHopLimit(new ReadOnlySpan<byte>(control, (int)message.ControlLength));
                    return true;
                }

                // Errors that ICMP left on the socket; the packet that caused them is delivered as well.
                int error = Marshal.GetLastPInvokeError();
                if (error is Errno.Interrupted or Errno.HostUnreachable or Errno.NetworkUnreachable
                    or Errno.ConnectionRefused or Errno.MessageTooLong or Errno.AccessDenied or Errno.NetworkDown)
                {
                    continue;
                }

                from = IPAddress.None;
                hopLimit = 0;
                return error == Errno.Again
                    ? false
                    : throw new LinuxException("recvmsg", "cannot receive a ping", error);
            }
        }
    }

    // cmsg(3): a length of the machine's word, level, type, then the value
    private static int ReadHopLimit(ReadOnlySpan<byte> control)
    {
        int header = nint.Size + 8;
        return control.Length >= header + sizeof(int)
            && MemoryMarshal.Read<int>(control[nint.Size..]) == Libc.LevelIPv6
            && MemoryMarshal.Read<int>(control[(nint.Size + 4)..]) == Libc.IPv6HopLimit
                ? MemoryMarshal.Read<int>(control[header..])
                : 0;
    }
}
