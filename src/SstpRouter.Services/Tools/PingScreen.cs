using System.Globalization;
using System.Net;
using SstpRouter.Linux;

namespace SstpRouter.Services.Tools;

/// <summary>The lines of <c>/ping</c> and what they add up to.</summary>
internal sealed class PingScreen(TextWriter output)
{
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
        Line(reply.Sequence, reply.From, Number(reply.Size), Number(reply.Ttl), Time(reply.RoundTripMicroseconds), "");
    }

    public void Failed(int sequence, IPAddress from, PingStatus status) => Line(sequence, from, "", "", "", Words(status));

    public void TimedOut(int sequence, IPAddress address) => Line(sequence, address, "", "", "", "timeout");

    public void Summary()
    {
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

    private void Line(int sequence, IPAddress host, string size, string ttl, string time, string status)
    {
        if (_sent++ == 0)
        {
            output.Write("  SEQ HOST                                     SIZE TTL TIME       STATUS\n");
        }

        output.Write($"{sequence,5} {host,-40} {size,4} {ttl,3} {time,-10} {status}".TrimEnd() + "\n");
        output.Flush();
    }
}
