#!/bin/bash
# One letter with all that has a side on the page, set from left to right and from right to left:
# every line, rule and image of the one must stand where the other has its mirror image.  Lines
# of text count as the stretches that ink and space fill without a gap.  And what does not turn:
# the window of an envelope, and what a sheet pins to a side.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

cp "$top/samples/images/emblem.png" "$work/emblem.png"

# sheet EXTENDS MORE: a sheet in which no sign hangs out, since signs stand at other ends then
sheet() {
    cat >"$work/sheet.xml" <<END
<style xmlns="urn:chancery:style:1" name="sheet" extends="$1">
$2
  <role name="base" protrusion="0%"/>
  <role name="paragraph" protrusion="0%"/>
</style>
END
}

# pages DIR LAYOUT SIGNATURES: the letter's pages into $work/DIR
pages() {
    local signed='' i
    for ((i = 0; i < $3; i++)); do
        signed="$signed<signed><persName>Person $i</persName><role>Office</role></signed>"
    done
    sed -e "s/DIR/$1/; s/LAYOUT/$2/; s/STYLE/sheet.xml/; s/EMBLEM/emblem.png/; s|SIGNED|$signed|" \
        "$top/tests/mirror/letter.xml" >"$work/letter.xml"
    "$chancery" render "$work/letter.xml" --dump=pages >"$work/$1" 2>"$work/err" && return
    echo "not ok: $name, $1:"
    head -5 "$work/err"
    return 1
}

# stretches FILE TURN: "page kind y from to" of all that is printed, in hundredths, sorted
stretches() {
    awk -v turn="$2" '
        function n(v) { return int(v * 100 + 0.5) }
        function put(kind, y, x, w,   t) {
            if (turn) x = wide - x - w
            printf "%d %s %d %d %d\n", page, kind, n(y), n(x), n(x + w)
        }
        $1 == "page" { page = $2; for (i = 3; i < NF; i++) if ($(i + 1) == "x") wide = $i; next }
        $1 == "text" { for (i = 5; i < NF; i++) if ($i == "w") break; put("text", $3, $2, $(i + 1)) }
        $1 ~ /^stroke/ { put("stroke", $3, $2, $4) }
        $1 == "rule" || $1 == "image" { put($1, $3, $2, $4) }
    ' "$1" | sort -k1,1n -k2,2 -k3,3n -k4,4n -k5,5n | awk '
        $1 == page && $2 == kind && kind == "text" && $3 == y && $4 <= to + 30 {
            if ($5 > to) to = $5
            next
        }
        { if (NR > 1) print page, kind, y, from, to; page = $1; kind = $2; y = $3; from = $4; to = $5 }
        END { print page, kind, y, from, to }'
}

# mirrored: are the two prints mirror images, to a fifth of a point (signs that
# stand the other way round are kerned otherwise)?
mirrored() {
    stretches "$work/ltr" 1 >"$work/a"
    stretches "$work/rtl" 0 >"$work/b"
    paste -d ' ' "$work/a" "$work/b" | awk '
        function far(a, b) { return a - b > 20 || b - a > 20 }
        $1 != $6 || $2 != $7 || far($3, $8) || far($4, $9) || far($5, $10) {
            print "  page " $1 ": " $2 " at " $3 " from " $4 " to " $5 ", mirrored " \
                $6 " " $7 " " $8 " " $9 " " $10
            if (++bad == 8) exit
        }
        END { exit bad > 0 || NR < 30 }' >"$work/diff"
}

check() { # NAME: after pages has made both
    if mirrored; then
        passed=$((passed + 1))
    else
        echo "not ok: $name is not mirrored:"
        cat "$work/diff"
        failed=$((failed + 1))
    fi
}

for style in letter ministry coalition note-verbale un; do
    sheet $style ''
    for layout in table blocks columns; do
        name="$style with $layout"
        n=2
        [ $layout = blocks ] && n=1
        if pages ltr $layout $n && pages rtl $layout $n; then
            check
        else
            failed=$((failed + 1))
        fi
    done
