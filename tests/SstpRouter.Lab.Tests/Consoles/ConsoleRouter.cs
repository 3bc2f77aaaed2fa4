using SstpRouter.Console.Tests.Transcripts;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Consoles;

/// <summary>A running router, and consoles at it on pseudo-terminals.</summary>
internal sealed class ConsoleRouter : IDisposable
{
    private readonly List<PseudoTerminal> _terminals = [];

    public ConsoleRouter() => Router.Start();

    public Router Router { get; } = new("desk");

    /// <summary>The router's name, which the prompts show.</summary>
    public string Identity => Router.Exec(":put [/system identity get name]").TrimEnd('\n');

    /// <summary>A console that has shown its first prompt, on an empty screen.</summary>
    public PseudoTerminal Open(string user = "admin", string prompt = "[admin@MikroTik] > █")
    {
        PseudoTerminal terminal = Start([], "--user", user);
        terminal.ExpectEnd(prompt);
        terminal.Type("\f");
        terminal.Expect(prompt);
        return terminal;
    }

    /// <summary>A console that asks who logs in.</summary>
    public PseudoTerminal OpenLogin(params (string Name, string Value)[] environment)
    {
        PseudoTerminal terminal = Start(environment, "--login");
        terminal.Expect("Login: █");
        return terminal;
    }

    /// <summary>Logs in where a password is set.</summary>
    public PseudoTerminal LogIn(string name, string password, string prompt, params (string Name, string Value)[] environment)
    {
        PseudoTerminal terminal = OpenLogin(environment);
        terminal.Type(name + "\r");
        terminal.ExpectEnd("Password: █");
        terminal.Type(password + "\r");
        terminal.ExpectEnd(prompt);
        return terminal;
    }

    public PseudoTerminal Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var terminal = new PseudoTerminal(80, 24, environment, true, [RouterBinary.Path, "cli", "--state", Router.State, .. arguments]);
        _terminals.Add(terminal);
        return terminal;
    }

    public void Dispose()
    {
        _terminals.ForEach(t => t.Dispose());
        Router.Dispose();
    }
}
