# A tunnel to a SoftEther server that nobody uses for half an hour; the server drops a client that is silent for 20 s.
export SSTP_ROUTER_IDLE_MINUTES=${LONG_IDLE_MINUTES:-30}
log=$(mktemp)
if dotnet test tests/SstpRouter.Lab.Tests -c Release -v q --filter 'FullyQualifiedName~SoftEtherTests' >"$log" 2>&1 &&
    grep -Eq 'Failed: +0, Passed: +[1-9][0-9]*, Skipped: +0,' "$log"; then
    echo "- SoftEther 5.01: TLS 1.2 and 1.3, a refused login, traffic both ways, and $SSTP_ROUTER_IDLE_MINUTES minutes idle on the same tunnel: all passed"
else
    echo "- SoftEther 5.01, with $SSTP_ROUTER_IDLE_MINUTES minutes idle: FAILED"
    tail -n 100 "$log" >&2
    exit 1
fi
