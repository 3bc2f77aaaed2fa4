using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>Looks at the TCP and UDP packets that reach a machine from a network, each as it stood on the wire: packet(7).</summary>
internal sealed class Capture : IDisposable
{
    private const int EveryProtocol = 0x0300; // ETH_P_ALL in network order
    private const int SocketLevel = 1;
    private const int ForceReceiveBuffer = 33; // SO_RCVBUFFORCE
    private const int EthernetHeader = 14;
    private const int Tcp = 6;
    private const int Udp = 17;

    private readonly Socket _socket;
    private readonly IPNetwork[] _sources;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly List<string> _faults = [];
    private readonly Dictionary<(int Version, int Protocol), int> _counts = [];
    private volatile bool _ending;

    /// <summary>Begins.</summary>
    /// <param name="host">Where.</param>
    /// <param name="longest">The longest packet that is right, in octets.</param>
    /// <param name="sources">Where the packets that count come from.</param>
    public Capture(Host host, int longest, params string[] sources)
    {
        Longest = longest;
        _sources = [.. sources.Select(IPNetwork.Parse)];
        _socket = host.Run(() => new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)EveryProtocol));
        _socket.SetRawSocketOption(SocketLevel, ForceReceiveBuffer, BitConverter.GetBytes(128 << 20));
        _thread = new Thread(Run) { Name = "capture", IsBackground = true };
        _thread.Start();
    }

    public int Longest { get; }

    /// <summary>What was wrong, a line each, the first hundred.</summary>
    public string[] Faults => Locked(() => _faults.ToArray());

    /// <summary>How many packets came.</summary>
    public int Count => Locked(() => _counts.Values.Sum());

    /// <summary>How many packets of a kind came.</summary>
    public int CountOf(int version, ProtocolType protocol) => Locked(() => _counts.GetValueOrDefault((version, (int)protocol)));

    public void Dispose()
    {
        _ending = true;
        _thread.Join();
        _socket.Dispose();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Run()
    {
        byte[] frame = new byte[70_000];
        while (!_ending)
        {
            if (_socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            {
                Look(frame.AsSpan(0, _socket.Receive(frame)));
            }
        }
    }

    private void Look(ReadOnlySpan<byte> frame)
    {
        int version = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) switch { 0x0800 => 4, 0x86dd => 6, _ => 0 };
        ReadOnlySpan<byte> packet = frame[EthernetHeader..];
        if (version == 0 || !IsCounted(packet, version))
        {
            return;
        }

        int protocol = version == 4 ? packet[9] : packet[6];
        if (protocol is Tcp or Udp)
        {
            string? fault = FaultOf(packet, version, protocol);
            lock (_gate)
            {
                _counts[(version, protocol)] = _counts.GetValueOrDefault((version, protocol)) + 1;
                if (fault is not null && _faults.Count < 100)
                {
                    _faults.Add($"{fault}: {packet.Length} octets, {Convert.ToHexString(packet[..Math.Min(80, packet.Length)])}");
                }
            }
        }
    }

    private bool IsCounted(ReadOnlySpan<byte> packet, int version)
    {
        var source = new IPAddress(version == 4 ? packet.Slice(12, 4) : packet.Slice(8, 16));
        return _sources.Any(n => n.Contains(source));
    }

    private string? FaultOf(ReadOnlySpan<byte> packet, int version, int protocol)
    {
        int header = version == 4 ? (packet[0] & 0xF) * 4 : 40;
        int length = version == 4 ? BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) : 40 + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        if (length != packet.Length)
        {
            return $"says that it has {length} octets";
        }

        if (length > Longest)
        {
            return $"longer than {Longest} octets";
        }

        if (version == 4 && Sum(packet[..header], 0) != ushort.MaxValue)
        {
            return "wrong checksum of IP";
        }

        ReadOnlySpan<byte> addresses = version == 4 ? packet.Slice(12, 8) : packet.Slice(8, 32);
        ReadOnlySpan<byte> transport = packet[header..];
        bool isNone = protocol == Udp && transport[6] == 0 && transport[7] == 0;
        return isNone || Sum(transport, Sum(addresses, protocol + transport.Length)) != ushort.MaxValue
            ? $"wrong checksum of {(protocol == Tcp ? "TCP" : "UDP")}"
            : null;
    }

    /// <summary>RFC 1071, a word after the other.</summary>
    private static int Sum(ReadOnlySpan<byte> bytes, int sum)
    {
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (bytes[i] << 8) + (i + 1 < bytes.Length ? bytes[i + 1] : 0);
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return sum;
    }
}
