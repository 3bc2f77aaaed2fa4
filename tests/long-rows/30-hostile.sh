# The attacks on a running router, those included that wait for its deadlines of 20, 30 and 60 s.
log=$(mktemp)
if SSTP_ROUTER_DEADLINES=1 dotnet test tests/SstpRouter.Lab.Tests -c Release -v q --filter 'FullyQualifiedName~Lab.Tests.Hostile' >"$log" 2>&1; then
    echo "- $(grep -o 'Passed: *[0-9]*' "$log" | tail -n 1 | grep -o '[0-9]*') attacks, deadlines included: all ended with their named reason, nothing left, no ping lost"
else
    echo "- attacks: FAILED"
    tail -n 100 "$log" >&2
    exit 1
fi
