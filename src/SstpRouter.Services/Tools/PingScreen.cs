using System.Globalization;
using System.Net;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Tools;

/// <summary>The lines of <c>/ping</c> and what they add up to.</summary>
/// <param name="output">Where the lines go; null where only the answers are wanted.</param>
internal sealed class PingScreen(TextWriter? output)
{
    private readonly List<LiveValue[]> _answers = [];
    private long _sent;
    private long _least = long.MaxValue;
    private long _most;
    private long _sum;

    public long Received { get; private set; }

    public void Answered(PingReply reply)
    {
        if (reply.Status != PingStatus.Ok)
        {
            Failed(reply.Sequence, reply.From, reply.Status);
            return;
        }

        Received++;
        _least = Math.Min(_least, reply.RoundTripMicroseconds);
        _most = Math.Max(_most, reply.RoundTripMicroseconds);
        _sum += reply.RoundTripMicroseconds;
        Line(
            reply.Sequence,
            reply.From,
            new("size", Value.Of(reply.Size), Number(reply.Size)),
            new("ttl", Value.Of(reply.Ttl), Number(reply.Ttl)),
            new("time", new TimeValue(TimeSpan.FromMicroseconds(reply.RoundTripMicroseconds)), Time(reply.RoundTripMicroseconds)));
    }

    public void Failed(int sequence, IPAddress from, PingStatus status) => Line(sequence, from, LiveValue.Of("status", Words(status)));

    public void TimedOut(int sequence, IPAddress address) => Line(sequence, address, LiveValue.Of("status", "timeout"));

    /// <summary>The answers, where only they are wanted.</summary>
    public IReadOnlyList<LiveValue[]> Answers => _answers;

    public void Summary()
    {
        if (output is null)
        {
            return;
        }

        long loss = _sent == 0 ? 0 : (_sent - Received) * 100 / _sent;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"    sent={_sent} received={Received} packet-loss={loss}%"));
        if (Received > 0)
        {
            output.Write($" min-rtt={Time(_least)} avg-rtt={Time(_sum / Received)} max-rtt={Time(_most)}");
        }

        output.Write('\n');
        output.Flush();
    }

    /// <summary>Milliseconds, and microseconds behind them: <c>13ms594us</c>, <c>594us</c>.</summary>
    private static string Time(long microseconds)
    {
        string milliseconds = microseconds >= 1000 ? Number(microseconds / 1000) + "ms" : "";
        return milliseconds + Number(microseconds % 1000) + "us";
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Words(PingStatus status) => status switch
    {
        PingStatus.NoRoute => "no route to host",
        PingStatus.NetworkUnreachable => "net unreachable",
        PingStatus.TtlExceeded => "TTL exceeded",
        PingStatus.PacketTooLarge => "packet too large",
        PingStatus.Prohibited => "packet rejected",
        _ => "host unreachable",
    };

    private void Line(int sequence, IPAddress host, params LiveValue[] cells)
    {
        if (_sent++ == 0)
        {
            output?.Write("  SEQ HOST                                     SIZE TTL TIME       STATUS\n");
        }

        if (output is null)
        {
            _answers.Add([new("seq", Value.Of(sequence), ""), new("host", new AddressValue(host), ""), .. cells]);
            return;
        }

        string Cell(string name) => Array.Find(cells, c => c.Name == name).Text ?? "";
        output.Write($"{sequence,5} {host,-40} {Cell("size"),4} {Cell("ttl"),3} {Cell("time"),-10} {Cell("status")}".TrimEnd() + "\n");
        output.Flush();
    }
}
