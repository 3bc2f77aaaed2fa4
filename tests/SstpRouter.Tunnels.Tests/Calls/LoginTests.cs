using SstpRouter.Ppp;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>Who gets in, and what both sides say of those who do not.</summary>
public sealed class LoginTests
{
    [RootTheory]
    [InlineData(PppAuthenticationMethods.Pap)]
    [InlineData(PppAuthenticationMethods.Chap)]
    [InlineData(PppAuthenticationMethods.MsChap1)]
    [InlineData(PppAuthenticationMethods.MsChap2)]
    public void Each_method_alone_brings_the_tunnel_up(PppAuthenticationMethods method)
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { Methods = method });
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await(": connected");

        Assert.Equal(method, Assert.Single(doorman.Attempts).Method);
        int warnings = method == PppAuthenticationMethods.Pap ? 1 : 0;
        Assert.Equal(warnings, wire.Branch.Log.Count("the password went by PAP to a server that was not verified"));
        Assert.Equal(warnings, wire.Office.Log.Count("the password came by PAP over anonymous TLS"));
    }

    [RootFact]
    public void The_strongest_method_of_all_is_taken()
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        wire.Branch.AwaitUp(wire.Branch.Dial(Site.Dialling(Wire.OfficeHost)));

        Assert.Equal(PppAuthenticationMethods.MsChap2, Assert.Single(doorman.Attempts).Method);
    }

    [RootTheory]
    [InlineData(PppAuthenticationMethods.Pap)]
    [InlineData(PppAuthenticationMethods.Chap)]
    [InlineData(PppAuthenticationMethods.MsChap1)]
    [InlineData(PppAuthenticationMethods.MsChap2)]
    public void A_wrong_password_never_comes_up_and_is_tried_again_later(PppAuthenticationMethods method) =>
        Refused(options => options with { Password = "WeakPass", Methods = method }, "wrong password");

    [RootFact]
    public void An_unknown_user_never_comes_up_and_is_tried_again_later() =>
        Refused(options => options with { User = "nobody" }, "unknown user");

    [RootFact]
    public void Without_a_common_method_nothing_is_asked_of_anybody()
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman, Site.Listening() with { Methods = PppAuthenticationMethods.MsChap2 });
        SstpDialler dialler = wire.Branch.Dial(
            Site.Dialling(Wire.OfficeHost) with { Methods = PppAuthenticationMethods.Pap | PppAuthenticationMethods.Chap });
        wire.Branch.Log.Await("terminating... - failed to authenticate ourselves to peer");
        wire.Branch.Log.Await("initializing...", 2);

        Assert.Empty(doorman.Attempts);
        Assert.False(dialler.State.IsRunning);
        Assert.Equal("failed to authenticate ourselves to peer", dialler.State.LastReason);
        wire.Office.Log.Await("<sstp-0>: terminating... - failed to authenticate");
    }

    [RootFact]
    public void A_name_with_control_characters_cannot_forge_a_log_line()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { User = "x\nuser root logged in" });
        wire.Office.Log.Await("user x\\0Auser root logged in authentication failed");

        Assert.DoesNotContain(wire.Office.Log.Entries, entry => entry.Text.Any(char.IsControl));
    }

    [RootFact]
    public void Passwords_never_reach_the_log()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        wire.Branch.AwaitUp(wire.Branch.Dial(
            Site.Dialling(Wire.OfficeHost) with { Methods = PppAuthenticationMethods.Pap }));

        Assert.True(wire.Branch.Log.Has("sent PAP AuthReq"), wire.Branch.Log.ToString());
        Assert.False(wire.Branch.Log.Has(Doorman.Password));
        Assert.False(wire.Office.Log.Has(Doorman.Password));
    }

    private static void Refused(Func<DialOptions, DialOptions> wish, string reason)
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        DialOptions options = wish(Site.Dialling(Wire.OfficeHost));
        SstpDialler dialler = wire.Branch.Dial(options);
        wire.Branch.Log.Await("terminating... - failed to authenticate ourselves to peer");
        wire.Branch.Log.Await("disconnected");
        wire.Branch.Log.Await("initializing...", 2);
        wire.Office.Log.Await($"<sstp-0>: user {options.User} authentication failed");
        wire.Office.Log.Await("<sstp-0>: disconnected");

        Assert.True(wire.Office.Log.Has(reason));
        Assert.True(wire.Office.Log.Has("<sstp-0>: terminating... - failed to authenticate"));
        Assert.Equal("failed to authenticate ourselves to peer", dialler.State.LastReason);
        Assert.False(wire.Branch.Log.Has(": connected"), wire.Branch.Log.ToString());
        Assert.Empty(doorman.LoggedInCalls);
        Assert.Empty(doorman.EndedCalls);
        Assert.Empty(wire.Office.TunnelLinks);
        Assert.Empty(wire.Branch.TunnelLinks);
    }
}
