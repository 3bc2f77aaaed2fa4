using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.Golden;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Menus;

/// <summary>The lines of the manual as they are typed, and the screens they give.</summary>
public sealed class ManualTests : IDisposable
{
    private const string AddClient = "interface sstp-client add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass "
        + "profile=default-encryption user=MT-User";

    private readonly StringWriter _output = new();
    private readonly Menu _root = RouterMenus.Build();
    private readonly ConfigurationStore _store;
    private readonly Interpreter _interpreter;

    public ManualTests()
    {
        _root.Find("interface/sstp-client")!.State = new AllRunning();
        _store = ConfigurationStore.InMemory(_root);
        StandardVerbs.Attach(_root, _store);
        PrintVerb.Attach(_root, _store);
        _interpreter = new Interpreter(_root, new Session("admin", _output, width: 100));
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Client()
    {
        _interpreter.Run(AddClient);

        GoldenScreen.Check("sstp-client-print", Run("interface sstp-client print"));
    }

    [Fact]
    public void Server()
    {
        _interpreter.Run("ppp secret add local-address=10.0.0.1 name=MT-User password=StrongPass remote-address=10.0.0.5 service=sstp");
        _interpreter.Run("interface sstp-server server set default-profile=default-encryption enabled=yes");

        GoldenScreen.Check("sstp-server-server-print", Run("interface sstp-server server print"));
        Assert.EndsWith("# NAME     SERVICE  PASSWORD    PROFILE  REMOTE-ADDRESS\n0 MT-User  sstp     StrongPass  default  10.0.0.5\n",
            Run("/ppp/secret/print"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_client_as_v6_spells_it_gives_the_same_screen()
    {
        _interpreter.Run(AddClient.Replace("192.168.62.2", "192.168.62.2:443 http-proxy=0.0.0.0:443", StringComparison.Ordinal));

        GoldenScreen.Check("sstp-client-print", Run("interface sstp-client print"));
    }

    [Fact]
    public void A_client_that_does_not_say_is_disabled_and_named_by_the_lowest_free_number()
    {
        _interpreter.Run("interface sstp-client add connect-to=a.example user=x; interface sstp-client add connect-to=b.example user=y");

        Assert.Equal(
            "0 X name=sstp-out1 connect-to=a.example\n1 X name=sstp-out2 connect-to=b.example\n",
            Run("interface sstp-client print terse proplist=name,connect-to"));
    }

    [Theory]
    [InlineData("interface sstp-client add", "missing value(s) of argument(s) connect-to user")]
    [InlineData(AddClient + " mrru=1600", "failure: mrru is not supported yet")]
    [InlineData(AddClient + " dial-on-demand=yes", "failure: dial-on-demand is not supported yet")]
    [InlineData(AddClient + " http-proxy=10.0.0.1", "failure: http-proxy is not supported yet")]
    [InlineData(AddClient + " port=70000", "value of port out of range (1..65535)")]
    [InlineData("interface sstp-server add name=sstp-out1 user=alice", "failure: already have interface with such name")]
    [InlineData("ppp profile add name=p rate-limit=1M", "failure: rate-limit is not supported yet")]
    [InlineData("ppp profile add name=p use-compression=yes", "failure: use-compression is not supported yet")]
    public void What_cannot_be_is_refused_in_the_words_of_the_manual(string line, string refusal)
    {
        if (line.Contains("sstp-server add", StringComparison.Ordinal))
        {
            _interpreter.Run(AddClient);
        }

        Assert.Equal(refusal, Assert.Throws<ScriptError>(() => _interpreter.Run(line)).Text);
    }

    [Fact]
    public void Print_takes_its_condition_and_numbers_what_it_shows()
    {
        _interpreter.Run("ppp secret add name=a service=sstp; ppp secret add name=b disabled=yes; ppp secret add name=c service=sstp");

        Assert.Equal("0 name=a\n1 name=c\n", Run("ppp secret print terse proplist=name where service=sstp"));
        _interpreter.Run("ppp secret remove 1");
        Assert.Equal("0   name=a\n1 X name=b\n", Run("ppp secret print terse proplist=name"));
        Assert.Equal("1\n", Run("ppp secret print count-only where !disabled"));
    }

    [Fact]
    public void Scripts_write_to_the_log_and_conditions_search_it()
    {
        var log = new RouterLog(TimeProvider.System);
        LogRows.Attach(_root, log);
        log.Info("sstp,ppp", "sstp-out1: connected");

        _interpreter.Run(":log info \"from a script\"; /log warning again");

        Assert.Equal(["sstp,ppp,info", "script,info", "script,warning"], log.Lines.Select(l => l.Topics));
        Assert.EndsWith(" sstp,ppp,info sstp-out1: connected\n", Run("/log print where topics~\"sstp\""), StringComparison.Ordinal);
        Assert.Equal("2\n", Run("log print count-only where topics~\"script\""));
    }

    private string Run(string line)
    {
        _output.GetStringBuilder().Clear();
        _interpreter.Run(line);
        return _output.ToString();
    }

    private sealed class AllRunning : IMenuState
    {
        public void Describe(Row row)
        {
            if (row["disabled"] is BooleanValue { IsTrue: false })
            {
                row.Flags.Add('R');
            }
        }

        public IEnumerable<Row> DynamicRows() => [];

        public bool TryRemove(ulong id) => false;
    }
}
