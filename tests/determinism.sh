#!/bin/bash
# The same letter gives the same bytes: on every run, from a file or from standard input, in any
# time zone and locale, from any folder; and SOURCE_DATE_EPOCH is the only thing that moves a date.
# CHANCERY: the program.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
unset SOURCE_DATE_EPOCH
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-same.XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
same() { # NAME FILE
    if cmp -s "$work/reference.pdf" "$2"; then passed=$((passed + 1))
    else echo "not ok: $letter: $1"; failed=$((failed + 1)); fi
}
for letter in "$top"/samples/*.xml; do
    case $letter in */brief-[!eht]*) continue ;; esac # the scripts of others
    "$chancery" render "$letter" -o "$work/reference.pdf" 2>/dev/null || { echo "not ok: $letter is not rendered"; failed=$((failed + 1)); continue; }
    "$chancery" render "$letter" -o "$work/a.pdf" 2>/dev/null; same 'a second run' "$work/a.pdf"
    TZ=Pacific/Kiritimati LC_ALL=C LANG=tr_TR.UTF-8 "$chancery" render "$letter" -o "$work/b.pdf" 2>/dev/null
    same 'another time zone and locale' "$work/b.pdf"
    (cd "$(dirname "$letter")" && "$chancery" render "$(basename "$letter")" -o - 2>/dev/null) >"$work/c.pdf"
    same 'from its own folder, to standard output' "$work/c.pdf"
    (cd "$(dirname "$letter")" && "$chancery" render - <"$(basename "$letter")" 2>/dev/null) >"$work/d.pdf"
    same 'from standard input' "$work/d.pdf"
done
letter=$top/samples/ministry-letter.xml
SOURCE_DATE_EPOCH=1700000000 "$chancery" render "$letter" -o "$work/reference.pdf" 2>/dev/null
if grep -aq '2023-11-14T22:13:20Z' "$work/reference.pdf"; then passed=$((passed + 1))
else echo 'not ok: SOURCE_DATE_EPOCH is not in the file'; failed=$((failed + 1)); fi
echo "CASES $passed $failed 0"
[ $failed -eq 0 ]
