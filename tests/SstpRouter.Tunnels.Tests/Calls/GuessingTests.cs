using System.Diagnostics;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>Who tries one password after the other is held up, and nobody else is.</summary>
public sealed class GuessingTests
{
    private const string Answered = "terminating... - failed to authenticate";

    [RootFact]
    public void The_third_wrong_password_is_answered_late_and_a_right_one_meanwhile_at_once()
    {
        using Site site = new();
        Doorman doorman = new();
        SstpListener listener = site.Listen(doorman);
        MakeTwoMistakes(site, doorman);

        long asked = Stopwatch.GetTimestamp();
        using ScriptedCaller third = Guess(site, doorman, 3);
        SstpDialler good = site.Dial();
        site.AwaitUp(good);

        // Were the right one held up as well, the wrong one, which came first, would have its answer by now.
        TimeSpan up = Stopwatch.GetElapsedTime(asked);
        Assert.True(up.TotalMilliseconds >= FailedLogins.Delay || !site.Log.Has($"<sstp-2>: {Answered}"), site.Log.ToString());
        third.Run(() => site.Log.Has($"<sstp-2>: {Answered}"), "the third is told", site.Log);
        Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalMilliseconds, FailedLogins.Delay - 10, double.MaxValue);
        third.Dispose();
        Await.True(() => listener.PlacesHeld == 0, "the places are free again", site.Log);
    }

    [RootFact]
    public void Who_hangs_up_before_the_answer_keeps_his_place_until_it_is_due()
    {
        using Site site = new();
        Doorman doorman = new();
        SstpListener listener = site.Listen(doorman);
        MakeTwoMistakes(site, doorman);
        Await.True(() => listener.PlacesHeld == 0, "the first two are over", site.Log);

        long asked = Stopwatch.GetTimestamp();
        Guess(site, doorman, 3).Dispose();
        site.Log.Await("<sstp-2>: disconnected");
        Assert.True(listener.PlacesHeld == 1 || Stopwatch.GetElapsedTime(asked).TotalMilliseconds >= FailedLogins.Delay);
        Await.True(() => listener.PlacesHeld == 0, "the place is free again", site.Log);

        Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalMilliseconds, FailedLogins.Delay - 10, double.MaxValue);
    }

    private static void MakeTwoMistakes(Site site, Doorman doorman)
    {
        for (int guess = 1; guess <= 2; guess++)
        {
            using ScriptedCaller caller = Guess(site, doorman, guess);
            caller.Run(() => site.Log.Count(Answered) == guess, "the guess is answered", site.Log);
        }
    }

    /// <summary>Calls with a wrong password and goes on until it was looked at.</summary>
    private static ScriptedCaller Guess(Site site, Doorman doorman, int number)
    {
        ScriptedCaller caller = new(site, password: $"WeakPass{number}");
        caller.Start();
        caller.Run(() => doorman.Attempts.Count >= number, "the password is looked at", site.Log);
        return caller;
    }
}
