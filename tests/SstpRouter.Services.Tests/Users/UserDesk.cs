using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.Services.Tests.Support;
using SstpRouter.Services.Users;

namespace SstpRouter.Services.Tests.Users;

/// <summary>A configuration with its users, that several of them type at.</summary>
internal sealed class UserDesk
{
    public UserDesk(Desk? desk = null)
    {
        Desk = desk ?? new Desk();
        Users = new UserService(Desk.Root, Desk.Store, Desk.Log, new ManualClock(new DateTimeOffset(2026, 6, 10, 14, 48, 17, TimeSpan.Zero)));
        var reconciler = new Reconciler([Users], text => throw new InvalidOperationException(text));
        reconciler.ApplyAll(Desk.Store.Subscribe(reconciler));
    }

    public Desk Desk { get; }

    public UserService Users { get; }

    public string Type(string lines, string user = "admin")
    {
        using var output = new StringWriter { NewLine = "\n" };
        new Interpreter(Desk.Root, new Session(user, output, width: 100) { Policies = Users.PoliciesOf(user) }).Run(lines);
        return output.ToString();
    }

    public string Refused(string line, string user = "admin") => Assert.Throws<ScriptError>(() => Type(line, user)).Text;
}
