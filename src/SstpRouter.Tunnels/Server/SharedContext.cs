using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Server;

/// <summary>What TLS of calls is made from, held by the listener while it is the present one and by each call that began with it; it goes with the last
/// hold. Its listener orders the calls of its members.</summary>
internal sealed class SharedContext(TlsContext context)
{
    private int _holds = 1;

    /// <summary>The context.</summary>
    public TlsContext Context => context;

    /// <summary>True once nobody holds it any more.</summary>
    public bool IsFreed => _holds == 0;

    /// <summary>Takes one more hold; the first is its maker's.</summary>
    public SharedContext Take()
    {
        _holds++;
        return this;
    }

    /// <summary>Gives one hold back.</summary>
    public void GiveBack()
    {
        if (--_holds == 0)
        {
            context.Dispose();
        }
    }
}
