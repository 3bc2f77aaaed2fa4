namespace SstpRouter.Certificates.Tests;

public sealed class KeyGenerationTests
{
    [Fact]
    public void The_search_for_large_primes_can_be_ended()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => KeyGeneration.Make("8192", cancellation.Token));
        Assert.NotEmpty(KeyGeneration.Make("1024"));
    }

    [Fact]
    public void A_size_that_there_is_not_is_named() =>
        Assert.StartsWith("there is no key size 1000", Assert.Throws<ArgumentException>(() => KeyGeneration.Make("1000")).Message);
}
