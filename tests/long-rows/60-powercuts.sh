# The store without power: processes killed at a random operation on their files, and a disk that forgets what nobody waited for.
export SSTP_ROUTER_KILLS=${LONG_KILLS:-1000} SSTP_ROUTER_POWER_DAYS=${LONG_POWER_DAYS:-60}
log=$(mktemp)
status=0
dotnet test tests/SstpRouter.RouterOs.Tests -c Release -v q --filter FullyQualifiedName~PowerCutTests >"$log" 2>&1 || status=1
if [ "$status" -eq 0 ]; then
    echo "- $SSTP_ROUTER_KILLS processes killed while they wrote: the old or the new state each time, and nothing lost that was confirmed"
    echo "- the power cut at each operation of $SSTP_ROUTER_POWER_DAYS scripted days, unflushed bytes and names forgotten: the same"
else
    echo "- the old or the new state, never neither: FAILED"
    tail -n 200 "$log" >&2
fi
rm -f "$log"
exit "$status"
