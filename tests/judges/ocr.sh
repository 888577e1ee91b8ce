#!/usr/bin/env bash
# ocr.sh [-v] -- a reader of pictures (tesseract) reads the letters of ocr.tsv as a person would:
# what it makes of their pages agrees with their source, but for the errors that the table allows.
# CHANCERY: the program; CHANCERY_SRC: the source tree.  -v: print what was measured.
set -u
here=$CHANCERY_SRC/tests/judges
chancery=$CHANCERY
command -v tesseract >/dev/null || { echo "no tesseract (tesseract-ocr)"; exit 77; }
command -v pdftoppm >/dev/null || { echo "no pdftoppm (poppler-utils)"; exit 77; }
"$here/node.sh" -e 0 || exit 77
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-ocr.XXXXXX")
trap 'rm -rf "$work"' EXIT
have=$(tesseract --list-langs 2>/dev/null)

# One letter: prints "NAME ERRORS LENGTH WHERE", or nothing that begins with a number.
letter() { # NAME LANGUAGE DOTS
    local name=$1 page
    "$chancery" render "$CHANCERY_SRC/samples/$name.xml" -o "$work/$name.pdf" 2>/dev/null &&
        "$chancery" render "$CHANCERY_SRC/samples/$name.xml" --dump=letter >"$work/$name.letter" 2>/dev/null ||
        return
    pdftoppm -r "$3" -gray "$work/$name.pdf" "$work/$name"
    for page in "$work/$name"-?.pgm; do
        OMP_THREAD_LIMIT=1 tesseract "$page" "${page%.pgm}" -l "$2" --psm 6 2>/dev/null
        rm -f "$page"
    done
    "$here/node.sh" "$here/ocr.mjs" "$work/$name.letter" "$work/$name"-?.txt >"$work/$name.said"
}

passed=0 failed=0 skipped=0
rows=()
while IFS=$'\t' read -r name language dots _ limit; do
    [[ $name == \#* ]] && continue
    if ! grep -qx "$language" <<<"$have"; then
        echo "skipped: $name: tesseract has no '$language'"
        skipped=$((skipped + 1))
        continue
    fi
    rows+=("$name $limit")
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
    letter "$name" "$language" "$dots" &
done <"$here/ocr.tsv"
wait
for row in "${rows[@]}"; do
    read -r name limit <<<"$row"
    said=$(cat "$work/$name.said" 2>/dev/null)
    if awk -v e="${said%% *}" -v l="$limit" 'BEGIN { exit !(e ~ /^[0-9.]+$/ && e + 0 <= l + 0) }'; then
        passed=$((passed + 1))
        [ "${1-}" != -v ] || echo "$name: $said"
    else
        failed=$((failed + 1))
        echo "not ok: $name: more than $limit errors in a hundred: ${said:-not read}"
    fi
done
# The measure itself: what was read of one letter is not another letter.
if [ -e "$work/water-en.said" ] && [ -e "$work/water-fr.said" ]; then
    said=$("$here/node.sh" "$here/ocr.mjs" "$work/water-en.letter" "$work"/water-fr-?.txt)
    if awk -v e="${said%% *}" 'BEGIN { exit !(e + 0 > 30) }'; then
        passed=$((passed + 1))
    else
        echo "not ok: the French letter is read as the English one: $said"
        failed=$((failed + 1))
    fi
fi
echo "CASES $passed $failed $skipped"
[ "$failed" -eq 0 ] && { [ "$passed" -gt 0 ] || exit 77; }
