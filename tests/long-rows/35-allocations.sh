# Ten million packets through split, queue, TLS and join, and a stream as long through a tunnel: the bytes that they allocate.
export SSTP_ROUTER_PACKETS=${LONG_PACKETS:-10000000}
log=$(mktemp)
if dotnet test tests/SstpRouter.Tunnels.Tests -c Release -v q --filter 'FullyQualifiedName~AllocationTests|FullyQualifiedName~FastPathTests' \
    --logger 'console;verbosity=detailed' >"$log" 2>&1; then
    echo "- $SSTP_ROUTER_PACKETS packets at least, each way of moving them:"
    grep -o '[0-9]* packets in [0-9]* writes: .*' "$log" | sed 's/^/  - /'
else
    echo "- $SSTP_ROUTER_PACKETS packets: FAILED"
    tail -n 100 "$log" >&2
    exit 1
fi
