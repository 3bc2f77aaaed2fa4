using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>One attack that ends without a login, and the name that the log gives its end.</summary>
internal sealed record Attack(Action<Attacker> Does, string Reason);

/// <summary>Head office under attack: a branch's tunnel that carries a ping without a pause, and attackers on another cable, each with
/// an address of his own. After each attack nothing of it may be left, and the tunnel must have noticed nothing.</summary>
public sealed class Fortress : IDisposable
{
    public const string Intruder = "intruder";
    public const string IntruderPassword = "let-me-in";

    /// <summary>Abort timers are 3 s at most ([MS-SSTP] 3.1.2.1), the rest is this machine's business with other things.</summary>
    internal static readonly TimeSpan Promptly = TimeSpan.FromSeconds(15);

    private const string Answer = " 56  64 ";

    internal const int RoomToGrow = 48 * 1024;

    // The runtime's pool adds and drops threads as it sees fit, whoever calls; an attack that kept one each time would be seen.
    private const int PoolThreads = 4;

    private static readonly IPEndPoint Server = new(IPAddress.Parse("192.0.2.1"), 443);

    private readonly TwoRouters? _routers;
    private readonly Host? _outside;
    private readonly RunningProgram? _ping;
    private readonly string _session = "";
    private readonly int _descriptors;
    private readonly int _threads;
    private readonly string[] _interfaces = [];
    private readonly ConcurrentDictionary<object, Dictionary<string, Task<string>>> _waves = new();
    private int _lastAddress = 9;

    public Fortress()
    {
        if (ProcessControl.EffectiveUserId != 0)
        {
            return;
        }

        _routers = new TwoRouters();
        _routers.CertifyHq();
        _outside = new Host("outside");
        Host.Connect(Hq.Host, _outside, "ether2");
        Hq.Exec("/ip address add address=192.0.2.1/24 interface=ether2");
        Hq.Exec("/interface sstp-server server set authentication=pap,mschap2");
        Hq.Exec($"/ppp secret add name={Intruder} password={IntruderPassword} service=sstp local-address=10.0.0.1 remote-address=10.0.0.99");
        _routers.Dial();
        _ping = _routers.Branch.Host.Start(RouterBinary.Path, ["exec", "--state", _routers.Branch.State, "ping 10.0.0.1 interval=200ms"]);
        _ping.WaitForLine(Answer, 3);

        // Once through everything, so that what is made once and kept is there already.
        using (Attacker first = NewAttacker())
        {
            first.LogIn(Intruder, IntruderPassword);
        }

        AwaitTunnels(1);
        _session = Session();
        _interfaces = Hq.Host.KernelInterfaces();
        (_descriptors, _threads, Memory) = (Descriptors(), Threads(), ResidentKilobytes());
    }

    /// <summary>The resident memory of the server before the first attack, in kB.</summary>
    internal int Memory { get; }

    internal Router Hq => _routers!.Hq;

    internal RunningProgram Log => Hq.Program;

    private int Process => Hq.Program.Id;

    /// <summary>A connection from an address that no other has used.</summary>
    internal Attacker NewAttacker() => new(_outside!, NewAddress(), Server);

    /// <summary>A connection from an address that was used.</summary>
    internal Attacker NewAttacker(IPAddress from) => new(_outside!, from, Server);

    /// <summary>Starts a program where the attackers are.</summary>
    internal RunningProgram Start(string file, params string[] arguments) => _outside!.Start(file, arguments);

    /// <summary>Runs an attack that ends without a login.</summary>
    /// <param name="attack">What he does; what he says after the server has closed is lost.</param>
    /// <param name="reason">The name that the log gives the end.</param>
    /// <returns>The line that names it, from the reason on.</returns>
    internal string Repels(Action<Attacker> attack, string reason)
    {
        string line = Repelled(attack, reason);
        IsUnharmed();
        return line;
    }

