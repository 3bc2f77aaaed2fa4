using System.Collections.Concurrent;
using System.Net;
using SstpRouter.Ppp;
using SstpRouter.Tunnels.Server;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>Lets in who knows the password, and keeps what was told.</summary>
internal sealed class Doorman : ICallAdmission
{
    public const string User = "MT-User";
    public const string Password = "StrongPass";
    public static readonly IPAddress LocalAddress = IPAddress.Parse("10.0.0.1");

    private int _admitted;

    public TunnelLimits Limits { get; init; } = new();

    /// <summary>Whoever showed credentials.</summary>
    public ConcurrentQueue<PppAuthenticationAttempt> Attempts { get; } = new();

    public ConcurrentQueue<ServerCall> LoggedInCalls { get; } = new();

    public ConcurrentQueue<ServerCall> ConnectedCalls { get; } = new();

    public ConcurrentQueue<ServerCall> EndedCalls { get; } = new();

    public int Admitted => Volatile.Read(ref _admitted);

    /// <summary>The address that the caller with this number, from 1, is given.</summary>
    public static IPAddress RemoteAddress(int number) => IPAddress.Parse($"10.0.1.{number}");

    /// <summary>The kernel's name of that caller's interface.</summary>
    public static string KernelName(int number) => $"sstp-in{number}";

    public AdmissionDecision Admit(IPEndPoint peer, PppAuthenticationAttempt attempt)
    {
        Attempts.Enqueue(attempt);
        if (attempt.UserName != User)
        {
            return new AdmissionDecision.Denied("unknown user");
        }

        if (attempt.Verify(Password) is not { } proof)
        {
            return new AdmissionDecision.Denied("wrong password");
        }

        int number = Interlocked.Increment(ref _admitted);
        var grant = new PppGrant { Proof = proof, LocalAddress = LocalAddress, RemoteAddress = RemoteAddress(number) };
        var name = new InterfaceName($"<sstp-{User}-{number}>", KernelName(number), AlternativeName: null);
        return new AdmissionDecision.Admitted(grant, name, Limits);
    }

    public PppAuthenticationProof? AdmitAgain(IPEndPoint peer, PppAuthenticationAttempt attempt) => attempt.Verify(Password);

    public void LoggedIn(ServerCall call) => LoggedInCalls.Enqueue(call);

    public void Connected(ServerCall call) => ConnectedCalls.Enqueue(call);

    public void Ended(ServerCall call) => EndedCalls.Enqueue(call);
}
