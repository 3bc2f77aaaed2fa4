# Every decoder of bytes from outside, over mutated inputs: so many executions each, where a change gets some thousand.
export SSTP_ROUTER_CASES=${LONG_CASES:-1000000}
export SSTP_ROUTER_FUZZ_LOG
SSTP_ROUTER_FUZZ_LOG=$(mktemp)
log=$(mktemp)
started=$SECONDS
status=0
# One project after the other: each runs as many targets at a time as there are processors.
dotnet test SstpRouter.sln -c Release -m:1 -v q --filter 'FullyQualifiedName~FuzzTests|FullyQualifiedName~HostileStreamTests' >"$log" 2>&1 || status=$?
echo "- $SSTP_ROUTER_CASES executions of each fuzz target, $(wc -l <"$SSTP_ROUTER_FUZZ_LOG") targets, in $((SECONDS - started)) s:"
sort "$SSTP_ROUTER_FUZZ_LOG" | sed 's/^/  - /'
if [ "$status" -ne 0 ]; then
    tail -n 100 "$log" >&2
    exit 1
fi
# Split and join against packets made one by one and against the kernel: each round another flow.
SSTP_ROUTER_CASES=$((SSTP_ROUTER_CASES / 50))
if ! dotnet test tests/SstpRouter.Linux.Tests -c Release -v q --filter \
    'FullyQualifiedName~CoalescerTests|FullyQualifiedName~SuperPacketTests|FullyQualifiedName~KernelSegmentsTests' >"$log" 2>&1; then
    tail -n 100 "$log" >&2
    exit 1
fi
echo "- split, join, split then join, join then split, and the kernel's own: $SSTP_ROUTER_CASES random flows each way"
