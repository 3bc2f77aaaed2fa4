using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Control.Tests;

/// <summary>Sessions with the real language over a small tree of menus.</summary>
public sealed class InterpreterSessionTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("ctl-").FullName;
    private readonly ControlServer _server;

    public InterpreterSessionTests()
    {
        var show = new MenuCommand("show", "Prints the width.")
        {
            Run = invocation =>
            {
                invocation.Session.Output.WriteLine(invocation.Session.Width);
                return Value.Nothing;
            },
        };
        Menu root = new Menu("", MenuKind.Container, "Root.")
            .Add(new Menu("ip", MenuKind.Container, "IP.").Add(new Menu("route", MenuKind.Container, "Routes.").Add(show)));
        _server = new ControlServer(SocketPath, new ControlServerOptions { Root = root, Identity = () => "hq" });
    }

    private string SocketPath => Path.Combine(_state, "control.sock");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public void A_path_enters_its_menu_and_the_prompt_follows()
    {
        using ControlClient client = Connect();

        Assert.Equal(0, client.Run("/ip route", _ => { }).Status);
        Assert.Equal("[admin@hq] /ip/route> ", client.Prompt);
        Assert.Equal("100\n", Output(client, "show"));
        Assert.Equal(0, client.Run("/", _ => { }).Status);
        Assert.Equal("[admin@hq] > ", client.Prompt);
    }

    [Fact]
    public void A_wrong_word_is_answered_in_RouterOS_words()
    {
        using ControlClient client = Connect();

        Assert.Equal(new CommandOutcome(1, "bad command name foo (line 1 column 1)", Fault: new SourcePosition(1, 1)), client.Run("foo", _ => { }));
    }

    [Fact]
    public void An_open_brace_continues_and_the_whole_runs()
    {
        using ControlClient client = Connect();

        Assert.Equal("{... ", client.Run(":if (true) do={", _ => { }).Continuation);
        Assert.Equal("inside\n", Output(client, ":if (true) do={\n:put inside\n}"));
    }

    [Fact]
    public void A_global_variable_is_seen_by_the_next_session()
    {
        using ControlClient first = Connect();
        using ControlClient second = Connect();

        Assert.Equal(0, first.Run(":global answer 42", _ => { }).Status);

        Assert.Equal("42\n", Output(second, ":global answer; :put $answer"));
    }

    [Fact]
    public async Task An_endless_loop_ends_at_an_interrupt()
    {
        using ControlClient client = Connect();
        var started = new TaskCompletionSource();
        Task<CommandOutcome> run = Task.Run(() => client.Run(":put on; :while (true) do={}", _ => started.TrySetResult()));
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20));

        client.Interrupt();

        Assert.Equal("interrupted", (await run.WaitAsync(TimeSpan.FromSeconds(20))).Error);
    }

    private ControlClient Connect() => ControlClient.Connect(SocketPath, new ControlTerminal("admin", 100, 24, true));

    private static string Output(ControlClient client, string text)
    {
        string output = "";
        Assert.Equal(new CommandOutcome(0, ""), client.Run(text, piece => output += piece));
        return output;
    }
}
