using System.Net;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>A branch, 192.168.62.1, and a head office, 192.168.62.2, joined by a veth.</summary>
internal sealed class Wire : IDisposable
{
    public const string OfficeHost = "192.168.62.2";
    private const string Link = "wire";

    public Wire()
    {
        Branch.Routes.AddVethPair(Link, Link, Office.Space);
        SetUp(Branch, "192.168.62.1");
        SetUp(Office, OfficeHost);
    }

    public Site Branch { get; } = new();

    public Site Office { get; } = new();

    public int BranchLink => Branch.Routes.Link(Link)!.Index;

    /// <summary>Nothing arrives any more, and nobody is told.</summary>
    public void Cut() => Office.Routes.SetLinkDown(Office.Routes.Link(Link)!.Index);

    public void Mend() => Office.Routes.SetLinkUp(Office.Routes.Link(Link)!.Index);

    public void Dispose()
    {
        // Both hang up before either namespace goes.
        Branch.StopAll();
        Office.StopAll();
        Branch.Dispose();
        Office.Dispose();
    }

    private static void SetUp(Site site, string address)
    {
        int index = site.Routes.Link(Link)!.Index;
        site.Routes.AddAddress(index, IPAddress.Parse(address), 24);
        site.Routes.SetLinkUp(index);
    }
}
