#!/usr/bin/env bash
# parity.sh -- the versions of one letter are one letter: what stands under what (paragraphs, lists
# and their items, notes, marked words, enclosures, copies) is the same in every language, in the
# source and in the tags of the PDF.  Wording, quotation marks and the marks of lists are not looked
# at; nor is the address, whose lines every language has its own way with.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

# The letter as the model has it, from the salutation on: kinds of blocks by depth, marked words and
# notes counted in each.
skeleton() {
    awk '/^  salute/ { on = 1 }
        !on { next }
        { match($0, /^ */); out = substr($0, 1, RLENGTH) $1 }
        $1 ~ /^(p|item)$/ {
            counted = " " $0
            out = out " foreign" gsub(/\[foreign/, "", counted) \
                " emph" gsub(/\[emph/, "", counted) " date" gsub(/\[date/, "", counted) \
                " ref" gsub(/\[ref/, "", counted) " note" gsub(/\[note/, "", counted)
        }
        { print out }'
}

tags() { # the tags of the PDF, by depth, without what is said in them
    awk '{ match($0, /^ */); if ($1 ~ /^[A-Z]/) print substr($0, 1, RLENGTH) $1 }' |
        sed -n '/H1/,$p'
}

first=
for letter in "$top"/samples/water-*.xml; do
    name=$(basename "$letter" .xml)
    for pass in letter structure; do
        "$chancery" render "$letter" --dump=$pass 2>/dev/null >"$work/dump"
        case $pass in letter) skeleton ;; structure) tags ;; esac <"$work/dump" >"$work/$name.$pass"
        [ -s "$work/$name.$pass" ] || { echo "not ok: $name: nothing printed"; failed=$((failed + 1)); continue; }
        [ -n "$first" ] || continue
        if diff -u "$work/$first.$pass" "$work/$name.$pass" >"$work/diff"; then
            passed=$((passed + 1))
        else
            echo "not ok: $name is not the letter that $first is ($pass):"
            head -30 "$work/diff"
            failed=$((failed + 1))
        fi
    done
    first=${first:-$name}
done
[ $passed -gt 0 ] || failed=$((failed + 1))
finish
