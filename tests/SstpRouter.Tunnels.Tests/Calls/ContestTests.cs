using System.Net;
using SstpRouter.Ppp;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>A login that an older call stands in the way of: the older one is asked for a sign of life.</summary>
public sealed class ContestTests
{
    [RootFact]
    public void A_call_that_gives_no_sign_of_life_is_ended_before_the_new_one_is_decided()
    {
        using Site site = new();
        OnePlace place = new();
        site.Listen(place);
        using ScriptedCaller dead = new(site);
        Enter(site, dead, place);

        // It says nothing from here on, and its connection stands.
        SstpDialler dialler = site.Dial();
        site.AwaitUp(dialler);

        site.Log.Await("<sstp-MT-User-1>: terminating... - replaced");
        site.Log.Await("<sstp-MT-User-1>: the same user logs in anew, and this session gave no sign of life when asked");
        Assert.Equal(TunnelEnd.Replaced, Assert.Single(place.Doorman.EndedCalls).End);
        Assert.Equal(1, place.EndedWhenDecided);
        Assert.True(site.Log.Has("<sstp-MT-User-1>: sent SSTP ECHO_REQUEST") && site.Log.Has("<sstp-MT-User-1>: sent LCP EchoReq"), site.Log.ToString());
    }

    [RootFact]
    public void A_call_that_lives_keeps_its_place()
    {
        using Wire wire = new();
        OnePlace place = new();
        wire.Office.Listen(place);
        SstpDialler first = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.AwaitUp(first);
        wire.Office.Log.Await(": connected");

        wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { Interface = new InterfaceName("sstp-out2", "sstp-out2", null) });

        wire.Branch.Log.Await("sstp-out2: terminating... - failed to authenticate ourselves to peer");
        Assert.True(first.State.IsRunning);
        Assert.Equal(0, place.EndedWhenDecided);
        Assert.False(wire.Branch.Log.Has("sstp-out1: terminating"), wire.Branch.Log.ToString());
    }

    [RootFact]
    public void Several_that_want_one_place_are_decided_one_after_the_other()
    {
        using Site site = new();
        OnePlace place = new();
        site.Listen(place);
        using ScriptedCaller dead = new(site);
        Enter(site, dead, place);

        SstpDialler one = site.Dial();
        SstpDialler other = site.Dial(Site.Dialling() with { Interface = new InterfaceName("sstp-out2", "sstp-out2", null) });

        Await.True(() => one.State.IsRunning != other.State.IsRunning && site.Log.Has("failed to authenticate"), "one is in", site.Log);
        Assert.Equal(TunnelEnd.Replaced, Assert.Single(place.Doorman.EndedCalls, c => c.End == TunnelEnd.Replaced).End);
    }

    [RootFact]
    public void A_caller_who_has_gone_when_it_is_decided_is_not_admitted()
    {
        using Site site = new();
        OnePlace place = new();
        SstpListener listener = site.Listen(place);
        using ScriptedCaller dead = new(site);
        Enter(site, dead, place);
        using (ScriptedCaller hasty = new(site))
        {
            hasty.Start();
            hasty.Run(() => place.Contests == 1, "the login is contested", site.Log);
        }

        site.Log.Await("<sstp-MT-User-1>: disconnected");
        Await.True(() => listener.Calls.Count == 0, "nobody is left", site.Log);

        Assert.Equal(1, place.Doorman.Admitted);
        Assert.Single(place.Doorman.EndedCalls);
    }

    [RootFact]
    public void A_call_that_is_being_aborted_gives_way_at_once_and_keeps_its_reason()
    {
        using Site site = new();
        OnePlace place = new();
        site.Listen(place);
        using ScriptedCaller aborted = new(site);
        Enter(site, aborted, place);
        aborted.Send([0x10, 0x01, 0x00, 0x08, 0x00, 0x0A, 0x00, 0x00]); // a message of a type that there is none of

        // It never answers the abort, for which the server would wait three seconds.
        site.Log.Await("<sstp-MT-User-1>: sent SSTP CALL_ABORT");
        site.AwaitUp(site.Dial());

        Assert.Equal("malformed-message", Assert.Single(place.Doorman.EndedCalls).End!.Name);
        Assert.Equal(1, place.EndedWhenDecided);
    }

    private static void Enter(Site site, ScriptedCaller caller, OnePlace place)
    {
        caller.Start();
        caller.Run(() => !place.Doorman.ConnectedCalls.IsEmpty, "the first is in", site.Log);
    }

    /// <summary>Lets one caller in at a time.</summary>
    private sealed class OnePlace : ICallAdmission
    {
        private readonly Lock _gate = new();
        private int _contests;
        private int _inside;

        public Doorman Doorman { get; } = new();

        public int Contests => Volatile.Read(ref _contests);

        /// <summary>How many calls had ended when the last contest was decided.</summary>
        public int EndedWhenDecided { get; private set; }

        public AdmissionDecision Admit(IPEndPoint peer, PppAuthenticationAttempt attempt)
        {
            lock (_gate)
            {
                if (_inside == 0)
                {
                    return Enter(peer, attempt);
                }

                Interlocked.Increment(ref _contests);
                string[] inside = [.. Doorman.ConnectedCalls.Except(Doorman.EndedCalls).Select(call => call.InterfaceName)];
                return new AdmissionDecision.Contested(inside, () => Decide(peer, attempt));
            }
        }

        public PppAuthenticationProof? AdmitAgain(IPEndPoint peer, PppAuthenticationAttempt attempt) => Doorman.AdmitAgain(peer, attempt);

        public void LoggedIn(ServerCall call) => Doorman.LoggedIn(call);

        public void Connected(ServerCall call) => Doorman.Connected(call);

        public void Ended(ServerCall call)
        {
            lock (_gate)
            {
                _inside--;
                Doorman.Ended(call);
            }
        }

        private AdmissionDecision Decide(IPEndPoint peer, PppAuthenticationAttempt attempt)
        {
            lock (_gate)
            {
                EndedWhenDecided = Doorman.EndedCalls.Count;
                return _inside == 0 ? Enter(peer, attempt) : new AdmissionDecision.Denied("somebody is in");
            }
        }

        private AdmissionDecision Enter(IPEndPoint peer, PppAuthenticationAttempt attempt)
        {
            _inside++;
            return Doorman.Admit(peer, attempt);
        }
    }
}
