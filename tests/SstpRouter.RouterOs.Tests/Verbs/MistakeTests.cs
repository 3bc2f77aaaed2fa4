using System.Collections.Immutable;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Verbs;

/// <summary>The mistakes that people make, and RouterOS's words for them.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly ConfigurationStore _store;
    private readonly Interpreter _interpreter;

    public MistakeTests()
    {
        Menu root = RouterMenus.Build();
        foreach (Menu menu in root.SelfAndDescendants().Where(m => m.NeedsState))
        {
            menu.State = new Quiet();
        }

        root.Find("interface")!.State = new Quiet(Interface(root, 0x1000001, "ether1"), Interface(root, 0x1000002, "ether2"));
        root.Find("ppp/active")!.State = new Quiet(
            new Row(root.Find("ppp/active")!, 0xF00001, ImmutableDictionary<string, Value>.Empty.Add("name", Value.Of("alice")), isDynamic: true));
        _store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, _store);
        PrintVerb.Attach(root, _store);
        _interpreter = new Interpreter(root, new Session("admin", _output, width: 80));
        _interpreter.Run("""
            /ip pool add name=lan ranges=10.0.0.2-10.0.0.9
            /ip pool add name=lab ranges=10.1.0.2-10.1.0.9
            /ip address add address=192.168.88.1/24 interface=ether1
            /ppp profile add name=branch local-address=lan
            /ppp secret add name=alice profile=branch
            /ppp secret add name=bob
            /interface sstp-client add name=office connect-to=vpn.example user=u
            """);
    }

    [Theory]

    // A word that is not there, or one too many.
    [InlineData("/ip adress print", "bad command name adress (line 1 column 5)")]
    [InlineData("/ip address show", "bad command name show (line 1 column 13)")]
    [InlineData("/ip address print fast", "expected end of command (line 1 column 19)")]
    [InlineData("/ppp secret add name=carol pass word=x", "expected end of command (line 1 column 28)")]
    [InlineData("/ppp secret add name=carol servise=sstp", "expected end of command (line 1 column 28)")]
    [InlineData("/ppp secret add name=carol name=dave", "expected end of command (line 1 column 28)")]
    [InlineData("/ppp secret print where", "missing value for where (line 1 column 24)")]
    [InlineData("/ppp secret add name=", "expected input value (line 1 column 22)")]
    [InlineData("/ppp secret add name='carol'", "syntax error (line 1 column 22)")]

    // Something that must be said was not.
    [InlineData("/interface sstp-client add", "missing value(s) of argument(s) connect-to user")]
    [InlineData("/interface sstp-client add user=u", "missing value(s) of argument(s) connect-to")]
    [InlineData("/ip address add address=10.0.0.1/24", "missing value(s) of argument(s) interface")]
    [InlineData("/ppp secret unset alice", "missing value(s) of argument(s) value-name")]
    [InlineData("/ppp secret remove", "expected item id (line 1 column 13)")]
    [InlineData("/ppp secret set disabled=yes", "expected item id (line 1 column 13)")]

    // An item that is not there, or not one.
    [InlineData("/ppp secret remove carol", "no such item")]
    [InlineData("/ppp secret remove 7", "no such item")]
    [InlineData("/ppp secret set *FF disabled=yes", "no such item")]
    [InlineData("/ppp secret add name=carol copy-from=dave", "no such item")]
    [InlineData("/ppp secret get 0,1 name", "invalid internal item number")]

    // A value that is none.
    [InlineData("/ip address add address=10.0.0.1/24 interface=ether9", "input does not match any value of interface")]
    [InlineData("/ppp secret set alice service=sftp", "input does not match any value of service")]
    [InlineData("/ppp secret set alice profile=office", "input does not match any value of profile")]
    [InlineData("/ppp secret set alice disabled=maybe", "input does not match any value of disabled")]
    [InlineData("/ppp secret get alice colour", "input does not match any value of value-name")]
    [InlineData("/ppp secret print proplist=name,colour", "input does not match any value of proplist")]
    [InlineData("/ip pool set lan next-pool=la", "ambiguous value of next-pool, more than one possible value matches input")]
    [InlineData("/ip pool set lan next-pool=\"\"", "ambiguous value of next-pool, more than one possible value matches input")]
    [InlineData("/ppp secret set alice service=p", "ambiguous value of service, more than one possible value matches input")]
    [InlineData("/ip address add address=10.0.0.256/24 interface=ether1", "invalid value for argument address")]
    [InlineData("/ip address add address=10.0.0.1 netmask=255.0.255.0 interface=ether1", "invalid value for argument netmask")]
    [InlineData("/ip pool add name=x ranges=10.0.0.9-10.0.0.2", "invalid value for argument ranges")]
    [InlineData("/ppp profile set branch idle-timeout=soon", "invalid value for argument idle-timeout")]
    [InlineData("/interface sstp-client set office port=70000", "value of port out of range (1..65535)")]
    [InlineData("/interface sstp-client set office port=0", "value of port out of range (1..65535)")]
    [InlineData("/interface sstp-client set office max-mtu=1500bytes", "value of max-mtu contains invalid trailing characters")]
    [InlineData("/ppp secret print interval=1ms", "value of interval out of range (00:00:00.200..)")]

    // A second one of what there can be one of.
    [InlineData("/interface sstp-client add name=office connect-to=a.example user=u", "failure: already have interface with such name")]
    [InlineData("/interface sstp-server add name=office user=u", "failure: already have interface with such name")]
    [InlineData("/interface sstp-client set office name=ether1", "failure: already have interface with such name")]
    [InlineData("/ip address add address=192.168.88.1/24 interface=ether1", "failure: already have such address")]
    [InlineData("/ip pool add name=lan ranges=10.2.0.2", "failure: pool with such name exists")]
    [InlineData("/ppp profile add name=default", "failure: profile with the same name already exists")]
    [InlineData("/ppp secret set bob name=alice", "failure: secret with the same name already exists")]

    // What cannot be changed, or taken away.
    [InlineData("/ppp profile remove default", "failure: can not remove default profile")]
    [InlineData("/ppp profile set default name=mine", "failure: can not rename default profile")]
    [InlineData("/ppp secret set alice !name", "value of name can not be unset")]
    [InlineData("/interface sstp-client reset office connect-to", "value of connect-to can not be unset")]
    [InlineData("/ppp active remove alice", "failure: can not remove dynamic session")]
    [InlineData("/interface set ether1 comment=uplink", "failure: interface <ether1> is of the system and can not be changed here")]
    [InlineData("/ip pool remove lan", "failure: pool <lan> is used by /ppp profile <branch> local-address, change that first")]
    [InlineData("/ppp secret edit alice comment", "this command requires user input")]
    [InlineData("/export file=backup", "failure: there is no directory for files here, leave file= out")]
    public void A_mistake_is_answered_in_the_words_of_RouterOS_and_changes_nothing(string typed, string answer)
    {
        StoreSnapshot before = _store.Current;

        ScriptError error = Assert.Throws<ScriptError>(() => _interpreter.Run(typed));

        Assert.Equal(answer, error.Message);
        Assert.Same(before, _store.Current);
    }

    [Theory]
    [InlineData("/ppp secret remove [find name=carol]")]
    [InlineData("/ppp secret set [find where name=carol] disabled=yes")]
    [InlineData("/ppp secret print where name=carol")]
    public void A_search_that_finds_nothing_is_no_mistake(string typed) => _interpreter.Run(typed);

    [Fact]
    public void The_same_address_may_stand_on_another_interface_and_be_changed_in_place()
    {
        _interpreter.Run("/ip address add address=192.168.88.1/24 interface=ether2; /ip address set 0 comment=lan");

        Assert.Equal("failure: already have such address", Assert.Throws<ScriptError>(() => _interpreter.Run("/ip address set 1 interface=ether1")).Text);
    }

    public void Dispose() => _store.Dispose();

    private static Row Interface(Menu root, ulong id, string name) =>
        new(root.Find("interface")!, id, ImmutableDictionary<string, Value>.Empty.Add("name", Value.Of(name)), isDynamic: false);

    private sealed class Quiet(params Row[] rows) : IMenuState
    {
        public void Describe(Row row)
        {
        }

        public IEnumerable<Row> DynamicRows() => rows;

        public bool TryRemove(ulong id) => false;
    }
}
