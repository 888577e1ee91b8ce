#!/usr/bin/env bash
# pdf_gate_controls.sh GOOD.pdf -- the gate is put to the test itself: every damaged copy of a
# good file must be refused by the judges that are known to notice the damage.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
"$here/node.sh" "$here/damage.mjs" "${1:?a good PDF is needed}" "$tmp" >"$tmp/list" || {
    rc=$?
    cat "$tmp/list"
    exit $rc
}
"$here/pdf_gate.sh" "$tmp" >"$tmp/said" 2>&1
passed=0 failed=0 skipped=0
while read -r name judges; do
    for judge in ${judges//,/ }; do
        if grep -q "^skip $judge:" "$tmp/said"; then
            skipped=$((skipped + 1))
        elif grep -qE "^(FAIL|ERROR) $judge $tmp/$name\.pdf" "$tmp/said"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "$judge lets $name.pdf pass"
        fi
    done
done <"$tmp/list"
grep '^skip' "$tmp/said"
echo "CASES $passed $failed $skipped"
[ $failed -eq 0 ]
