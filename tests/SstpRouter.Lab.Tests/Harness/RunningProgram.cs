using System.Diagnostics;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>What a program left behind when it ended.</summary>
internal sealed record Finished(int Status, string Output, string Error);

/// <summary>A program that a test started, and the lines that it has written so far.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly string _name;
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly System.Text.StringBuilder _output = new();
    private readonly System.Text.StringBuilder _error = new();

    /// <summary>Takes over a process that was started with <see cref="StartInfo"/>.</summary>
    public RunningProgram(string name, Process process)
    {
        _name = name;
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data, _output);
        process.ErrorDataReceived += (_, line) => Take(line.Data, _error);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Where the test writes what the program reads.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>All lines so far, of both streams.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public static ProcessStartInfo StartInfo(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // a managed program would leave its pipes in the temporary directory
        return start;
    }

    /// <summary>Runs the program under test to its end, in the test's own namespace.</summary>
    public static Finished Router(IEnumerable<string> arguments, string input = "") => ToEnd(StartInfo(RouterBinary.Path, arguments), input);

    /// <summary>Runs a program to its end.</summary>
    public static Finished ToEnd(ProcessStartInfo start, string input = "")
    {
        using var program = new RunningProgram(Path.GetFileName(start.FileName), Process.Start(start)!);
        program.Input.Write(input);
        program.Input.Close();
        return program.WaitForEnd();
    }

    /// <summary>Waits until lines that hold the text have been written so many times.</summary>
    public void WaitForLine(string text, int count = 1) => Await.Until(
        () => Count(text) >= count,
        () => $"{_name} did not write \"{text}\" {count} time(s), but:\n{string.Join('\n', Lines)}");

    /// <summary>How many lines hold the text.</summary>
    public int Count(string text) => Lines.Count(l => l.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for the end; its output has been read to the last byte then.</summary>
    public Finished WaitForEnd()
    {
        if (!_process.WaitForExit(Await.Limit))
        {
            Assert.Fail($"{_name} did not end; it wrote:\n{string.Join('\n', Lines)}");
        }

        _process.WaitForExit(); // the one with a limit does not wait for the output
        lock (_lines)
        {
            return new Finished(_process.ExitCode, _output.ToString(), _error.ToString());
        }
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int number) => ProcessControl.Kill(_process.Id, number);

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    public Finished Terminate()
    {
        Signal(ProcessControl.SignalTerminate);
        return WaitForEnd();
    }

    /// <summary>Sends SIGKILL and waits for the end.</summary>
    public void Kill()
    {
        Signal(ProcessControl.SignalKill);
        WaitForEnd();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Take(string? line, System.Text.StringBuilder stream)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
            stream.Append(line).Append('\n');
        }
    }
}
