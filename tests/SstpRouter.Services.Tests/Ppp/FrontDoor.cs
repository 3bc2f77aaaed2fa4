using System.Net;
using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Services.Ppp;
using SstpRouter.Services.Tests.Scripts;
using SstpRouter.Services.Tests.Support;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Tests.Ppp;

/// <summary>A server's users, and callers that show up one after the other.</summary>
internal sealed class FrontDoor
{
    private static readonly IPEndPoint Branch = new(IPAddress.Parse("192.0.2.7"), 50000);

    private readonly PppUsers _users;

    public FrontDoor(params string[] lines)
    {
        Desk = new Desk(lines);
        Sessions = new ActiveSessions(Desk.Root);
        Scripts = new ScriptDesk(Desk);
        _users = new PppUsers(Desk.Root, Desk.Store, Desk.Log, Names, new AddressPools(Desk.Root, Desk.Store), Sessions, Scripts.Ppp);
    }

    public Desk Desk { get; }

    public ScriptDesk Scripts { get; }

    public InterfaceNames Names { get; } = new();

    public ActiveSessions Sessions { get; }

    public AdmissionDecision Answer(
        string user, string password = "pw", PppAuthenticationMethods method = PppAuthenticationMethods.MsChap2, string? from = null) =>
        _users.Admit(from is null ? Branch : new IPEndPoint(IPAddress.Parse(from), 50000), Login.Attempt(user, password, method));

    public AdmissionDecision Answer(PppAuthenticationAttempt attempt) => _users.Admit(Branch, attempt);

    /// <summary>The answer once whoever stands in the way has proved to live.</summary>
    public AdmissionDecision Settled(string user, string password = "pw", string? from = null) =>
        Answer(user, password, from: from) switch
        {
            AdmissionDecision.Contested contested => contested.Decide(),
            var other => other,
        };

    public AdmissionDecision.Admitted Admits(string user, string password = "pw") =>
        Assert.IsType<AdmissionDecision.Admitted>(Settled(user, password));

    public string Denies(string user, string password = "pw", string? from = null) =>
        Assert.IsType<AdmissionDecision.Denied>(Settled(user, password, from)).Reason;

    /// <summary>The interfaces of those who stand in the way.</summary>
    public IReadOnlyList<string> Contests(string user) => Assert.IsType<AdmissionDecision.Contested>(Answer(user)).Interfaces;

    /// <summary>A further login of a call that is in.</summary>
    public PppAuthenticationProof? AdmitsAgain(string user, string password) =>
        _users.AdmitAgain(Branch, Login.Attempt(user, password, PppAuthenticationMethods.MsChap2));
}
