using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using SstpRouter.Fuzzing;
using SstpRouter.Ppp.Negotiation;

namespace SstpRouter.Ppp.Tests.Session;

/// <summary>Whatever comes in, a session neither throws nor loops nor grows.</summary>
public sealed class FuzzTests
{
    private const int MostOutputsPerCall = 16;

    private const int FramesPerSession = 150;

    // A session needs many frames to get anywhere: a change runs more of them than of other executions.
    private static readonly int Frames = Math.Max(Fuzz.Executions, 45_000);

    private static readonly ushort[] Protocols =
    [
        PppFrame.Lcp, PppFrame.Pap, PppFrame.Chap, PppFrame.Ipcp, PppFrame.Ipv6cp, 0x80FD, 0xC227, PppFrame.Ipv4, 0x003D,
    ];

    [Fact]
    public void Random_bytes_do_no_harm() => Prop
        .ForAll(
            ArbMap.Default.ArbFor<byte[][]>(),
            frames =>
            {
                foreach (PppRole role in Enum.GetValues<PppRole>())
                {
                    var victim = new Victim(role, seed: 1);
                    foreach (byte[] frame in frames)
                    {
                        victim.Hear(frame);
                    }
                }
            })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Random_packets_of_every_protocol_do_no_harm()
    {
        int done = 0;
        long start = Stopwatch.GetTimestamp();
        for (int seed = 0; done < Frames; seed++)
        {
            var dice = new Random(seed);
            var victim = new Victim((PppRole)(seed & 1), seed);
            for (int i = 0; i < FramesPerSession && !victim.IsClosed; i++, done++)
            {
                var data = new byte[dice.Next(40)];
                dice.NextBytes(data);
                byte[] frame = ControlPacket.BuildFrame(
                    Protocols[dice.Next(Protocols.Length)],
                    (byte)dice.Next(16),
                    (byte)dice.Next(4),
                    data);
                victim.Hear(frame);
                victim.Sleep(dice.Next(2000));
            }
        }

        Fuzz.Report("ppp-session-random", done, Stopwatch.GetElapsedTime(start));
    }

    [Fact]
    public void A_mutated_conversation_does_no_harm()
    {
        int done = 0;
        long start = Stopwatch.GetTimestamp();
        for (int seed = 0; done < Frames; seed++)
        {
            var dice = new Random(seed);
            var client = new Victim(PppRole.Client, seed);
            var server = new Victim(PppRole.Server, seed + 1);
            for (int step = 0; step < 60 && !(client.IsClosed && server.IsClosed); step++)
            {
                Exchange(client, server, dice);
                Exchange(server, client, dice);
                int pause = dice.Next(3000);
                client.Sleep(pause);
                server.Sleep(pause);
            }

            done += client.Heard + server.Heard;
        }

        Fuzz.Report("ppp-session-mutated", done, Stopwatch.GetElapsedTime(start));
    }

    private static void Exchange(Victim from, Victim to, Random dice)
    {
        foreach (byte[] frame in from.TakeFrames())
        {
            byte[] sent = [.. frame];
            switch (dice.Next(6))
            {
                case 0:
                    sent[dice.Next(sent.Length)] ^= (byte)(1 << dice.Next(8));
                    break;
                case 1:
                    sent = sent[..dice.Next(sent.Length)];
                    break;
                case 2:
                    to.Hear(sent);
                    break;
            }

            to.Hear(sent);
        }
    }

    private sealed class Victim
    {
        private readonly PppSession _session;
        private readonly List<byte[]> _frames = [];
        private long _now;

        internal Victim(PppRole role, int seed)
        {
            _session = new PppSession(
                new PppSessionOptions { Role = role, UserName = "u", Password = "p", RequestDns = true },
                new Random(seed).NextBytes);
            _session.Start(0);
            Drain();
        }

        internal bool IsClosed { get; private set; }

        /// <summary>Frames heard while there was something to hear them.</summary>
        internal int Heard { get; private set; }

        internal void Hear(byte[] frame)
        {
            Heard += IsClosed ? 0 : 1;
            _session.Receive(frame, _now);
            Drain();
        }

        internal void Sleep(long pause)
        {
            long until = _now + pause;
            for (int wakes = 0; _session.NextDeadline <= until; wakes++)
            {
                Assert.True(wakes < 100, "a timer does not come to rest");
                Assert.True(_session.NextDeadline > _now, "a deadline must lie ahead");
                _now = _session.NextDeadline;
                _session.Tick(_now);
                Drain();
            }

            _now = until;
        }

        internal byte[][] TakeFrames()
        {
            byte[][] frames = [.. _frames];
            _frames.Clear();
            return frames;
        }

        private void Drain()
        {
            int count = 0;
            while (_session.TryTake(out PppOutput? output))
            {
                Assert.False(IsClosed, "something came after Closed");
                Assert.True(++count <= MostOutputsPerCall, "too many outputs for one input");
                switch (output)
                {
                    case PppOutput.Frame frame:
                        Assert.True(frame.Bytes.Length <= PppFrame.HeaderLength + 4096);
                        _frames.Add(frame.Bytes);
                        break;
                    case PppOutput.AuthenticationRequested asked when asked.Attempt.Verify("p") is { } proof:
                        _session.Grant(new PppGrant { Proof = proof }, _now);
                        break;
                    case PppOutput.AuthenticationRequested:
                        _session.Deny(_now);
                        break;
                    case PppOutput.Closed:
                        IsClosed = true;
                        break;
                }
            }
        }
    }
}
