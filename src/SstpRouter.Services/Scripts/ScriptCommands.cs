using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Certificates;

namespace SstpRouter.Services.Scripts;

/// <summary><c>/execute</c>, <c>/import</c> and <c>/resolve</c>.</summary>
internal sealed class ScriptCommands
{
    private const int LargestFile = 16 * 1024 * 1024;

    // What RouterOS takes (manual, Scripting: execute).
    private const int LongestExecuted = 64 * 1024;

    private readonly Menu _root;
    private readonly GlobalVariables _globals;
    private readonly ScriptJobs _jobs;
    private readonly UserFiles _files;

    public ScriptCommands(Menu root, GlobalVariables globals, ScriptJobs jobs, UserFiles files)
    {
        _root = root;
        _globals = globals;
        _jobs = jobs;
        _files = files;
        root.Command("execute")!.Run = Execute;
        root.Command("import")!.Run = Import;
        root.Command("resolve")!.Run = Resolve;
    }

    private Value Execute(CommandInvocation invocation)
    {
        string source = invocation["script"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) script");
        if (source.Length > LongestExecuted)
        {
            throw ScriptError.Failure("script is longer than 64 kB");
        }

        string? file = invocation["file"]?.ToText();
        bool isAwaited = invocation.Has("as-string");
        var output = new LimitedText();
        using var ended = new ManualResetEventSlim();
        var job = new ScriptJob
        {
            Type = "execute",
            Name = "execute",
            Owner = invocation.Session.UserName,
            Policies = invocation.Session.Policies,
            Source = source,
            Output = isAwaited || file is not null ? output : TextWriter.Null,
        };
        if (file is not null)
        {
            job = job with { Ended = _ => _files.Write(file.Contains('.') ? file : file + ".txt", Encoding.UTF8.GetBytes(output.ToString())) };
        }

        if (!isAwaited)
        {
            return _jobs.Start(job) is { } id ? new IdValue(id) : throw ScriptError.Failure("too many scripts run already");
        }

        Action<ScriptError?> keep = job.Ended;
        ulong started = _jobs.Start(job with
        {
            Ended = error =>
            {
                keep(error);
                ended.Set();
            },
        }) ?? throw ScriptError.Failure("too many scripts run already");
        if (WaitHandle.WaitAny([ended.WaitHandle, invocation.Session.Cancellation.WaitHandle]) == 1)
        {
            _jobs.TryRemove(started);
            ended.Wait();
        }

        return Value.Of(output.ToString());
    }

    private Value Import(CommandInvocation invocation)
    {
        string name = invocation["file-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) file-name");
        string text = FromLine(Encoding.UTF8.GetString(_files.Read(name, LargestFile)), invocation["from-line"]);
        bool isLoud = invocation.Has("verbose");
        var interpreter = new Interpreter(_root, new ScriptSession(name, invocation.Session), _globals);
        TextWriter output = invocation.Session.Output;
        if (invocation.Has("dry-run"))
        {
            if (!isLoud)
            {
                throw ScriptError.Failure("dry-run works together with verbose=yes only");
            }

            IReadOnlyList<ScriptError> errors = interpreter.Check(text, Say);
            foreach (ScriptError error in errors)
            {
                output.Write(error.Message + "\n");
            }

            output.Write(errors.Count == 0
                ? "No syntax errors found in the import file\n"
                : throw new ScriptError(string.Create(CultureInfo.InvariantCulture, $"Script Error: found {errors.Count} error(s) in import file")));
            return Value.Nothing;
        }

        try
        {
            if (isLoud)
            {
                interpreter.RunAloud(text, Say);
            }
            else
            {
                interpreter.Run(text);
            }
        }
        catch (ScriptError error) when (!invocation.Session.Cancellation.IsCancellationRequested)
        {
            throw new ScriptError(error.InScript);
        }

        output.Write("\nScript file loaded and executed successfully\n");
        return Value.Nothing;

        void Say(int line, string command) => output.Write(string.Create(CultureInfo.InvariantCulture, $"#line {line}\n{command}\n"));
    }

    /// <summary>The text with all lines before one left out, in a way that errors still name the lines of the file.</summary>
    private static string FromLine(string text, Value? line)
    {
        if (line is null)
        {
            return text;
        }

        if (!int.TryParse(line.ToText(), NumberStyles.None, CultureInfo.InvariantCulture, out int first) || first < 1)
        {
            throw new ScriptError("value of from-line out of range (1..4294967295)");
        }

        int start = 0;
        for (int i = 1; i < first && start < text.Length; i++)
        {
            int end = text.IndexOf('\n', start);
            start = end < 0 ? text.Length : end + 1;
        }

        return new string('\n', Math.Min(first - 1, text.Length)) + text[start..];
    }

    private static AddressValue Resolve(CommandInvocation invocation)
    {
        string name = invocation["domain-name"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) domain-name");
        string type = invocation["type"]?.ToText() ?? "";
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            return new AddressValue(address);
        }

        if (!"ipv4".StartsWith(type, StringComparison.Ordinal) && type != "ipv6")
        {
            throw new ScriptError("input does not match any value of type");
        }

        AddressFamily family = type == "ipv6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        try
        {
            Task<IPAddress[]> answer = Dns.GetHostAddressesAsync(name, family, invocation.Session.Cancellation);
            return answer.GetAwaiter().GetResult() is [var first, ..]
                ? new AddressValue(first)
                : throw ScriptError.Failure("dns name exists, but no appropriate record");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw ScriptError.Failure(exception is SocketException { SocketErrorCode: SocketError.TryAgain }
                ? "could not get answer from dns server"
                : "dns name does not exist");
        }
    }

    /// <summary>Text that a script writes, up to what a value can hold.</summary>
    private sealed class LimitedText : StringWriter
    {
        private const int Longest = 4 * 1024 * 1024;

        public LimitedText()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override void Write(string? value)
        {
            if (GetStringBuilder().Length + (value?.Length ?? 0) > Longest)
            {
                throw new ScriptError("output is too long");
            }

            base.Write(value);
        }
    }
}
