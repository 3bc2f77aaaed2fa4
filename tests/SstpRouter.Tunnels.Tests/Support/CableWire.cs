using System.Net;
using System.Net.Sockets;
using SstpRouter.Tests.Shared;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>A branch, 192.168.62.1, and a head office, 192.168.62.2, joined by a cable that can be made bad.</summary>
internal sealed class CableWire : IDisposable
{
    public const string Link = "cable";
    public static readonly IPAddress BranchAddress = IPAddress.Parse("192.168.62.1");

    private readonly List<Timer> _traffic = [];

    public CableWire()
    {
        Cable = new Cable(Link, Branch.Space, Office.Space);
        SetUp(Branch, BranchAddress);
        SetUp(Office, IPAddress.Parse(Wire.OfficeHost));
    }

    public Site Branch { get; } = new();

    public Site Office { get; } = new();

    public Cable Cable { get; }

    public int BranchLink => Branch.Routes.Link(Link)!.Index;

    /// <summary>Sends something through the tunnel ten times a second from now on.</summary>
    public void SendSteadily(IPAddress to)
    {
        Socket socket = Branch.Open(SocketType.Dgram, ProtocolType.Udp);
        _traffic.Add(new Timer(_ => Send(socket, to), null, 0, 100));
    }

    public void Dispose()
    {
        _traffic.ForEach(timer => timer.Dispose());
        Cable.Mend();
        Branch.StopAll();
        Office.StopAll();
        Branch.Dispose();
        Office.Dispose();
        Cable.Dispose();
    }

    private static void Send(Socket socket, IPAddress to)
    {
        try
        {
            socket.SendTo([1], new IPEndPoint(to, 9));
        }
        catch (SocketException)
        {
            // There is no tunnel at the moment.
        }
    }

    private static void SetUp(Site site, IPAddress address)
    {
        int index = site.Routes.Link(Link)!.Index;
        site.Routes.AddAddress(index, address, 24);
        site.Routes.SetLinkUp(index);
    }
}
