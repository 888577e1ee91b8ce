#!/bin/bash
# parity.sh -- the versions of one letter are one letter: `translate parity` finds nothing between
# the nine samples but what is known, and finds what is changed; and the tags of their PDFs are the
# same.  Wording, quotation marks and the marks of lists are not looked at; nor is the address,
# whose lines every language has its own way with.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
cd "$top/samples" || exit 1

tags() { # the tags of the PDF, by depth, without what is said in them
    awk '{ match($0, /^ */); if ($1 ~ /^[A-Z]/) print substr($0, 1, RLENGTH) $1 }' |
        sed -n '/H1/,$p'
}

# The Pashto version has in figures what the others say in words: 27th and 28th session.
"$chancery" translate parity water-en.xml water-[!e]*.xml water-es.xml >"$work/got" 2>"$work/err"
check 'exit status of the nine' 1 $?
check 'the nine' 'water-en.xml:35:5: paragraph 1: no other number
water-ps.xml:35:84:   but paragraph 1: number 27
water-en.xml:49:5: paragraph 4: no other number
water-ps.xml:48:28:   but paragraph 4: number 28' "$(cat "$work/got")"

first=
for letter in water-*.xml; do
    name=${letter%.xml}
    "$chancery" render "$letter" --dump=structure 2>/dev/null | tags >"$work/$name.tags"
    [ -s "$work/$name.tags" ] || { echo "not ok: $name: nothing printed"; failed=$((failed + 1)); continue; }
    if [ -n "$first" ]; then
        if diff -u "$work/$first.tags" "$work/$name.tags" >"$work/diff"; then
            passed=$((passed + 1))
        else
            echo "not ok: $name is not tagged as $first is:"
            head -30 "$work/diff"
            failed=$((failed + 1))
        fi
    fi
    first=${first:-$name}
done

# Changes to the letter tests/parity/fa.xml, and what is then told: CHANGE, a sed expression, then
# lines of the report without the names of the files.
cd "$top/tests/parity" || exit 1
tell() {
    sed -E "$1" fa.xml >"$work/fa.xml"
    "$chancery" translate parity en.xml "$work/fa.xml" 2>"$work/err" | sed 's|^[^:]*/||'
    [ "${PIPESTATUS[0]}" -le 1 ] || cat "$work/err"
}
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    '#'* | '') ;;
    'change '*) change=${line#change } wanted= ;;
    'end')
        check "$change" "$wanted" "$(tell "$change")"
        ;;
    *) wanted=${wanted:+$wanted$'\n'}$line ;;
    esac
done <changes
check 'two versions without a difference' 0 "$("$chancery" translate parity en.xml fa.xml >"$work/err"; echo $?)"

# For programs
sed 's/۱٬۲۴۰٬۰۰۰/۱۲/' fa.xml >"$work/fa.xml"
"$chancery" translate parity -q --format=json en.xml "$work/fa.xml" >"$work/got" 2>"$work/err"
check 'json: exit status' 1 $?
check 'json: nothing else is said' '' "$(cat "$work/err")"
check json '{"what":"number","a":{"file":"en.xml","line":21,"column":64,"part":"paragraph 1","has":["1240000"]},"b":{"file":"fa.xml","line":20,"column":55,"part":"paragraph 1","has":["12"]}}' \
    "$(sed 's|"file":"[^"]*/|"file":"|' "$work/got")"

# Bad input
"$chancery" translate parity en.xml >"$work/out" 2>&1; check 'one letter' 2 $?
"$chancery" translate parity en.xml none.xml >"$work/out" 2>&1; check 'no such letter' 4 $?
"$chancery" translate parity en.xml changes >"$work/out" 2>&1; check 'no letter' 1 $?
"$chancery" translate parity --format=xml en.xml fa.xml >"$work/out" 2>&1; check 'no such format' 2 $?
"$chancery" translate nothing en.xml >"$work/out" 2>&1; check 'no such work' 2 $?
"$chancery" translate >"$work/out" 2>&1; check 'no work' 2 $?
"$chancery" translate parity - en.xml <fa.xml >"$work/out" 2>&1; check 'standard input' 0 $?
finish