done

# at FILE TEXT: the x of the first text that begins so, in points
at() { awk -v t="\"$2" '$1 == "text" && index($0, t) { print int($2); exit }' "$work/$1"; }

# stands NAME FROM X TO
stands() {
    if [ -n "$3" ] && [ "$2" -le "$3" ] && [ "$3" -le "$4" ]; then
        passed=$((passed + 1))
    else
        echo "not ok: $1 stands at '$3', not between $2 and $4"
        failed=$((failed + 1))
    fi
}

# What an annex has on request: initials, an end mark, places without a name, a front.
for layout in table blocks columns; do
    name="the end of an annex with $layout"
    sheet letter '<signatures initials="9mm"/>
        <annex sides="two" follows="yes" end-mark="stroke" blank-rows="2"/>'
    if pages ltr $layout 3 && pages rtl $layout 3; then
        check
        stands "the stroke of $layout, ltr" 1 "$(grep -c '^ *stroke ' "$work/ltr")" 1
        stands "the stroke of $layout, rtl" 1 "$(grep -c '^ *stroke-rtl ' "$work/rtl")" 1
    else
        failed=$((failed + 3))
    fi
done

# The window of DIN form B begins 20 mm from the left and is 85 mm wide: 56.7 to 297.6 pt.
name='a window'
sheet din-5008-b ''
if pages ltr table 1 && pages rtl table 1; then
    stands 'the address in a window, ltr' 70 "$(at ltr 'Port Alden')" 72
    stands 'the address in a window, rtl' 220 "$(at rtl 'Port Alden')" 297
    for d in ltr rtl; do
        stands "a fold mark, $d" 11 "$(awk '$1 == "rule" && $3 > 297 && $3 < 298 { print int($2); exit }' "$work/$d")" 12
    done
else
    failed=$((failed + 4))
fi

# Pinned: the particulars at the left, the emblem at the right, and running lines.
name='pinned sides'
sheet isiri-379 '<running page="next" place="head" left="Links" right="Rechts"/>'
if pages ltr table 1 && pages rtl table 1; then
    for d in ltr rtl; do
        stands "the emblem, $d" 440 "$(awk '$1 == "image" { print int($2); exit }' "$work/$d")" 560
        stands "the date, $d" 40 "$(at $d 'Date')" 215
        stands "a running line at the left, $d" 40 "$(at $d Links)" 75
        stands "a running line at the right, $d" 450 "$(at $d Rechts)" 540
    done
else
    failed=$((failed + 8))
fi

# A letter in an annex, in a language of the other direction, is the other way round.
name='an annex in another direction'
if "$chancery" render "$top/tests/mirror/annex.xml" --dump=pages >"$work/annex" 2>"$work/err"; then
    left=$(awk '$1 == "text" && /"Latin text/ { print int($2); exit }' "$work/annex")
    mark=$(awk '$1 == "text" && /"\(a/ { print int($2); exit }' "$work/annex")
    item=$(awk '$1 == "text" && /"Item/ { print int($2); exit }' "$work/annex")
    stands 'a text from left to right' 104 "$left" 109
    stands 'the mark of its list' 104 "$mark" 109
    stands 'an item of its list' 120 "$item" 135
else
    echo "not ok: $name:"
    head -5 "$work/err"
    failed=$((failed + 3))
fi

# A reader that shows two pages side by side is told which of them comes first.
for d in rtl ltr; do
    sed -e "s/DIR/$d/; s/LAYOUT/table/; s/STYLE/sheet.xml/; s/EMBLEM/emblem.png/; s/SIGNED//" \
        "$top/tests/mirror/letter.xml" >"$work/letter.xml"
    "$chancery" render "$work/letter.xml" -o "$work/$d.pdf" 2>/dev/null
    says=$(grep -ac '/Direction/R2L' "$work/$d.pdf")
    want=0
    [ $d = rtl ] && want=1
    stands "the direction of the pages in the PDF, $d," $want "$says" $want
done

finish
