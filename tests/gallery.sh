#!/usr/bin/env bash
# The gallery (doc/gallery): it lists every letter of samples/ once and no other, and is made.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

listed=$(grep -v '^#' "$top/doc/gallery/gallery.txt" | cut -d ' ' -f 1 | LC_ALL=C sort | paste -sd ' ')
there=$(cd "$top/samples" && printf '%s\n' *.xml | sed 's/\.xml$//' | LC_ALL=C sort | paste -sd ' ')
check "every sample is in the gallery" "$there" "$listed"

command -v pdftoppm >/dev/null || { echo "CASES $passed $failed 1"; exit 0; }
GALLERY_DPI=20 "$top/doc/gallery/make.sh" "$chancery" "$work/out" joint-letter note-verbale-ar >"$work/log" 2>&1
check "it is made" 0 $?
check "nothing is said" "" "$(cat "$work/log")"
check "three pages of one, one of the other" "joint-letter-1.png joint-letter-2.png joint-letter-3.png note-verbale-ar-1.png" \
    "$(cd "$work/out" && printf '%s\n' *.png | paste -sd ' ')"
check "pictures, sources and commands are in it" "4 2 2" \
    "$(cd "$work/out" && for what in '<img' '&lt;letter ' '<code>chancery render'; do grep -c "$what" index.html; done | paste -sd ' ')"
xmllint --html --noout "$work/out/index.html" 2>"$work/log"
check "it is HTML" "" "$(grep -v 'Tag \(section\|details\|summary\) invalid\|<section\|<details\|\^$' "$work/log" | head -3)"
finish
