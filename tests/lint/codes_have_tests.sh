#!/bin/sh
# codes_have_tests.sh -- every diagnostic of codes.def is expected by some test, by its code
# (as in E2014).  tests/lint/codes-without-tests lists the exceptions: "E1008 reason".
set -eu
cd "$(dirname "$0")/../.."
exceptions=tests/lint/codes-without-tests
sed -n 's/^CODE(\([EWN]\), *\([0-9][0-9]*\), *\([a-z0-9_]*\),.*/\1\2 \3/p' src/base/codes.def |
    {
        seen=$(grep -rhoE '\b[EWN][1-9][0-9]{3}\b' tests --include='*' \
            --exclude-dir=lint --exclude-dir=tmp | sort -u)
        rc=0 n=0
        while read -r code slug; do
            n=$((n + 1))
            here=no excused=no
            case "
$seen
" in *"
$code
"*) here=yes ;; esac
            ! grep -q "^$code ..*" "$exceptions" || excused=yes
            case $here$excused in
            nono) echo "$code $slug: no test expects it"; rc=1 ;;
            yesyes) echo "$code $slug: has a test now; take it out of $exceptions"; rc=1 ;;
            esac
        done
        [ "$n" -gt 0 ] || { echo "no codes found"; rc=1; }
        exit $rc
    }
