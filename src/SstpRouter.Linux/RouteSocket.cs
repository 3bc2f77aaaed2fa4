using System.Runtime.InteropServices;
using SstpRouter.Linux.Netlink;

namespace SstpRouter.Linux;

/// <summary>
/// Asks and changes the kernel's links, addresses and routes: rtnetlink(7). It works on the network namespace of the
/// thread that opened it, from whichever thread it is used; each call waits for the kernel's answer, which takes
/// microseconds. Changing needs root or CAP_NET_ADMIN.
/// </summary>
public sealed partial class RouteSocket : IDisposable
{
    // The kernel fills at most 32 KiB of one datagram with a dump: netlink(7).
    private const int ReceiveSize = 64 * 1024;

    private const int DumpAttempts = 8;

    private readonly Lock _lock = new();
    private readonly NetlinkSocket _socket = NetlinkSocket.Open(groups: 0, receiveBuffer: 0, nonBlocking: false);
    private readonly byte[] _buffer = new byte[ReceiveSize];
    private uint _sequence;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    /// <exception cref="LinuxException">No socket could be made.</exception>
    public RouteSocket()
    {
    }

    private delegate T? Reading<out T>(ReadOnlySpan<byte> body);

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>Makes a change that must succeed.</summary>
    private void Demand(NetlinkRequest request, string attempt)
    {
        Outcome outcome = Exchange<object>(request, MessageType.Error, static _ => null, null);
        outcome.ThrowIfFailed(attempt);
    }

    /// <summary>Makes a change that may turn out to have been made already.</summary>
    /// <returns>False when the kernel answered one of the tolerated errors.</returns>
    private bool Try(NetlinkRequest request, string attempt, params ReadOnlySpan<int> tolerated)
    {
        Outcome outcome = Exchange<object>(request, MessageType.Error, static _ => null, null);
        if (tolerated.Contains(outcome.Error))
        {
            return false;
        }

        outcome.ThrowIfFailed(attempt);
        return true;
    }

    /// <summary>Asks for one object.</summary>
    /// <returns>The object, or null when the kernel answered one of the tolerated errors.</returns>
    private T? Find<T>(
        NetlinkRequest request, MessageType wanted, Reading<T> read, string attempt, params ReadOnlySpan<int> tolerated)
        where T : class
    {
        List<T> found = [];
        Outcome outcome = Exchange(request, wanted, read, found);
        if (tolerated.Contains(outcome.Error))
        {
            return null;
        }

        outcome.ThrowIfFailed(attempt);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Asks for all objects; again, when they changed meanwhile so that the list may have gaps.</summary>
    private List<T> Dump<T>(Func<NetlinkRequest> request, MessageType wanted, Reading<T> read, string attempt)
        where T : class
    {
        for (int attempts = 1; ; attempts++)
        {
            List<T> found = [];
            Outcome outcome = Exchange(request(), wanted, read, found);
            outcome.ThrowIfFailed(attempt);
            if (!outcome.Interrupted || attempts == DumpAttempts)
            {
                return found;
            }
        }
    }

    private Outcome Exchange<T>(NetlinkRequest request, MessageType wanted, Reading<T> read, List<T>? found)
        where T : class
    {
        lock (_lock)
        {
            uint sequence = ++_sequence;
            _socket.Send(request.Finish(sequence));
            bool interrupted = false;
            while (true)
            {
                int length = _socket.Receive(_buffer);
                if (length < 0)
                {
                    return new Outcome(-length, null, interrupted);
                }

                NetlinkMessages messages = new(_buffer.AsSpan(0, length));
                while (messages.Next(out NetlinkMessage message))
                {
                    // The rest of an answer that an error cut short is still in the queue.
                    if (message.Sequence != sequence)
                    {
                        continue;
                    }

                    interrupted |= (message.Flags & MessageFlags.DumpInterrupted) != 0;
                    if (message.Type is MessageType.Error or MessageType.Done)
                    {
                        return Outcome.Read(message, interrupted);
                    }

                    if (message.Type == wanted && read(message.Body) is T item)
                    {
                        found?.Add(item);
                    }
                }
            }
        }
    }

    /// <summary>How an exchange ended.</summary>
    /// <param name="Error">0, or an errno.</param>
    /// <param name="Detail">The kernel's own words about the error, where it has some.</param>
    /// <param name="Interrupted">Whether what was listed changed meanwhile.</param>
    private readonly record struct Outcome(int Error, string? Detail, bool Interrupted)
    {
        private const ushort AttributeMessage = 1; // NLMSGERR_ATTR_MSG

        // netlink(7): an errno, the header that it answers, the request unless capped, then attributes if flagged
        public static Outcome Read(NetlinkMessage message, bool interrupted)
        {
            ReadOnlySpan<byte> body = message.Body;
            int error = -NetlinkValue.Integer(body);
            int answered = sizeof(int) + NetlinkRequest.HeaderSize;
            if (message.Type == MessageType.Done || error == 0 || body.Length < answered
                || (message.Flags & MessageFlags.AcknowledgeAttributes) == 0)
            {
                return new Outcome(Math.Max(error, 0), null, interrupted);
            }

            if ((message.Flags & MessageFlags.Capped) == 0)
            {
                uint request = MemoryMarshal.Read<uint>(body[sizeof(int)..]);
                answered = (int)Math.Min(sizeof(int) + (long)request + 3 & ~3L, body.Length);
            }

            string? detail = null;
            NetlinkAttributes attributes = NetlinkAttributes.After(body, answered);
            while (attributes.Next(out ushort type, out ReadOnlySpan<byte> value))
            {
                detail = type == AttributeMessage ? NetlinkValue.Text(value) : detail;
            }

            return new Outcome(error, detail, interrupted);
        }

        public void ThrowIfFailed(string attempt)
        {
            if (Error != 0)
            {
                throw new LinuxException("rtnetlink", attempt, Error, Detail);
            }
        }
    }
}
