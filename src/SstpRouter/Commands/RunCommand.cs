using System.Runtime.InteropServices;
using SstpRouter.Certificates;
using SstpRouter.Control;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;
using SstpRouter.Services;
using SstpRouter.Tunnels.Recording;

namespace SstpRouter.Commands;

/// <summary><c>run</c>: the router, from start to a clean stop.</summary>
internal static class RunCommand
{
    /// <summary>What a router writes on stderr once it serves: others wait for this line.</summary>
    public const string ReadyMark = "router is ready";

    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(5);

    public static int Run(Options options)
    {
        options.RequireNoWords();
        ProcessControl.ForbidCoreDumps();
        string state = StatePaths.Of(options);
        int workers = Workers(options);
        ProcessControl.RaiseDescriptorLimit(); // two for each tunnel
        var log = new RouterLog(TimeProvider.System) { IncludesDebug = options.Has("--debug") };
        log.Written += static line => System.Console.Error.WriteLine(line);
        using RecordingDirectory? recordings = options["--record"] is { } directory
            ? new RecordingDirectory(directory, text => log.Write("system,error", text))
            : null;
        Menu root = RouterMenus.Build();
        using ConfigurationStore store = ConfigurationStore.Open(state, root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);
        LogRows.Attach(root, log);
        using var stop = new ManualResetEventSlim();
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, stop);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, stop);
        log.Write("system,info", VersionText.Line.TrimEnd() + " started");
        if (recordings is not null)
        {
            log.Write("system,info", $"tunnels are recorded into {recordings.Path}");
        }

        foreach (StoreNotice notice in store.Notices)
        {
            log.Write("system,warning", notice.ToString());
        }

        using var services = new RouterServices(root, store, log, Certificates(options, state), workers, recordings, VersionText.BuiltAt);
        services.WhenSettled(SpareMemory.GiveBack);
        ImportOnce(options, store, log);
        using var control = new ControlServer(StatePaths.ControlSocket(state), new ControlServerOptions
        {
            Root = root,
            Globals = services.Globals,
            Identity = () => store.Current.Settings(root.Find("system/identity")!)["name"]!.ToText(),
            Account = text => log.Write("system,info,account", text),
            Trouble = text => log.Write("system,error", text),
            References = () => store.References,
            SafeMode = services.SafeMode,
            Accounts = services.Accounts,
            HistoryDirectory = StatePaths.ConsoleHistory(state),
            Log = log,
        });
        services.StartScheduler();
        SpareMemory.GiveBackAfterStart();
        log.Write("system,info", ReadyMark);
        stop.Wait();
        log.Write("system,info", "router is stopping");
        services.Stop(FarewellLimit);
        return 0;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, ManualResetEventSlim stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Set();
    });

    private static CertificateDirectory Certificates(Options options, string state) => new(
        StatePaths.Certificates(state),
        new DeviceKeyFile(options["--device-key"] ?? StatePaths.DeviceKey, isRequired: options["--device-key"] is not null));

    private static int Workers(Options options) => options["--workers"] is not { } given
        ? Environment.ProcessorCount
        : int.TryParse(given, out int count) && count is >= 1 and <= 64
            ? count
            : throw new MisuseException("--workers takes a number, 1..64");

    private static void ImportOnce(Options options, ConfigurationStore store, RouterLog log)
    {
        if (options["--config"] is not { } file)
        {
            return;
        }

        if (!store.IsEmpty)
        {
            log.Write("system,info", $"{file} is not read: the state holds a configuration already");
            return;
        }

        var session = new Session("config", TextWriter.Null);
        LoadReport report = store.Import(Path.GetFileName(file), File.ReadAllText(file), session);
        foreach (string line in report.Lines())
        {
            log.Write("system,warning", line);
        }

        log.Write(report.Count == 0 ? "system,info" : "system,warning", report.Summary());
    }
}
