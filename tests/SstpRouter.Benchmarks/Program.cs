using BenchmarkDotNet.Running;
using SstpRouter.Benchmarks;

if (args is ["handshakes"])
{
    HandshakeComparison.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
