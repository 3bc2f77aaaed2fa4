using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Interop;

/// <summary>struct rlimit: setrlimit(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public nuint Current;
    public nuint Maximum;
}
