# A thousand tunnels between two routers: up in one burst, held, a ping through each, down again, and nothing left; then two hundred many times over.
export SSTP_ROUTER_REPORT
SSTP_ROUTER_REPORT=$(mktemp)
trap 'rm -f "$SSTP_ROUTER_REPORT"' EXIT

# TUNNELS ROUNDS SECONDS TEXT
run() {
    local log
    log=$(mktemp)
    : >"$SSTP_ROUTER_REPORT"
    if SSTP_ROUTER_TUNNELS=$1 SSTP_ROUTER_ROUNDS=$2 SSTP_ROUTER_HOLD=$3 dotnet test tests/SstpRouter.Lab.Tests -c Release -v q \
        --filter 'FullyQualifiedName~ManyTunnelsTests' >"$log" 2>&1; then
        echo "- $4: each came up at the first try, and neither router keeps a descriptor, thread, interface, route, address or user"
        sed 's/^/  - /' "$SSTP_ROUTER_REPORT"
    else
        echo "- $4: FAILED"
        sed 's/^/  - /' "$SSTP_ROUTER_REPORT"
        tail -n 100 "$log" >&2
        return 1
    fi
}

tunnels=${LONG_TUNNELS:-1000}
run "$tunnels" 2 "${LONG_HOLD:-300}" "$tunnels tunnels, twice, held for ${LONG_HOLD:-300} s with traffic through each all the time" || exit 1
run 200 "${LONG_ROUNDS:-30}" 0 "200 tunnels, ${LONG_ROUNDS:-30} times" || exit 1

log=$(mktemp)
if dotnet test tests/SstpRouter.Lab.Tests -c Release -v q --filter 'FullyQualifiedName~Many.GuessingTests' --logger 'console;verbosity=detailed' >"$log" 2>&1; then
    echo "- 500 calls a second with wrong passwords, from one address: $(grep -m 1 -o '[0-9]* calls a second.*' "$log")"
else
    echo "- 500 calls a second with wrong passwords, from one address: FAILED"
    tail -n 100 "$log" >&2
    exit 1
fi
