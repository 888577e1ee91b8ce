#!/bin/bash
# xliff.sh -- letters through XLIFF 2.0: what `translate extract --format=xliff` writes is read again
# as the same catalogue, so that a letter by PO and by XLIFF is the same PDF, byte for byte.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
cd "$top/tests/translate" || exit 1
allow=(--allow "$top/samples")
for lang in fr ru ar; do
    "$chancery" translate extract --format=xliff --lang $lang --catalog po letter.xml -o "$work/$lang.xlf" 2>"$work/err"
    ok "$lang: extract" $?
    xmllint --noout "$work/$lang.xlf" 2>"$work/err"
    ok "$lang: well-formed" $?
    # the Russian version of a name stands in the letter itself
    check "$lang: all is translated" "$([ $lang = ru ] && echo 1 || echo 0)" "$(grep -c 'state="initial"' "$work/$lang.xlf")"
    "$chancery" render letter.xml "${allow[@]}" --lang $lang --catalog po -o "$work/po.pdf" 2>"$work/err"
    ok "$lang: by PO" $?
    "$chancery" render letter.xml "${allow[@]}" --lang $lang --catalog "$work" -o "$work/xlf.pdf" 2>"$work/err"
    ok "$lang: by XLIFF, found in its folder" $?
    cmp -s "$work/po.pdf" "$work/xlf.pdf"
    ok "$lang: the same letter" $?
done

# What nobody has translated is told, not printed in the source's language.
"$chancery" translate extract --format=xliff --lang de letter.xml -o "$work/de.xlf" 2>"$work/err"
ok 'extract without a catalogue' $?
"$chancery" render letter.xml "${allow[@]}" --lang de --catalog "$work/de.xlf" -o "$work/de.pdf" 2>"$work/err"
check 'nothing translated' 1 $?
check 'nothing translated: told' yes "$(grep -q 'E3647' "$work/err" && [ ! -e "$work/de.pdf" ] && echo yes)"
sed '0,/state="translated"/s//state="initial"/' "$work/fr.xlf" >"$work/one.xlf"
"$chancery" render letter.xml "${allow[@]}" --lang fr --catalog "$work/one.xlf" -o "$work/one.pdf" 2>"$work/err"
check 'one not done' 1 $?
check 'one not done: told once' 1 "$(grep -c 'E3648' "$work/err")"

# Codes and versions
sed '0,/dataRef="d[0-9]*"/s//dataRef="d99"/' "$work/fr.xlf" >"$work/bad.xlf"
"$chancery" render letter.xml "${allow[@]}" --lang fr --catalog "$work/bad.xlf" -o "$work/bad.pdf" 2>"$work/err"
check 'a code of nothing' 1 $?
check 'a code of nothing: told' yes "$(grep -q 'bad.xlf:.*E3673' "$work/err" && echo yes)"
for version in 1.2 2.1; do
    sed "s/version=\"2.0\"/version=\"$version\"/" "$work/fr.xlf" >"$work/v.xlf"
    "$chancery" render letter.xml "${allow[@]}" --lang fr --catalog "$work/v.xlf" -o "$work/v.pdf" 2>"$work/err"
    status=$?
    check "version $version" "$([ $version = 1.2 ] && echo '1 E3670' || echo '0 W3671')" \
        "$status $(grep -o '[EW]367[01]' "$work/err")"
done
"$chancery" translate extract --format=tmx letter.xml -o - >"$work/out" 2>&1
check 'no such format' 2 $?
finish
