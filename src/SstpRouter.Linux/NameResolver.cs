using System.Net;
using System.Net.Sockets;

namespace SstpRouter.Linux;

/// <summary>What came of resolving a name.</summary>
/// <param name="Host">The name as it was given.</param>
/// <param name="Addresses">Its addresses in the order to try them, each once; empty after a failure.</param>
/// <param name="Error">Why there is no address, in words; null after a success.</param>
public sealed record ResolveResult(string Host, IReadOnlyList<IPAddress> Addresses, string? Error);

/// <summary>
/// Resolves names to addresses away from the event loop: getaddrinfo(3), so the hosts file and the configured servers
/// count. Safe to use from several threads.
/// </summary>
public sealed class NameResolver : IDisposable
{
    private const int UsualConcurrency = 4;

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookup;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Makes a resolver that asks for four names at a time; the others wait their turn.</summary>
    public NameResolver() : this(Dns.GetHostAddressesAsync, UsualConcurrency)
    {
    }

    internal NameResolver(Func<string, CancellationToken, Task<IPAddress[]>> lookup, int concurrency)
    {
        _lookup = lookup;
        _slots = new SemaphoreSlim(concurrency);
    }

    /// <summary>Resolves a name and reports once.</summary>
    /// <param name="host">A name, or an address in figures, which needs no asking.</param>
    /// <param name="done">
    /// Receives the result: for an address before this method returns, for a name on another thread. It must not block
    /// nor throw.
    /// </param>
    /// <param name="cancellation">Withdraws the question; the report is then left out, unless it has begun.</param>
    public void Resolve(string host, Action<ResolveResult> done, CancellationToken cancellation = default)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            done(new ResolveResult(host, [literal], null));
            return;
        }

        // An async void: a callback that throws ends the process with its own stack instead of going unnoticed.
        Ask(host, done, cancellation);
    }

    /// <summary>Withdraws all questions.</summary>
    // The semaphore stays: questions that are being withdrawn still hand their slots back.
    public void Dispose() => _closing.Cancel();

    private async void Ask(string host, Action<ResolveResult> done, CancellationToken cancellation)
    {
        using CancellationTokenSource withdrawn =
            CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        ResolveResult result;
        try
        {
            await _slots.WaitAsync(withdrawn.Token).ConfigureAwait(false);
            try
            {
                result = await Lookup(host, withdrawn.Token).ConfigureAwait(false);
            }
            finally
            {
                _ = _slots.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return; // Nobody waits for the answer any more.
        }

        if (!withdrawn.IsCancellationRequested)
        {
            done(result);
        }
    }

    private async Task<ResolveResult> Lookup(string host, CancellationToken cancellation)
    {
        try
        {
            // Leave the caller's thread even when the answer is at hand.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            IPAddress[] addresses = await _lookup(host, cancellation).ConfigureAwait(false);
            return addresses.Length > 0
                ? new ResolveResult(host, [.. addresses.Distinct()], null)
                : Failure(host, "it has no address");
        }
        catch (SocketException e)
        {
            return Failure(host, e.Message);
        }
        catch (ArgumentException)
        {
            return Failure(host, "it is not a host name");
        }
    }

    private static ResolveResult Failure(string host, string cause) =>
        new(host, [], $"cannot resolve \"{host}\": {cause}");
}
