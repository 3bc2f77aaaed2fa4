using System.Collections.Concurrent;
using System.Net.Sockets;
using SstpRouter.Control.Frames;
using SstpRouter.Control.Sessions;
using SstpRouter.Control.Sockets;
using SstpRouter.RouterOs.Language;

namespace SstpRouter.Control.Tests;

public sealed class ControlServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _state = Directory.CreateTempSubdirectory("ctl-").FullName;
    private readonly BlockingCollection<string> _account = [];
    private readonly ConcurrentQueue<string> _trouble = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly ControlServer _server;

    public ControlServerTests() => _server = StartServer();

    private string SocketPath => Path.Combine(_state, "control.sock");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public void Output_comes_before_the_end_and_the_end_is_0()
    {
        using ControlClient client = Connect();

        Assert.Equal(("admin: hello\n", new CommandOutcome(0, "")), Run(client, "hello"));
    }

    [Fact]
    public void A_failed_command_ends_with_1_and_its_words_and_the_session_goes_on()
    {
        using ControlClient client = Connect();

        Assert.Equal(("partly", new CommandOutcome(1, "expected end of command (line 1 column 22)", Fault: new SourcePosition(1, 22))), Run(client, "fail"));
        Assert.Equal("admin: again\n", Run(client, "again").Output);
    }

    [Fact]
    public void A_defect_in_a_command_ends_that_command_only()
    {
        using ControlClient client = Connect();

        Assert.Equal(new CommandOutcome(1, "internal error: a defect (see the log)"), Run(client, "defect").Outcome);
        Assert.Equal("admin: again\n", Run(client, "again").Output);
        Assert.Contains("a defect", Assert.Single(_trouble), StringComparison.Ordinal);
    }

    [Fact]
    public void The_prompt_names_user_identity_and_menu()
    {
        using ControlClient client = Connect();
        Assert.Equal("[admin@Mikro?Tik] > ", client.Prompt);

        Run(client, "enter");

        Assert.Equal(("[admin@Mikro?Tik] /ip/route> ", "/ip/route"), (client.Prompt, client.MenuPath));
    }

    [Fact]
    public void An_open_bracket_asks_for_more_in_an_interactive_session_only()
    {
        using ControlClient interactive = Connect();
        using ControlClient single = Connect(isInteractive: false);

        Assert.Equal(("", new CommandOutcome(0, "", "{... ")), Run(interactive, ":do {"));
        Assert.Equal(("admin: :do {\n}\n", new CommandOutcome(0, "")), Run(interactive, ":do {\n}"));
        Assert.Null(Run(single, ":do {").Outcome.Continuation);
    }

    [Fact]
    public async Task An_interrupt_ends_the_running_command()
    {
        using ControlClient client = Connect();
        Task<(string Output, CommandOutcome Outcome)> run = Task.Run(() => Run(client, "wait"));
        Assert.True(_waiting.Wait(Patience));

        client.Interrupt();

        await run.WaitAsync(Patience);
        Assert.Equal(("waiting\n", new CommandOutcome(1, "interrupted")), await run);
        Assert.Equal("admin: again\n", Run(client, "again").Output);
    }

    [Fact]
    public void An_interrupt_without_a_command_does_nothing_to_the_next()
    {
        using ControlClient client = Connect();

        client.Interrupt();

        Assert.Equal("admin: hello\n", Run(client, "hello").Output);
    }

    [Fact]
    public void An_interrupt_that_overtakes_the_start_of_a_command_still_ends_it()
    {
        using Socket socket = ControlSocket.Connect(SocketPath);
        socket.Send([.. Hello(), .. FrameWriter.Write(new RunFrame("flood")), .. FrameWriter.Write(new InterruptFrame())]);

        Assert.Equal(new DoneFrame(1, "interrupted"), ReadUntil<DoneFrame>(socket));
    }

    [Fact]
    public async Task A_flood_of_output_stops_at_an_interrupt()
    {
        using ControlClient client = Connect();
        using var flowing = new ManualResetEventSlim();
        Task<CommandOutcome> run = Task.Run(() => client.Run("flood", _ => flowing.Set()));
        Assert.True(flowing.Wait(Patience));

        client.Interrupt();

        await run.WaitAsync(Patience);
        Assert.Equal("interrupted", (await run).Error);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_its_command()
    {
        ControlClient client = Connect();
        Task run = Task.Run(() => Record.Exception(() => client.Run("wait", _ => { })));
        Assert.True(_waiting.Wait(Patience));

        client.Dispose();

        await run.WaitAsync(Patience);
        AssertAccount("user admin logged in via local", "user admin logged out via local");
    }

    [Fact]
    public void Large_output_without_line_ends_arrives_whole()
    {
        using ControlClient client = Connect();

        Assert.Equal(new string('x', 100_001) + "\U0001F600", Run(client, "big").Output);
    }

    [Fact]
    public void A_resize_counts_from_the_next_command()
    {
        using ControlClient client = Connect();
        Assert.Equal("100\n", Run(client, "width").Output);

        client.Resize(132, 50);

        Assert.Equal("132\n", Run(client, "width").Output);
    }

    [Fact]
    public async Task Sessions_do_not_wait_for_each_other()
    {
        using ControlClient slow = Connect();
        using ControlClient quick = Connect();
        Task run = Task.Run(() => slow.Run("wait", _ => { }));
        Assert.True(_waiting.Wait(Patience));

        Assert.Equal("admin: hello\n", Run(quick, "hello").Output);

        slow.Interrupt();
        await run.WaitAsync(Patience);
    }

    [Fact]
    public void One_session_too_many_is_turned_away_with_words()
    {
        using ControlClient first = Connect();
        using ControlClient second = Connect();
        using ControlClient third = Connect();

        var error = Assert.Throws<ControlError>(() => Connect());

        Assert.Equal($"the router at {SocketPath} ended the session: too many sessions (3): close one and try again", error.Message);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "a frame of 542393671 bytes is longer than 1048576")]
    [InlineData("I\0\0\0\0", "no hello")]
    [InlineData("Z\0\0\0\0", "a frame of type 90 is not understood")]
    public void Garbage_is_answered_with_a_refusal_and_hurts_nobody(string bytes, string text)
    {
        using Socket socket = ControlSocket.Connect(SocketPath);
        socket.Send(System.Text.Encoding.Latin1.GetBytes(bytes));

        if (!bytes.StartsWith('G'))
        {
            Assert.Equal(new RefusalFrame(text), ReadUntil<RefusalFrame>(socket));
        }
        else
        {
            Assert.Contains("longer than 1048576", ReadUntil<RefusalFrame>(socket).Text, StringComparison.Ordinal);
        }

        using ControlClient client = Connect();
        Assert.Equal("admin: hello\n", Run(client, "hello").Output);
    }

    [Fact]
    public void Another_version_is_told_so()
    {
        using Socket socket = ControlSocket.Connect(SocketPath);
        socket.Send(FrameWriter.Write(new HelloFrame(FrameFormat.Version + 1, 80, 24, true, "admin")));

        Assert.Contains("different versions", ReadUntil<RefusalFrame>(socket).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_queues_commands_without_end_is_cut_off()
    {
        using Socket socket = ControlSocket.Connect(SocketPath);
        socket.Send(Hello());
        socket.Send([.. FrameWriter.Write(new RunFrame("wait")), .. Enumerable.Range(0, 70).SelectMany(_ => FrameWriter.Write(new RunFrame("x")))]);

        Assert.Equal(new RefusalFrame("too many commands wait for their answers"), ReadUntil<RefusalFrame>(socket));
    }

    [Fact]
    public async Task A_stop_tells_the_clients_ends_their_commands_and_removes_the_socket()
    {
        using ControlClient client = Connect();
        Task<CommandOutcome> run = Task.Run(() => client.Run("wait", _ => { }));
        Assert.True(_waiting.Wait(Patience));

        _server.Dispose();

        Assert.Equal("interrupted", (await run.WaitAsync(Patience)).Error);
        var end = Assert.Throws<ControlError>(() => client.Run("hello", _ => { }));
        Assert.Equal($"the router at {SocketPath} ended the session: the router is stopping", end.Message);
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_client_that_reads_nothing_does_not_hold_up_the_stop()
    {
        using Socket socket = ControlSocket.Connect(SocketPath);
        socket.Send([.. Hello(), .. FrameWriter.Write(new RunFrame("flood"))]);
        AssertAccount("user admin logged in via local");

        Task stop = Task.Run(_server.Dispose);

        await stop.WaitAsync(Patience);
    }

    [Fact]
    public void Only_the_owner_may_open_the_socket() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));

    [Theory]
    [InlineData(0, 1000, true)]
    [InlineData(1000, 1000, true)]
    [InlineData(1001, 1000, false)]
    [InlineData(1001, 0, false)]
    public void Root_and_the_routers_own_user_may_ask(uint peer, uint own, bool allowed) =>
        Assert.Equal(allowed, PeerCredentials.MayAsk(peer, own));

    [Fact]
    public void A_second_router_on_the_same_state_is_refused()
    {
        var error = Assert.Throws<ControlError>(() => StartServer());

        Assert.Equal($"another router is running with {SocketPath}: stop it, or give this one its own --state DIR", error.Message);
    }

    [Fact]
    public void A_socket_that_a_dead_router_left_is_replaced()
    {
        string left = Path.Combine(_state, "left.sock");
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(left + "x"));
            File.Move(left + "x", left);
        }

        Assert.True(File.Exists(left));
        using Socket listener = ControlSocket.Listen(left);
        using Socket client = ControlSocket.Connect(left);

        Assert.True(client.Connected);
    }

    [Fact]
    public void Where_no_router_runs_the_next_step_is_named()
    {
        _server.Dispose();

        var error = Assert.Throws<ControlError>(() => Connect());

        Assert.Equal($"cannot reach the router at {SocketPath}: no router is running there; start one with: sstp-router run --state {_state}", error.Message);
    }

    [Fact]
    public void A_path_too_long_for_a_socket_is_named()
    {
        string path = Path.Combine(_state, new string('d', 120), "control.sock");

        var error = Assert.Throws<ControlError>(() => ControlSocket.Connect(path));

        Assert.Equal($"the path {path} is too long for a socket: use a shorter --state DIR", error.Message);
    }

    [Fact]
    public void A_state_directory_that_is_missing_is_named()
    {
        string path = Path.Combine(_state, "missing", "control.sock");

        var error = Assert.Throws<ControlError>(() => ControlSocket.Listen(path));

        Assert.StartsWith($"cannot listen at {path}: ", error.Message, StringComparison.Ordinal);
    }

    private ControlServer StartServer() =>
        new(
            SocketPath,
            new SessionSettings(session => new ScriptedCommandLine(session, _waiting), () => "Mikro\u001bTik", _account.Add, _trouble.Enqueue),
            mostSessions: 3);

    private ControlClient Connect(bool isInteractive = true) =>
        ControlClient.Connect(SocketPath, new ControlTerminal("admin", 100, 24, isInteractive));

    private static (string Output, CommandOutcome Outcome) Run(ControlClient client, string text)
    {
        var output = new System.Text.StringBuilder();
        CommandOutcome outcome = client.Run(text, piece => output.Append(piece));
        return (output.ToString(), outcome);
    }

    private static byte[] Hello() => FrameWriter.Write(new HelloFrame(FrameFormat.Version, 80, 24, true, "admin"));

    private static T ReadUntil<T>(Socket socket)
        where T : ControlFrame
    {
        var reader = new FrameReader(FrameFormat.LargestFromServer);
        byte[] buffer = new byte[4096];
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        while (true)
        {
            while (reader.Next() is { } frame)
            {
                if (frame is T wanted)
                {
                    return wanted;
                }
            }

            int count = socket.Receive(buffer);
            Assert.True(count > 0, $"closed before {typeof(T).Name}");
            reader.Append(buffer.AsSpan(0, count));
        }
    }

    private void AssertAccount(params string[] lines)
    {
        foreach (string line in lines)
        {
            Assert.True(_account.TryTake(out string? logged, Patience));
            Assert.Equal(line, logged);
        }
    }
}