    /// <summary>The same for one attack of many that come at once: all of them begin when the first is asked for.</summary>
    internal string Repels(IReadOnlyDictionary<string, Attack> wave, string row) =>
        _waves.GetOrAdd(wave, _ => Begin(wave))[row].GetAwaiter().GetResult();

    private Dictionary<string, Task<string>> Begin(IReadOnlyDictionary<string, Attack> wave)
    {
        var attacks = wave.ToDictionary(
            a => a.Key,
            a => Task.Factory.StartNew(() => Repelled(a.Value.Does, a.Value.Reason), TaskCreationOptions.LongRunning));
        Task.WaitAny(Task.WhenAll(attacks.Values)); // a row that failed says so itself
        IsUnharmed();
        return attacks;
    }

    private string Repelled(Action<Attacker> attack, string reason)
    {
        using Attacker attacker = NewAttacker();
        attack(attacker);
        attacker.AwaitClosed(Promptly);
        return Names(attacker.Address, reason);
    }

    /// <summary>The log names the reason with the address, in one line.</summary>
    internal string Names(IPAddress address, string reason)
    {
        string mark = $": {address}: {reason}: ";
        Log.WaitForLine(mark);
        string line = Assert.Single(Log.Lines, l => l.Contains($": {address}: ", StringComparison.Ordinal));
        Assert.Contains(" sstp,ppp,warning <sstp-", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator);
        Assert.InRange(line.Length, 1, 1200);
        return line[(line.IndexOf(mark, StringComparison.Ordinal) + 2)..];
    }

    /// <summary>Nothing of an attack is left, and the tunnel has lost no ping and is the same as ever.</summary>
    internal void IsUnharmed()
    {
        AwaitTunnels(1);
        Await.Until(
            () => Descriptors() <= _descriptors && Threads() <= _threads + PoolThreads,
            () => $"left over: {Descriptors()} descriptors of {_descriptors}, {Threads()} threads of {_threads}\n{string.Join('\n', Log.Lines.TakeLast(30))}");
        Assert.Equal(_interfaces, Hq.Host.KernelInterfaces());
        Assert.Equal(_session, Session());
        Assert.InRange(ResidentKilobytes(), 0, Memory + RoomToGrow);
        _ping!.WaitForLine(Answer, _ping.Count(Answer) + 1);
        Assert.DoesNotContain(_ping.Lines, l => l.Contains(" 10.0.0.1 ", StringComparison.Ordinal) && !l.Contains(Answer, StringComparison.Ordinal));
        Assert.Equal(0, Log.Count("critical"));
    }

    /// <summary>The resident memory of the server, in kB.</summary>
    internal int ResidentKilobytes() => int.Parse(
        File.ReadLines($"/proc/{Process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))["VmRSS:".Length..^2],
        NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
        CultureInfo.InvariantCulture);

    /// <summary>The processor time that the server has used, in ticks of 10 ms.</summary>
    internal long ProcessorTicks()
    {
        string stat = File.ReadAllText($"/proc/{Process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until so many users are in.</summary>
    internal void AwaitTunnels(int count) => Await.Until(
        () => Hq.Host.KernelInterfaces().Count(n => n.Contains("sstp", StringComparison.Ordinal)) == count,
        () => $"not {count} tunnel(s): {string.Join(' ', Hq.Host.KernelInterfaces())}\n{string.Join('\n', Log.Lines.TakeLast(30))}");

    public void Dispose()
    {
        _ping?.Dispose();
        _routers?.Dispose();
        _outside?.Dispose();
    }

    private IPAddress NewAddress()
    {
        var address = IPAddress.Parse($"192.0.2.{Interlocked.Increment(ref _lastAddress)}");
        _outside!.Run(() =>
        {
            using var routes = new RouteSocket();
            routes.AddAddress(routes.Link("ether2")!.Index, address, 24);
        });
        return address;
    }

    private string Session() => Hq.Exec(":put [/ppp active get [find name=MT-User] session-id]").Trim();

    private int Descriptors() => ProcessTable.Descriptors(Process).Length;

    private int Threads() => Directory.GetDirectories($"/proc/{Process}/task").Length;
}
