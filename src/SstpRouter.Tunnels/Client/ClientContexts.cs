using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Client;

/// <summary>What the TLS of tunnels that are dialled is made from. Tunnels that ask the same of TLS share it, for it takes more memory than a
/// connection does. Safe to use from several threads.</summary>
internal sealed class ClientContexts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TlsClientPolicy, Shared> _contexts = new(new SameContent());

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _contexts.Count;
            }
        }
    }

    /// <summary>Makes a context, or shares the one that another tunnel took.</summary>
    /// <exception cref="TlsPolicyException">No connection could be made with this policy.</exception>
    public TlsContext Take(TlsClientPolicy policy)
    {
        lock (_gate)
        {
            if (!_contexts.TryGetValue(policy, out Shared? shared))
            {
                shared = new Shared(TlsContext.ForClient(policy));
                _contexts.Add(policy, shared);
            }

            shared.Users++;
            return shared.Context;
        }
    }

    /// <summary>Gives a context back that <see cref="Take"/> gave; it goes with the last.</summary>
    public void GiveBack(TlsClientPolicy policy)
    {
        lock (_gate)
        {
            Shared shared = _contexts[policy];
            if (--shared.Users == 0)
            {
                _contexts.Remove(policy);
                shared.Context.Dispose();
            }
        }
    }

    private sealed class Shared(TlsContext context)
    {
        public TlsContext Context => context;

        public int Users { get; set; }
    }

    /// <summary>Certificates and keys are the same where their bytes are. What one tunnel knows of its server is said for each connection; only
    /// whether it demands something is the context's.</summary>
    private sealed class SameContent : IEqualityComparer<TlsClientPolicy>
    {
        public bool Equals(TlsClientPolicy? one, TlsClientPolicy? other) =>
            one is null || other is null
                ? one is null && other is null
                : Bare(one) == Bare(other) && Demands(one) == Demands(other) && Same(one.TrustedCertificates, other.TrustedCertificates) && Same(one.Identity, other.Identity);

        public int GetHashCode(TlsClientPolicy policy) => Bare(policy).GetHashCode();

        private static TlsClientPolicy Bare(TlsClientPolicy policy) => policy with { Identity = null, Pin = null, TrustedCertificates = Array.Empty<byte[]>() };

        private static bool Demands(TlsClientPolicy policy) => policy.Pin is { IsDemanded: true };

        private static bool Same(IReadOnlyList<byte[]> one, IReadOnlyList<byte[]> other) =>
            one.Count == other.Count && one.Zip(other).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

        private static bool Same(TlsIdentity? one, TlsIdentity? other) =>
            one is null || other is null
                ? one is null && other is null
                : Same(one.CertificateChainDer, other.CertificateChainDer) && one.PrivateKeyPkcs8Der.AsSpan().SequenceEqual(other.PrivateKeyPkcs8Der);
    }
}
