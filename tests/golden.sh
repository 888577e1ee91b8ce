#!/bin/bash
# The pages and the structure of every sample, and of the letters in tests/golden/, as the passes
# print them, against the prints kept in tests/golden/.  The letters in many languages
# (samples/water-*.xml, samples/brief-*.xml) have tests of their own.  With --update the kept prints
# are made anew; the difference in version control is then what to look at.
# CHANCERY: the program.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
unset SOURCE_DATE_EPOCH
update=no
[ "${1-}" = --update ] && update=yes
passed=0 failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-golden.XXXXXX")
trap 'rm -rf "$work"' EXIT

for letter in "$top"/samples/*.xml "$top"/tests/golden/*.xml; do
    [ -e "$letter" ] || continue
    name=$(basename "$letter" .xml)
    case $name in water-* | brief-*) continue ;; esac
    for pass in pages structure; do
        kept=$top/tests/golden/$name.$pass
        if ! "$chancery" render "$letter" --dump=$pass >"$work/now" 2>"$work/err"; then
            echo "not ok: $name --dump=$pass:"; head -5 "$work/err"
            failed=$((failed + 1))
        elif [ $update = yes ]; then
            cp "$work/now" "$kept"
        elif diff -u "$kept" "$work/now" >"$work/diff"; then
            passed=$((passed + 1))
        else
            echo "not ok: $name --dump=$pass differs:"; head -40 "$work/diff"
            failed=$((failed + 1))
        fi
    done
done
[ $update = yes ] || echo "CASES $passed $failed 0"
[ $failed -eq 0 ]
