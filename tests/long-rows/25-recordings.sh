# Calls of every kind, cut anywhere and disturbed by noise: each is recorded, replayed and searched for its secrets.
export SSTP_ROUTER_CASES=${LONG_RECORDINGS:-2000}
log=$(mktemp)
if dotnet test tests/SstpRouter.Tunnels.Tests -c Release -v q --filter 'FullyQualifiedName~RecordingTests' >"$log" 2>&1; then
    echo "- $SSTP_ROUTER_CASES calls of each kind and $((SSTP_ROUTER_CASES * 10)) disturbed ones recorded: all replay to the same outcome, none holds a secret"
else
    echo "- $SSTP_ROUTER_CASES calls of each kind recorded: FAILED"
    tail -n 100 "$log" >&2
    exit 1
fi
