# shellcheck shell=bash
# frame.sh -- sourced first by a test that is a script: where things are, a folder that goes away at
# the end, and how cases are counted.
#
#   top       of the sources           chancery  the program (CHANCERY, else that of the tree)
#   work      a folder of this test    passed, failed
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # for those who source this
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
unset SOURCE_DATE_EPOCH
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-$(basename "$0" .sh).XXXXXX")
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
passed=0 failed=0

# ok NAME STATUS: of the command before; what the program said is in $work/err
ok() {
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        echo "not ok: $1"
        [ ! -s "$work/err" ] || head -5 "$work/err"
        failed=$((failed + 1))
    fi
}

# check NAME WANTED GOT
check() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
    fi
}

# The last command of a test.
finish() {
    echo "CASES $passed $failed ${1:-0}"
    [ "$failed" -eq 0 ]
}
