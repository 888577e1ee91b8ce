#!/bin/sh
# schema.sh -- the program's own check and jing with letter.rng give one verdict.
#
# Every file of tests/invalid and tests/valid says in a comment what is expected of it:
#     <!-- rule: ...; expect: E2014 at 5:3, E2022 at 6:1 -->     or     expect: nothing
# Codes and places of the program are compared with that.  jing judges the same files, and
# the samples; it is not asked about files that are not XML as we read it (E2001 to E2010,
# E2029): a document type, say, is no error to it.
set -eu
cd "${CHANCERY_SRC:-$(dirname "$0")/..}"
build=${CHANCERY_BUILD:-.}
program=${CHANCERY:-$build/chancery}
schema=${CHANCERY_SCHEMA:-$build/letter.rng}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/schema.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C
export LC_ALL
files=$(ls tests/invalid/*.xml tests/valid/*.xml samples/*.xml)

# What is expected: "FILE CODE:LINE:COLUMN ..." in the order of the comment.
for f in $files; do
    case $f in
    samples/*) echo "$f nothing" ;;
    *) sed -n 's/.*; expect: \(.*\) -->.*/\1/p' "$f" | sed 1q |
        sed -e 's/ at /:/g' -e 's/,//g' -e "s|^|$f |" ;;
    esac
done >"$tmp/expected"

# What the program says of the same files: errors of reading and schema alone.
# shellcheck disable=SC2086  # several files
"$program" check $files >"$tmp/out" 2>&1 || :
awk '
FNR == NR { got[$1] = ""; order[++n] = $1; next }
match($0, /^[^ ]*\.xml:[0-9]+:[0-9]+: error: /) {
    split(substr($0, 1, RLENGTH), p, ":")
    if (match($0, /\[E2[0-9][0-9][0-9] [a-z0-9-]*\]$/))
        got[p[1]] = got[p[1]] " " substr($0, RSTART + 1, 5) ":" p[2] ":" p[3]
}
END { for (i = 1; i <= n; i++) print order[i] (got[order[i]] == "" ? " nothing" : got[order[i]]) }
' "$tmp/expected" "$tmp/out" >"$tmp/got"

passed=0 failed=0 skipped=0
while IFS= read -r line <&3 && IFS= read -r mine <&4; do
    if [ "$line" = "$mine" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "expected: $line"
        echo "     got: $mine"
    fi
done 3<"$tmp/expected" 4<"$tmp/got"

# jing: one call for all.
grep -vE ' E20(0[0-9]|10|29):' "$tmp/expected" >"$tmp/asked"
if ! command -v jing >/dev/null; then
    skipped=$(($(wc -l <"$tmp/asked")))
    echo "skip: no jing"
elif [ ! -r "$schema" ]; then
    echo "no $schema"
    failed=$((failed + 1))
else
    # shellcheck disable=SC2046  # several files
    jing "$schema" $(cut -d ' ' -f 1 "$tmp/asked") >"$tmp/jing" 2>&1 || :
    # A fatal error would end jing before the last file.
    if grep -q ': fatal:' "$tmp/jing"; then
        grep ': fatal:' "$tmp/jing"
        failed=$((failed + 1))
    fi
    sed -n 's|^.*/\([a-z]*/[^/]*\.xml\):[0-9]*:[0-9]*: error:.*|\1|p' "$tmp/jing" | sort -u >"$tmp/refused"
    while read -r f what; do
        verdict=nothing
        grep -qxF "${f#tests/}" "$tmp/refused" && verdict=E
        case $what in
        nothing) want=nothing ;;
        *) want=E ;;
        esac
        if [ "$verdict" = "$want" ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "$f: jing and we differ: expected $what"
            grep -F "$f:" "$tmp/jing" || echo "    jing takes it"
        fi
    done <"$tmp/asked"
fi
echo "CASES $passed $failed $skipped"
[ $((passed + skipped)) -ge 200 ] || { echo "fewer files than there were"; exit 1; }
[ "$failed" = 0 ]
