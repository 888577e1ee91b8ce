#!/usr/bin/env bash
# Letters in scripts without word spaces (tests/cases/han): the edges of their lines, flush
# setting, the grid of GB/T 9704 measured in the finished PDF, fonts and text taken out.
# shellcheck disable=SC2015  # ok cannot fail
set -u
top=${CHANCERY_SRC:-$(cd "$(dirname "$0")/.." && pwd)}
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top} LC_ALL=C.UTF-8
passed=0 failed=0 skipped=0
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-han.XXXXXX")
trap 'rm -rf "$work"' EXIT

ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "not ok: $*"
}
# want WHAT FILE: the file, a list of what is wrong, is empty.
want() {
    if [ -s "$2" ]; then
        bad "$1:"
        head -5 "$2"
    else
        ok
    fi
}

if ! fc-list : family | grep -q 'Noto Serif CJK SC'; then
    echo "Noto Serif CJK is not installed"
    exit 77
fi

# shellcheck disable=SC1112  # quotation marks to look for
never_first='[，。、；：？！）》」』】〉〕”’·ーっゃゅょァィゥェォッャュョ々～]'
# shellcheck disable=SC1112
never_last='[（《「『【〈〔“‘￥№]'

for letter in "$top"/tests/cases/han/*.xml; do
    name=$(basename "$letter" .xml)
    for style in letter gbt9704 coalition; do
        sed "s/ style=\"[a-z0-9]*\"/ style=\"$style\"/" "$letter" >"$work/l.xml"
        if ! "$chancery" render "$work/l.xml" --dump=lines >"$work/dump" 2>"$work/err"; then
            bad "$name in $style:"
            head -3 "$work/err"
            continue
        fi
        sed -n 's/^  line ratio [^"]*"\(.*\)"$/\1/p' "$work/dump" >"$work/lines"
        [ -s "$work/lines" ] || bad "$name in $style has no lines"
        grep -nE "^$never_first" "$work/lines" >"$work/wrong"
        want "$name in $style: what begins a line" "$work/wrong"
        grep -nE "$never_last\$" "$work/lines" >"$work/wrong"
        want "$name in $style: what ends a line" "$work/wrong"
        # A dash, an ellipsis, a Latin word or a number is not divided.
        awk 'NR > 1 && ((prev ~ /—$/ && $0 ~ /^—/) || (prev ~ /…$/ && $0 ~ /^…/) ||
             (prev ~ /[A-Za-z0-9.,]$/ && $0 ~ /^[A-Za-z0-9%]/)) { print prev "|" $0 }
             { prev = $0 }' "$work/lines" >"$work/wrong"
        want "$name in $style: what is divided" "$work/wrong"
        # No paragraph of several lines ends in one character alone.
        awk '/^para/ { if (n > 1) print last; n = 0 } /^  line/ { n++; last = $0 }' "$work/dump" |
            sed 's/^[^"]*"\(.*\)"$/\1/' | grep -E '^.?[。！？」”）…]*$' >"$work/wrong"
        want "$name in $style: a last line of one character" "$work/wrong"
    done
done

# shellcheck disable=SC1112,SC2015
# Justified lines fill the measure; only the blank of a mark hangs out, by half of 11.5 points.
for name in zh zh-Hant ja; do
    "$chancery" render "$top/tests/cases/han/$name.xml" --dump=lines 2>/dev/null |
        awk '/^para/ { m = $4; held = "" }
             /^  line/ { if (held != "") print held
                 match($0, /".*"$/); text = substr($0, RSTART)
                 right = $5 + $7; hang = text ~ /[，。、；：？！）》」』”’]"$/
                 free = right - m
                 flush = (free > -0.03 && free < 0.03) || (hang && free > 2.8 && free < 5.8)
                 held = flush ? "" : $0 }' >"$work/wrong"
    want "$name: lines that are not flush" "$work/wrong"
done
# In Thai nothing but spaces may grow, and these do not fill lines: ragged, words whole.
"$chancery" render "$top/tests/cases/han/th.xml" --dump=lines 2>/dev/null |
    grep '^  line' | grep -v 'ratio 0 ' >"$work/wrong"
want "th: stretched lines" "$work/wrong"
printf '%s\n' 'ใหญ่' 'เดือน' 'เมษายน' 'กำหนด' 'ประชุม' 'สมาชิก' 'แม่น้ำ' 'ระเบียบ' >"$work/words"
"$chancery" render "$top/tests/cases/han/th.xml" --dump=lines 2>/dev/null |
    sed -n 's/^  line ratio [^"]*"\(.*\)"$/\1/p' >"$work/lines"
while read -r word; do
    whole=$(tr -d '\n' <"$work/lines" | grep -o "$word" | wc -l)
    [ "$whole" -gt 0 ] && [ "$(grep -o "$word" "$work/lines" | wc -l)" -eq "$whole" ] ||
        echo "$word"
done <"$work/words" >"$work/wrong"
want "th: divided words" "$work/wrong"

# The files: fonts, and the text taken out (readers put spaces where Latin stands off).
for name in zh zh-Hant ja gbt9704; do
    pdf=$work/$name.pdf
    "$chancery" render "$top/tests/cases/han/$name.xml" -o "$pdf" 2>/dev/null || bad "$name"
    pdffonts "$pdf" | awk 'NR > 2 && $0 !~ / yes yes yes +[0-9]+ +0$/' >"$work/wrong"
    want "$name: fonts embedded as subsets with ToUnicode" "$work/wrong"
    qpdf --check "$pdf" >"$work/qpdf" 2>&1 && ok || bad "$name: qpdf"
    pdftotext "$pdf" - | tr -d ' \n\f' >"$work/out"
    sed -n 's/^ *<p[^>]*>\(.*\)<.p>$/\1/p' "$top/tests/cases/han/$name.xml" | tr -d ' ' |
        while read -r p; do
            [ "$name" = gbt9704 ] || grep -qF -- "$p" "$work/out" || echo "$p"
        done >"$work/wrong"
    want "$name: text taken out" "$work/wrong"
done
# Collections of TrueType outlines too: the same letter in AR PL UMing.
if fc-list : family | grep -q 'AR PL UMing CN'; then
    sed 's/<family>Noto Serif CJK SC/<family>Absent/' "$CHANCERY_DATADIR/fonts/fonts.conf" >"$work/fonts.conf"
    mkdir "$work/data" "$work/data/fonts"
    cp -R "$CHANCERY_DATADIR/styles" "$work/data/" && mv "$work/fonts.conf" "$work/data/fonts/"
    CHANCERY_DATADIR=$work/data "$chancery" render "$top/tests/cases/han/gbt9704.xml" \
        -o "$work/uming.pdf" 2>/dev/null
    pdffonts "$work/uming.pdf" | grep -qE 'UMing.* TrueType .* yes yes yes ' && ok ||
        bad "AR PL UMing is not embedded as a subset"
    qpdf --check "$work/uming.pdf" >"$work/qpdf" 2>&1 && ok || bad "uming: qpdf"
else
    skipped=$((skipped + 1))
fi

# GB/T 9704: 22 lines a page, 28 characters a line, a block of 156 by 225 mm at (28, 37).
pdftotext -bbox "$work/gbt9704.pdf" - |
    LC_ALL=C awk -F'"' 'BEGIN { mm = 72 / 25.4 }
        /<page / { page++ }
        /<word / {
            x = $2; y = $4; right = $6; low = $8; text = $9
            sub(/^>/, "", text); sub(/<.*/, "", text)
            if (y > 262.5 * mm) { foot[page] = foot[page] text; footx[page] = x; next }
            if (!((page, y) in seen)) { seen[page, y]; lines[page]++ }
            if (!(page in left) || x < left[page]) left[page] = x
            if (right > most[page]) most[page] = right
            if (!(page in first) || y < first[page]) first[page] = y
            if (y > last[page]) last[page] = y
            if (right - x > 441 && text !~ /，|。|；|：|《|》|“|”/) {
                gsub(/[\200-\277]/, "", text)
                full++; if (length(text) != 28) print "a full line of " length(text)
            }
        }
        function near(what, v, to) { if (v < to - 0.5 || v > to + 0.5) print what " " v " mm, not " to }
        END {
            if (page < 4) print "only " page " pages"
            if (full < 30) print "only " full " full lines"
            for (p = 1; p < page; p++) {
                if (lines[p] != 22) print "page " p " has " lines[p] " lines"
                near("left of page " p, left[p] / mm, 28)
                near("right of page " p, most[p] / mm, 184)
                pitch = (last[p] - first[p]) / 21
                near("height of page " p, 22 * pitch / mm, 225)
                if (first[p] / mm < 36.5 || first[p] / mm > 37 + pitch / mm) print "top of page " p
            }
            if (1 in foot) print "page 1 has a number"
            if (foot[2] != "—2—" || footx[2] / mm > 60) print "foot of page 2: " foot[2]
            if (foot[3] != "—3—" || footx[3] / mm < 150) print "foot of page 3: " foot[3]
        }' >"$work/wrong"
want "the page of GB/T 9704" "$work/wrong"

echo "CASES $passed $failed $skipped"
[ $failed -eq 0 ]
