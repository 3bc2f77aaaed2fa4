# The lab from start to end, again and again.
labs=${LONG_LABS:-100}
good=0
for _ in $(seq "$labs"); do
    "$NATIVE" lab --once >/dev/null 2>&1 && good=$((good + 1))
done

left=$(pgrep -cf "$NATIVE" || true)
echo "- \`lab --once\`: $good of $labs ended with 0; processes left behind: $left"
[ "$good" -eq "$labs" ] && [ "$left" -eq 0 ]
