using BenchmarkDotNet.Running;
using SstpRouter.Benchmarks;

if (args is ["handshakes"])
{
    HandshakeComparison.Run();
    return;
}

if (args is ["setups"])
{
    SetupComparison.Run();
    return;
}

if (args is ["cores"])
{
    CoreComparison.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
