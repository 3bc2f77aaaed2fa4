using SstpRouter.RouterOs.Logging;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Sstp;

/// <summary>Writes what tunnels say into the router's log, under RouterOS's topics.</summary>
internal sealed class TunnelLog(RouterLog log) : ITunnelLog
{
    public void Write(TunnelLogLevel level, string text) => log.Write(
        level switch
        {
            TunnelLogLevel.Info => "sstp,ppp,info",
            TunnelLogLevel.Warning => "sstp,ppp,warning",
            TunnelLogLevel.Error => "sstp,ppp,error",
            _ => "sstp,ppp,debug",
        },
        text);
}
