using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Naming;

public sealed class NameResolverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(Sandbox.Patience);
    private static readonly IPAddress Answer = IPAddress.Parse("192.0.2.1");

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    public void An_address_is_its_own_answer_at_once(string host)
    {
        using NameResolver resolver = new((_, _) => throw new InvalidOperationException("asked"), 1);
        ResolveResult? result = null;
        resolver.Resolve(host, r => result = r);
        Assert.Equal([IPAddress.Parse(host)], result!.Addresses);
        Assert.Null(result.Error);
    }

    [Fact]
    public async Task A_name_is_answered_on_another_thread()
    {
        using NameResolver resolver = new();
        TaskCompletionSource<(ResolveResult Result, int Thread)> done = new();
        resolver.Resolve("localhost", r => done.SetResult((r, Environment.CurrentManagedThreadId)));
        int asking = Environment.CurrentManagedThreadId;
        (ResolveResult result, int answering) = await done.Task.WaitAsync(Patience);
        Assert.Equal("localhost", result.Host);
        Assert.All(result.Addresses, a => Assert.True(IPAddress.IsLoopback(a)));
        Assert.NotEmpty(result.Addresses);
        Assert.NotEqual(asking, answering);
    }

    [Fact]
    public async Task Addresses_keep_their_order_and_come_once()
    {
        IPAddress second = IPAddress.Parse("2001:db8::1");
        using NameResolver resolver = new((_, _) => Task.FromResult<IPAddress[]>([Answer, second, Answer]), 1);
        Assert.Equal([Answer, second], (await Ask(resolver, "vpn.example")).Addresses);
    }

    [Fact]
    public async Task A_failure_says_the_name_and_the_cause()
    {
        using NameResolver unknown = new((_, _) => throw new SocketException((int)SocketError.HostNotFound), 1);
        ResolveResult result = await Ask(unknown, "nowhere.example");
        Assert.Empty(result.Addresses);
        Assert.StartsWith("cannot resolve \"nowhere.example\": ", result.Error, StringComparison.Ordinal);

        using NameResolver empty = new((_, _) => Task.FromResult<IPAddress[]>([]), 1);
        Assert.Equal("cannot resolve \"vpn.example\": it has no address", (await Ask(empty, "vpn.example")).Error);

        using NameResolver real = new();
        Assert.Equal(
            $"cannot resolve \"{new string('x', 300)}\": it is not a host name",
            (await Ask(real, new string('x', 300))).Error);
    }

    [Fact]
    public async Task No_more_names_than_allowed_are_asked_for_at_a_time()
    {
        ConcurrentQueue<(string Host, TaskCompletionSource<IPAddress[]> Reply)> asked = new();
        using SemaphoreSlim question = new(0);
        using NameResolver resolver = new(
            (host, _) =>
            {
                TaskCompletionSource<IPAddress[]> reply = new();
                asked.Enqueue((host, reply));
                question.Release();
                return reply.Task;
            },
            2);
        Task<ResolveResult>[] answers = [.. Enumerable.Range(0, 5).Select(i => Ask(resolver, $"host{i}.example"))];
        for (int i = 0; i < answers.Length; i++)
        {
            if (i < 4)
            {
                await WaitFor(i == 0 ? 2 : 1);
            }

            Assert.True(asked.TryDequeue(out var first));
            Assert.InRange(asked.Count, 0, 1);
            first.Reply.SetResult([Answer]);
            await answers[int.Parse(first.Host.AsSpan(4, 1))].WaitAsync(Patience);
        }

        async Task WaitFor(int questions)
        {
            for (int i = 0; i < questions; i++)
            {
                Assert.True(await question.WaitAsync(Patience));
            }
        }
    }

    [Fact]
    public async Task A_withdrawn_question_is_not_reported_and_frees_its_slot()
    {
        TaskCompletionSource started = new();
        using NameResolver resolver = new(
            async (host, cancellation) =>
            {
                if (host == "slow.example")
                {
                    started.SetResult();
                    await Task.Delay(Timeout.Infinite, cancellation);
                }

                return [Answer];
            },
            1);
        using CancellationTokenSource withdrawal = new();
        resolver.Resolve("slow.example", _ => Assert.Fail("reported"), withdrawal.Token);
        await started.Task.WaitAsync(Patience);
        Task<ResolveResult> next = Ask(resolver, "next.example");
        Assert.False(next.IsCompleted);
        await withdrawal.CancelAsync();
        Assert.Equal([Answer], (await next).Addresses);
    }

    [Fact]
    public async Task A_closed_resolver_withdraws_everything()
    {
        TaskCompletionSource<CancellationToken> asked = new();
        NameResolver resolver = new(
            async (_, cancellation) =>
            {
                asked.SetResult(cancellation);
                await Task.Delay(Timeout.Infinite, cancellation);
                return [];
            },
            1);
        resolver.Resolve("slow.example", _ => Assert.Fail("reported"));
        CancellationToken seen = await asked.Task.WaitAsync(Patience);
        resolver.Dispose();
        Assert.True(seen.IsCancellationRequested);
    }

    private static Task<ResolveResult> Ask(NameResolver resolver, string host)
    {
        TaskCompletionSource<ResolveResult> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        resolver.Resolve(host, done.SetResult);
        return done.Task.WaitAsync(Patience);
    }
}
