#!/bin/sh
# data.sh -- data files and samples are well-formed XML in UTF-8.
set -eu
cd "$(dirname "$0")/../.."
command -v xmllint >/dev/null || { echo "no xmllint (libxml2-utils)"; exit 77; }
rc=0 n=0
for f in $(find styles samples fonts -name '*.xml' -o -name fonts.conf | LC_ALL=C sort); do
    n=$((n + 1))
    xmllint --noout --nonet "$f" || rc=1
    iconv -f UTF-8 -t UTF-8 "$f" >/dev/null || { echo "$f: not UTF-8"; rc=1; }
done
[ "$n" -gt 0 ] || { echo "no data files found"; rc=1; }
exit $rc
