#!/usr/bin/env bash
# hungarian.sh -- a hyphen that changes the spelling: asszonnyal is drawn asszony-nyal at a line's end, and
# is read back from the file as it was written.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
words='hosszabb asszonnyal lánnyal ésszerű'
{
    printf '%s' '<letter xmlns="urn:chancery:letter:1" kind="letter" xml:lang="hu"><meta><title>x</title></meta><body>'
    for n in $(seq 30); do
        printf '<p>%*s %s %s %s %s</p>\n' "$n" '' "$words" "$words" "$words" "$words" | sed "s/<p> *\( h\)/<p>$(printf 'a%.0s' $(seq "$n"))\1/"
    done
    printf '</body></letter>\n'
} >"$work/hu.xml"
"$chancery" render "$work/hu.xml" -o "$work/hu.pdf" 2>"$work/err"
ok 'it is rendered' $?
pdftotext -raw -enc UTF-8 "$work/hu.pdf" "$work/text"
sed -z 's/\xc2\xad\n//g' "$work/text" | tr -s ' \n\f' '\n' | grep -v '^a*$' | sort | uniq -c | tr -s ' ' >"$work/read"
for w in $words; do
    check "$w is read whole each time" " 120 $w" "$(grep " $w\$" "$work/read")"
done
parted=$(grep -cE '(asszon|hos|lán|és)'$'\xc2\xad''$' "$work/text")
[ "$parted" -gt 0 ]
ok 'some are parted where the spelling changes' $?
finish
