# The property and fuzz tests with many more cases than a change gets.
export SSTP_ROUTER_CASES=${LONG_CASES:-20000}
log=$(mktemp)
if dotnet test SstpRouter.sln -c Release -v q --filter 'FullyQualifiedName~FuzzTests|FullyQualifiedName~HostileStreamTests' >"$log" 2>&1; then
    echo "- fuzz tests with $SSTP_ROUTER_CASES cases each: all passed"
else
    echo "- fuzz tests with $SSTP_ROUTER_CASES cases each: FAILED"
    tail -n 100 "$log" >&2
    exit 1
fi
