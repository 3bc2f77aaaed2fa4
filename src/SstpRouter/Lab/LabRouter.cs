using System.Diagnostics;
using SstpRouter.Commands;
using SstpRouter.Control;
using SstpRouter.Linux;

namespace SstpRouter.Lab;

/// <summary>One router of the lab: a child process with a network namespace and a file system corner of its own. Both end with it, and it ends
/// with the lab, however the lab ends.</summary>
internal sealed class LabRouter : IDisposable
{
    /// <summary>Every Linux has this directory; the child mounts memory over it that only the child sees.</summary>
    private const string Scratch = "/mnt";
    private const string State = Scratch + "/state";
    private const string Files = State + "/files";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);

    private readonly Process _process;
    private readonly ManualResetEventSlim _ready = new();
    private readonly Action<string> _logged;
    private ControlClient? _client;

    /// <summary>Starts the process. Must be called by the thread that lives as long as the lab: the child dies with it.</summary>
    /// <param name="name">The router's name in the lab.</param>
    /// <param name="logged">Told each line of its log, from another thread.</param>
    /// <param name="options">Options of <c>run</c> but the state, which is its own.</param>
    public LabRouter(string name, Action<string> logged, params IEnumerable<string> options)
    {
        Name = name;
        _logged = logged;
        var start = new ProcessStartInfo(SelfProgram.Path) { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in (string[])[.. SelfProgram.LeadingArguments, LabCommand.NodeVerb, Environment.ProcessId.ToString(), .. options])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new IOException($"cannot start {SelfProgram.Path}");
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>The process that holds the network namespace.</summary>
    public int ProcessId => _process.Id;

    public ControlClient Client => _client!;

    /// <summary>What the child does before it becomes a router: it ties its life to the lab's and moves into namespaces of its own.</summary>
    public static int Become(int lab, IReadOnlyList<string> options)
    {
        ProcessControl.SetParentDeathSignal(ProcessControl.SignalKill);
        if (ProcessControl.ParentProcessId != lab)
        {
            return 1; // the lab was gone before the signal was armed
        }

        ProcessControl.UnshareMountsWithMemoryAt(Scratch);
        ProcessControl.UnshareNetworkAndExecve(
            SelfProgram.Path,
            [SelfProgram.Path, .. SelfProgram.LeadingArguments, "run", "--state", State, .. options]);
        return 1; // not reached: the call does not return
    }

    /// <summary>Waits until the router serves, and opens a console to it.</summary>
    public void Connect(int width)
    {
        if (!_ready.Wait(StartLimit) || _process.HasExited)
        {
            throw new IOException($"{Name} did not start; its log is above");
        }

        _client = ControlClient.Connect(Inside(State + "/control.sock"), new ControlTerminal("admin", width, 24, IsInteractive: true));
    }

    /// <summary>The network namespace of the router.</summary>
    public NetworkNamespace Namespace() => NetworkNamespace.OfProcess(_process.Id);

    /// <summary>Puts a file where the router's <c>import</c> finds it.</summary>
    public void WriteFile(string name, string content)
    {
        Directory.CreateDirectory(Inside(Files));
        File.WriteAllText(Inside(Files + "/" + name), content);
    }

    /// <summary>Stops the router as a service manager would, so that it says good-bye to its peer.</summary>
    public void Dispose()
    {
        _client?.Dispose();
        if (!_process.HasExited)
        {
            ProcessControl.Kill(_process.Id, ProcessControl.SignalTerminate);
            if (!_process.WaitForExit(StopLimit))
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private string Inside(string path) => $"/proc/{_process.Id}/root{path}";

    private void Log(string? line)
    {
        if (line is null)
        {
            _ready.Set(); // the process has closed its log: waiting on is of no use
            return;
        }

        if (line.Contains(RunCommand.ReadyMark, StringComparison.Ordinal))
        {
            _ready.Set();
        }

        _logged(line);
    }
}
