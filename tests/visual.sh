#!/usr/bin/env bash
# visual.sh [--update] -- letters of mixed directions (tests/letters/mixed-*), as they lie on paper: each
# line of a page with its pieces from left to right, each in the order in which it is read, "<"
# before those read from right to left; against the prints kept beside them.  The kept prints were compared with the pictures of
# the pages by eye.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

# From the print of the pages: lines by their baselines, pieces by their left edges.
lines() {
    awk '/^page / { page++ }
        /^text / {
            match($0, /"/); text = substr($0, RSTART + 1)
            rtl = text ~ /" rtl( |$)/
            sub(/"( rtl)?( hyphen)?  \[[^]]*\]$/, "", text)
            printf "%d\t%.1f\t%09.2f\t%s%s\n", page, $3, $2, rtl ? "<" : " ", text
        }' |
        LC_ALL=C sort -t "$(printf '\t')" -k1,1n -k2,2n -k3,3n |
        awk -F '\t' '
            function out() { if (piece != "") print piece "|"; piece = "" }
            { way = substr($4, 1, 1); text = substr($4, 2) }
            $1 "/" $2 != at { out(); at = $1 "/" $2; print "line" }
            piece != "" && way == substr(piece, 1, 1) {
                piece = way == "<" ? way text substr(piece, 2) : piece text
                next
            }
            { out(); piece = $4 }
            END { out() }'
}

for letter in "$top"/tests/letters/mixed-*.xml; do
    name=$(basename "$letter" .xml)
    kept=${letter%.xml}.visual
    if ! "$chancery" render "$letter" --dump=pages >"$work/pages" 2>"$work/err"; then
        echo "not ok: $name:"; head -5 "$work/err"
        failed=$((failed + 1))
        continue
    fi
    lines <"$work/pages" >"$work/now"
    if [ "${1-}" = --update ]; then
        cp "$work/now" "$kept"
    elif diff -u "$kept" "$work/now" >"$work/diff"; then
        passed=$((passed + 1))
    else
        echo "not ok: $name lies otherwise:"; head -40 "$work/diff"
        failed=$((failed + 1))
    fi
done
[ "${1-}" = --update ] || finish
