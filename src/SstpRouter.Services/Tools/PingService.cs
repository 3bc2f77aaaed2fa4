using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Interfaces;

namespace SstpRouter.Services.Tools;

/// <summary><c>/ping</c>: one echo request after the other, a line for each, and a summary.</summary>
internal sealed class PingService
{
    private const int DefaultSize = 56;
    private const int DefaultTtl = 64;
    private const int AnswerLimit = 1_000;

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);

    private readonly KernelInterfaces _kernel;

    public PingService(Menu root, KernelInterfaces kernel)
    {
        _kernel = kernel;
        root.Command("ping")!.Run = Run;
    }

    private Value Run(CommandInvocation invocation)
    {
        string host = invocation["address"]?.ToText() ?? throw new ScriptError("missing value(s) of argument(s) address");
        IPAddress address = Resolve(host);
        long count = Number(invocation, "count", long.MaxValue, 1, long.MaxValue);
        int smallest = address.AddressFamily == AddressFamily.InterNetwork ? 28 : 48;
        int size = (int)Number(invocation, "size", Math.Max(DefaultSize, smallest), smallest, Pinger.MaximumSize);
        byte ttl = (byte)Number(invocation, "ttl", DefaultTtl, 1, 255);
        using Pinger pinger = Open(invocation, address.AddressFamily);
        bool isAsValue = invocation.Has("as-value");
        bool mayFragment = !invocation.Has("do-not-fragment");
        var screen = new PingScreen(isAsValue ? null : invocation.Session.Output);
        TimeSpan interval = Interval(invocation);
        for (long sent = 0; sent < count && !invocation.Session.Cancellation.IsCancellationRequested; sent++)
        {
            long started = MonotonicClock.Milliseconds;
            One(pinger, screen, address, (ushort)sent, size, ttl, mayFragment);
            if (sent + 1 < count && Wait(invocation, interval, started))
            {
                break;
            }
        }

        screen.Summary();
        return isAsValue ? LiveScreen.Returned(invocation, screen.Answers) : Value.Of(screen.Received);
    }

    private static void One(Pinger pinger, PingScreen screen, IPAddress address, ushort sequence, int size, byte ttl, bool mayFragment)
    {
        PingStatus refused = pinger.Send(address, sequence, size, ttl, doNotFragment: !mayFragment);
        if (refused != PingStatus.Ok)
        {
            screen.Failed(sequence, address, refused);
            return;
        }

        long limit = MonotonicClock.Milliseconds + AnswerLimit;
        for (long left = AnswerLimit; left > 0; left = limit - MonotonicClock.Milliseconds)
        {
            if (pinger.Receive((int)left) is { } reply && reply.Sequence == sequence)
            {
                screen.Answered(reply);
                return;
            }
        }

        screen.TimedOut(sequence, address);
    }

    private static bool Wait(CommandInvocation invocation, TimeSpan interval, long started)
    {
        double left = interval.TotalMilliseconds - (MonotonicClock.Milliseconds - started);
        return left > 0 && invocation.Session.Cancellation.WaitHandle.WaitOne((int)left);
    }

    private static IPAddress Resolve(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return literal;
        }

        try
        {
            return Dns.GetHostAddresses(host) is [IPAddress first, ..] ? first : throw new SocketException();
        }
        catch (SocketException)
        {
            throw new ScriptError("invalid value for argument address:\n    while resolving ip-address: could not get answer from dns server");
        }
    }

    private static TimeSpan Interval(CommandInvocation invocation) => invocation["interval"] switch
    {
        null => DefaultInterval,
        var given when Types.Time.Parse(given, "interval", EmptyScope.Instance) is TimeValue { Span: var span } && span >= TimeSpan.FromMilliseconds(10) && span <= TimeSpan.FromSeconds(5) => span,
        _ => throw new ScriptError("value of interval out of range (10ms..5s)"),
    };

    private static long Number(CommandInvocation invocation, string name, long otherwise, long least, long most) =>
        invocation[name] is { } given && Types.Number(least, most).Parse(given, name, EmptyScope.Instance) is NumberValue number ? number.Number : otherwise;

    private Pinger Open(CommandInvocation invocation, AddressFamily family)
    {
        IPAddress? source = invocation["src-address"] is { } given
            ? IPAddress.TryParse(given.ToText(), out IPAddress? parsed) ? parsed : throw new ScriptError("invalid value for argument src-address")
            : null;
        int? index = invocation["interface"] is { } name
            ? _kernel.Find(name.ToText())?.Index ?? throw new ScriptError("input does not match any value of interface")
            : null;
        try
        {
            return Pinger.Open(family, source, index);
        }
        catch (LinuxException exception)
        {
            throw ScriptError.Failure(exception.Message);
        }
    }

    private sealed class EmptyScope : IReferenceScope
    {
        public static readonly EmptyScope Instance = new();

        public IEnumerable<string> NamesOf(string menuPath) => [];
    }
}
