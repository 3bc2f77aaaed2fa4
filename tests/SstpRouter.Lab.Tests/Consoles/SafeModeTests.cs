using SstpRouter.Console.Tests.Transcripts;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Consoles;

/// <summary>Safe mode and changes that wait to be confirmed, typed at a running router. The prompt shows the router's name, and so what became of a change.</summary>
public sealed class SafeModeTests : IDisposable
{
    private const string Hijack = "Hijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]: ";
    private const string Undone = "safe mode of user admin ended with its session: its changes are undone";

    private readonly ConsoleRouter _desk = new();

    public void Dispose() => _desk.Dispose();

    [RootFact]
    public void What_was_changed_stays_once_safe_mode_is_released()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("\x18");                        // Ctrl-X
        terminal.Expect("[admin@MikroTik] >\n[Safe Mode taken]\n[admin@MikroTik] <SAFE> █");
        terminal.Type("/system identity set name=hq\r");
        terminal.ExpectEnd("[admin@MikroTik] <SAFE> /system identity set name=hq\n[admin@hq] <SAFE> █");
        terminal.Type("/ip route\r");
        terminal.ExpectEnd("[admin@hq] /ip/route<SAFE> █");
        terminal.Type("/safe-mode print\r");
        terminal.ExpectEnd("  actions: 1\n[admin@hq] /ip/route<SAFE> █");
        terminal.Type("\x18");
        terminal.ExpectEnd("[admin@hq] /ip/route<SAFE>\n[Safe Mode released]\n[admin@hq] /ip/route> █");
        terminal.Type("\x04");

        Assert.Equal(0, terminal.WaitForExit());
        Assert.Equal("hq", _desk.Identity);
        Assert.Equal(0, _desk.Router.Program.Count(Undone));
    }

    [RootFact]
    public void Leaving_by_a_key_undoes_what_was_changed()
    {
        using PseudoTerminal terminal = TakeAndChange();
        terminal.Type("\x04");                        // Ctrl-D

        Assert.Equal(0, terminal.WaitForExit());
        _desk.Router.Program.WaitForLine(Undone);
        Assert.Equal("MikroTik", _desk.Identity);
    }

    [RootFact]
    public void Quitting_is_asked_about_and_undoes_what_was_changed()
    {
        using PseudoTerminal terminal = TakeAndChange();
        terminal.Type("/quit\r");
        terminal.ExpectEnd("You are in Safe Mode. Quitting will unroll changes. Quit? [y/N]: █");
        terminal.Type("n");
        terminal.ExpectEnd("[admin@hq] <SAFE> █");
        Assert.Equal("hq", _desk.Identity);
        terminal.Type("/quit\r");
        terminal.ExpectEnd("You are in Safe Mode. Quitting will unroll changes. Quit? [y/N]: █");
        terminal.Type("y");

        Assert.Equal(0, terminal.WaitForExit());
        _desk.Router.Program.WaitForLine(Undone);
        Assert.Equal("MikroTik", _desk.Identity);
    }

    [RootTheory]
    [InlineData("u", "[Safe Mode taken]\n[admin@MikroTik] <SAFE> █", "[Safe mode unrolled by another user]\n[admin@MikroTik] > /ip█", "MikroTik")]
    [InlineData("r", "[Safe Mode taken]\n[admin@hq] <SAFE> █", "[Safe mode released by another user]\n[admin@hq] > /ip█", "hq")]
    [InlineData("d", "[admin@hq] > █", "[admin@hq] <SAFE> /ip█", "hq")]
    public void Who_wants_what_another_has_is_asked(string answer, string end, string told, string identity)
    {
        using PseudoTerminal first = TakeAndChange();
        first.Type("/ip");
        using PseudoTerminal second = _desk.Open(prompt: "[admin@hq] > █");
        second.Type("\x18");
        second.ExpectEnd(Hijack + "█");
        second.Type(answer);

        second.ExpectEnd(Hijack + answer + "\n" + end);
        first.ExpectEnd(told);
        Assert.Equal(identity, _desk.Identity);
    }

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_connection_that_drops_undoes_at_once_what_was_changed(bool isLineDead)
    {
        using PseudoTerminal terminal = TakeAndChange();
        if (isLineDead)
        {
            terminal.HangUp();
        }
        else
        {
            ProcessControl.Kill(terminal.Id, ProcessControl.SignalKill);
        }

        _desk.Router.Program.WaitForLine(Undone);
        Assert.Equal("MikroTik", _desk.Identity);
    }

    [RootFact]
    public void A_router_that_is_killed_undoes_at_its_next_start_what_was_changed()
    {
        using PseudoTerminal terminal = TakeAndChange();
        _desk.Router.Program.Kill();
        Assert.Equal(1, terminal.WaitForExit());
        terminal.ExpectTail("look at its log");

        _desk.Router.Start();

        Assert.Equal(1, _desk.Router.Program.Count("safe mode of user admin was not released before the router stopped: its changes are undone"));
        Assert.Equal("MikroTik", _desk.Identity);
    }

    [RootFact]
    public void What_is_not_confirmed_in_time_is_undone_and_what_is_stays()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/system/commit arm timeout=1h\r");
        terminal.ExpectTail("timeout=1h\n[admin@MikroTik] > █");
        terminal.Type("/system identity set name=hq\r");
        terminal.ExpectEnd("[admin@hq] > █");
        terminal.Type("/system/commit confirm\r");
        terminal.ExpectTail("confirm\n[admin@hq] > █");
        terminal.Type("/system/commit confirm\r");
        terminal.ExpectTail("failure: nothing waits to be confirmed\n[admin@hq] > █");

        terminal.Type("/system/commit arm timeout=3s; /system identity set name=lost\r");
        terminal.ExpectEnd("[admin@lost] > █");
        _desk.Router.Program.WaitForLine("the changes of user admin were not confirmed within 3s: they are undone");
        Assert.Equal("hq", _desk.Identity);
        terminal.Type("\r");
        terminal.ExpectEnd("[admin@hq] > █");
    }

    // Safe mode taken, and the router renamed in it.
    private PseudoTerminal TakeAndChange()
    {
        PseudoTerminal terminal = _desk.Open();
        terminal.Type("\x18");
        terminal.ExpectEnd("[Safe Mode taken]\n[admin@MikroTik] <SAFE> █");
        terminal.Type("/system identity set name=hq\r");
        terminal.ExpectEnd("[admin@hq] <SAFE> █");
        return terminal;
    }
}
