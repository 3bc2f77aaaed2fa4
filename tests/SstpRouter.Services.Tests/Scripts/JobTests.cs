using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Scripts;

public sealed class JobTests
{
    [Fact]
    public void A_job_is_shown_while_it_runs_and_ends_when_it_is_removed()
    {
        using ScriptDesk desk = ScriptDesk.With();
        Assert.Equal("*1", desk.Type(":put [:execute { :log info started; :delay 1w; :log info never }]").Trim());
        desk.WaitFor("the script has started", () => desk.Said.Count == 1);

        Assert.Equal("execute execute admin", desk.Type(":local j [/system script job find]; :put \"$[/system script job get $j type] $[/system script job get $j script] $[/system script job get $j owner]\"").Trim());
        desk.Type("/system script job remove [find]");
        desk.WaitForRest();

        Assert.Equal(["started"], desk.Said);
    }

    [Theory]
    [InlineData(":while (true) do={}")]
    [InlineData(":do { :while (true) do={} } on-error={ :while (true) do={} }")]
    [InlineData(":onerror e in={ :while (true) do={ :do { :error x } on-error={} } } do={ :while (true) do={} }")]
    [InlineData(":while (true) do={ /system script environment find }")]
    public void A_script_that_only_computes_is_ended(string script)
    {
        using var desk = new ScriptDesk(new Desk(), limit: TimeSpan.FromMilliseconds(200));
        desk.Type($":execute {{ {script} }}");
        desk.WaitForRest();

        Assert.Equal("Script Error: script computes for too long without a pause, use :delay in its loops", desk.Said[^1]);
    }

    [Fact]
    public void A_script_that_pauses_may_go_on()
    {
        using var desk = new ScriptDesk(new Desk(), limit: TimeSpan.FromMilliseconds(250));
        desk.Type(":execute { :for i from=1 to=8 do={ :for j from=1 to=20 do={}; :delay 120ms }; :log info done }");
        desk.WaitForRest();

        Assert.Equal(["done"], desk.Said);
    }

    [Fact]
    public void Many_scripts_at_once_take_their_turns()
    {
        using ScriptDesk desk = ScriptDesk.With();
        desk.Type(":global n 0; :for i from=1 to=200 do={ :execute \":log info x\" }");
        desk.WaitFor("all have run", () => desk.Said.Count == 200);
    }

    [Fact]
    public void Execute_returns_what_was_printed_or_puts_it_into_a_file()
    {
        var directory = Directory.CreateTempSubdirectory("router-execute-");
        try
        {
            using var desk = new ScriptDesk(Desk.In(directory.FullName));
            Assert.Equal("[3\n]\n", desk.Type(":put \"[$[:execute as-string script=\":put (1 + 2)\"]]\""));
            desk.Type(":execute file=out script={ :put \"to a file\" }");
            string file = Path.Combine(directory.FullName, "files", "out.txt");
            desk.WaitFor("the file is there", () => File.Exists(file));
            Assert.Equal("to a file\n", File.ReadAllText(file));
            Assert.Equal("failure: script is longer than 64 kB", desk.Refused(":local s [:rndstr length=70000]; :execute $s"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Variables_can_be_looked_at_and_taken_away()
    {
        using ScriptDesk desk = ScriptDesk.With();
        desk.Type(":global a 1; :global b {1;\"k\"=2}");

        Assert.Equal("a=1\nb=1;k=2\n", desk.Type("/environment print"));
        Assert.Equal("2", desk.Type(":put [:len [/system script environment find]]").Trim());
        Assert.Equal("array", desk.Type(":put [:typeof [/system script environment get b value]]").Trim());
        desk.Type("/system script environment set a value=5; /system script environment remove b");
        Assert.Equal("a=5\n", desk.Type(":environment print"));
    }

    [Fact]
    public void A_script_may_not_do_more_than_whoever_runs_it()
    {
        using ScriptDesk desk = ScriptDesk.With("/system script add name=s source=\":put ran\" policy=read,password");
        using var output = new StringWriter();
        var session = new RouterOs.Interpretation.ScriptSession(
            "test", "guest", RouterOs.Schema.Policies.Read, output, TimeSpan.FromMinutes(1), CancellationToken.None);
        var interpreter = new RouterOs.Interpretation.Interpreter(desk.Desk.Root, session);

        Assert.Equal("not enough permissions (9)", Assert.Throws<RouterOs.Language.ScriptError>(() => interpreter.Run("/system script run s")).Message);
        desk.Type("/system script set s policy=read");
        interpreter.Run("/system script run s");
        Assert.Equal("ran\n", output.ToString());
    }

    [Theory]
    [InlineData("/system script add name=t source=x policy=read,policy")]
    [InlineData("/system scheduler add name=t on-event=\"/user print\" policy=write,sensitive")]
    [InlineData("/system script set strong source=\":put mine\"")]
    [InlineData("/system script set weak policy=read,password")]
    [InlineData("/system script set weak policy=read,ftp dont-require-permissions=yes")]
    [InlineData("/system script remove strong")]
    [InlineData("/system script add copy-from=strong name=t")]
    public void Nobody_has_a_script_do_what_he_may_not(string line)
    {
        using ScriptDesk desk = ScriptDesk.With("/system script add name=strong source=\":put ran\"", "/system script add name=weak policy=read");
        var writer = new RouterOs.Interpretation.Session("writer", TextWriter.Null) { Policies = RouterOs.Schema.Policies.Read | RouterOs.Schema.Policies.Write | RouterOs.Schema.Policies.Test };
        var interpreter = new RouterOs.Interpretation.Interpreter(desk.Desk.Root, writer);

        Assert.Equal("not enough permissions (9)", Assert.Throws<RouterOs.Language.ScriptError>(() => interpreter.Run(line)).Message);

        interpreter.Run("/system script set weak source=\":put x\"; /system script add name=own source=y");
        Assert.Equal("read;write;test", desk.Type(":put [/system script get own policy]").Trim());
        interpreter.Run("/system script add name=second copy-from=weak");
        Assert.Equal("read of writer", desk.Type(":put \"$[/system script get second policy] of $[/system script get second owner]\"").Trim());
    }

    [Fact]
    public void A_text_that_cannot_run_is_marked()
    {
        using ScriptDesk desk = ScriptDesk.With("/system script add name=good source=\"/nowhere print\"", "/system script add name=bad source=\":if (1 do={}\"");

        Assert.Equal("false true", desk.Type(":put \"$[/system script get good invalid] $[/system script get bad invalid]\"").Trim());
    }

    [Fact]
    public void Scripts_that_run_each_other_without_end_are_stopped()
    {
        using ScriptDesk desk = ScriptDesk.With("/system script add name=a source=\"/system script run b\"", "/system script add name=b source=\"/system script run a\"");

        Assert.Equal("Script Error: too many nested commands", desk.Refused("/system script run a").Split(" (")[0]);
    }
}
