#!/bin/bash
# its.sh -- what xgettext takes of a letter by its/chancery.its and its/chancery.loc alone.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
export GETTEXTDATADIRS=$top LC_ALL=C.UTF-8

# Every element with running text is told of: a unit, a part of one, or left out.
left_out='contact idno initials'
told=$(sed '/<!--/,/-->/d' "$top/its/chancery.its" | grep -o 'l:[a-zA-Z]*' | sed 's/^l://' | sort -u)
mixed=$(sed -n 's/^CH_ELEMENT(\([a-zA-Z]*\), MIXED.*/\1/p' "$top/src/input/letter.def" | sort -u)
untold=$(comm -23 <(echo "$mixed") <(printf '%s\n' $left_out "$told" | sort -u) | tr '\n' ' ')
check 'every element with text is told of' '' "$untold"
check 'there are such elements' yes "$([ "$(wc -l <<<"$mixed")" -ge 35 ] && echo yes)"

if ! command -v xgettext >/dev/null; then
    echo 'skip: no xgettext'
    finish 2
    exit
fi
# The msgids, one a line.
units() {
    xgettext --from-code=UTF-8 --no-wrap -o - "$@" 2>"$work/err" | sed -n 's/^msgid "\(..*\)"$/\1/p' |
        sed 's/\\"/"/g'
}
units "$top/tests/its/letter.xml" >"$work/units"
diff -u "$top/tests/its/letter.units" "$work/units"
check 'units of tests/its/letter.xml' 0 $?
# Found by namespace and root element, not by name.
sed 's/urn:chancery:letter:1/urn:other/' "$top/tests/its/letter.xml" >"$work/other.xml"
check 'another vocabulary has no units' '' "$(units "$work/other.xml")"
finish
