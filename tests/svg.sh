#!/usr/bin/env bash
# svg.sh [-v] -- the drawings of tests/cases/svg in a PDF against what another program (rsvg-convert)
# makes of the same files: two pictures, pixel by pixel.  And the comparison itself, which must tell
# a drawing from one that differs a little.  -v: print what was measured.
# CHANCERY: the program; CHANCERY_BUILD: where the tools of the tests are.
set -u
top=${CHANCERY_SRC:-$(cd "$(dirname "$0")/.." && pwd)}
chancery=${CHANCERY:-$top/chancery}
png_diff=${PNG_DIFF:-$CHANCERY_BUILD/tests/tools/png_diff}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
command -v rsvg-convert >/dev/null || { echo "no rsvg-convert (librsvg2-bin)"; exit 77; }
command -v pdftoppm >/dev/null || { echo "no pdftoppm (poppler-utils)"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-svg.XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 verbose=${1-}
# Both rasterise edges in their own way: thousandths, as png_diff counts them.
mean=4 far=3

bad() { echo "not ok: $1: $2"; failed=$((failed + 1)); }

# The drawing stands on whole points, which are three pixels each.
cat >"$work/sheet.xml" <<'XML'
<style xmlns="urn:chancery:style:1" name="sheet" extends="letter">
  <paper width="300pt" height="400pt"/>
  <margins top="20pt" bottom="20pt" start="20pt" end="20pt"/>
  <head top="0"/>
  <foot bottom="0"/>
  <role name="figure" align="left" before="0pt" after="0pt"/>
</style>
XML
ours() { # NAME SVG
    local height
    cp "$2" "$work/$1.svg"
    printf '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><meta><title>T</title></meta><body><figure src="%s.svg" alt="a" width="216pt"/></body></letter>\n' "$1" >"$work/$1.xml"
    height=$(cd "$work" && "$chancery" render "$1.xml" --style=./sheet.xml --dump=pages 2>/dev/null |
        awk '/^image / { printf "%d", $6 * 3 + 0.5 }')
    (cd "$work" && "$chancery" render "$1.xml" --style=./sheet.xml -o "$1.pdf") >"$work/$1.said" 2>&1 &&
        pdftoppm -png -r 216 -x 60 -y 60 -W 648 -H "$height" -singlefile "$work/$1.pdf" "$work/$1.ours" &&
        echo "$height" | tee "$work/$1.height"
}

theirs() { # NAME SVG HEIGHT
    rsvg-convert -w 648 -h "$3" -b white "$2" -o "$work/$1.theirs.png"
}

agree() { # MEAN FAR
    awk -v m="$1" -v f="$2" -v mean=$mean -v far=$far 'BEGIN { exit !(m <= mean && f <= far) }'
}

for svg in "$top"/tests/cases/svg/*.svg; do
    name=$(basename "$svg" .svg)
    [ "$name" != rules ] || continue # where the two are known to differ
    if ! height=$(ours "$name" "$svg"); then
        bad "$name" "not rendered"
        head -5 "$work/$name.said"
    elif ! theirs "$name" "$svg" "$height" || ! said=$("$png_diff" "$work/$name.ours.png" "$work/$name.theirs.png"); then
        bad "$name" "no two pictures"
    else
        read -r m f ink <<<"$said"
        [ -z "$verbose" ] || echo "$name: mean $m far $f ink $ink"
        if ! agree "$m" "$f"; then bad "$name" "mean difference $m (at most $mean), far pixels $f (at most $far)"
        elif [ "$ink" -lt 50 ]; then bad "$name" "hardly anything is drawn"
        else passed=$((passed + 1)); fi
    fi
done

# A little changed in each: the comparison must see it.
control() { # NAME FROM TO
    local height said
    sed "s|$2|$3|" "$top/tests/cases/svg/$1.svg" >"$work/changed.svg"
    if cmp -s "$work/changed.svg" "$top/tests/cases/svg/$1.svg"; then
        bad "control of $1" "nothing was changed"
        return
    fi
    height=$(cat "$work/$1.height")
    theirs changed "$work/changed.svg" "$height"
    said=$("$png_diff" "$work/$1.ours.png" "$work/changed.theirs.png") || said='0 0 0'
    read -r m f _ <<<"$said"
    [ -z "$verbose" ] || echo "control of $1: mean $m far $f"
    if agree "$m" "$f"; then bad "control of $1" "the change was not seen: mean $m, far $f"
    else passed=$((passed + 1)); fi
}
control linear 'rotate(30 60 90)' 'rotate(20 60 90)'
control strokes 'stroke-dashoffset="6"' 'stroke-dashoffset="3"'
control paths 'm10 100q25-30 50 0t50 0' 'm10 100q25-30 50 0t50-5'

# An emblem without colour, asked for by the sheet or by the letterhead.
cp "$top/samples/images/emblem.svg" "$work/emblem.svg"
cat >"$work/emblem.xml" <<'XML'
<letter xmlns="urn:chancery:letter:1" xml:lang="en" style="ministry"><meta><title>T</title></meta>
<sender><orgName>Body</orgName><figure src="emblem.svg" alt="Herons"/></sender><body><p>Text.</p></body></letter>
XML
sed 's/<style.*/<style xmlns="urn:chancery:style:1" name="grey" extends="ministry"><letterhead top="17mm"><emblem width="20mm" colours="black"\/><\/letterhead><\/style>/; 2,$d' \
    "$work/sheet.xml" >"$work/grey.xml"
coloured() { # ARGUMENT...: how many of the pixels of page 1 have a colour
    (cd "$work" && "$chancery" render emblem.xml "$@" -o emblem.pdf) >"$work/emblem.said" 2>&1 || { echo "not rendered"; return; }
    pdftoppm -r 30 "$work/emblem.pdf" -singlefile "$work/emblem"
    tail -n +4 "$work/emblem.ppm" | od -An -v -tu1 -w3 | awk '$1 != $2 || $2 != $3 { n++ } END { print n + 0 }'
}
tint=$(coloured) by_head=$(coloured --letterhead=black) by_sheet=$(coloured --style=./grey.xml)
if [ "$tint" -gt 100 ] 2>/dev/null; then passed=$((passed + 1)); else bad "emblem in colour" "$tint pixels have one"; fi
for n in "$by_head" "$by_sheet"; do
    if [ "$n" = 0 ]; then passed=$((passed + 1)); else bad "emblem in black" "$n pixels have a colour"; fi
done
echo "CASES $passed $failed 0"
[ "$failed" -eq 0 ]
