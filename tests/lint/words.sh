#!/bin/sh
# words.sh -- no file names a place on somebody's machine or marks work as unfinished.
set -eu
cd "$(dirname "$0")/../.."
rc=0
files() {
    find .ci src styles fonts samples tests bench doc bootstrap configure.ac Makefile.am README NEWS \
        -type f ! -path 'tests/lint/*' ! -path '*/tmp/*' ! -name '*.png' ! -name '*.jp*g' \
        ! -name '*.pdf' ! -name '*.[ot]t[fc]' 2>/dev/null
}
search() { # WHAT PATTERN
    # shellcheck disable=SC2046
    if grep -nIE "$2" $(files); then
        echo "^ $1"
        rc=1
    fi
}
search 'a path on one machine' '(^|[^A-Za-z0-9_.])/(home|root|work|Users)/'
search 'marks of unfinished work' '(^|[^A-Za-z_])(TODO|FIXME|XXX|HACK)([^A-Za-z_]|$)'
exit $rc
