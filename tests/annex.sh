#!/bin/bash
# The pages of annexes, made in several lengths, layouts and languages, from what the page pass
# prints: the text names the pages that the list has; each of them names the letter; every name is
# there once, in order; initials, end marks, fronts and places without a name are where the sheet
# asks for them.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

# letter LANG N ATTRIBUTES: names are "N1 Person" and so on, wherever the language
letter() {
    local i
    cat <<END
<letter xmlns="urn:chancery:letter:1" style="$work/sheet.xml" xml:lang="$1"><meta><idno type="reference">NF-12</idno></meta>
<addressee><persName>A. Orlo</persName></addressee>
<opener><dateline><date when="2026-03-02"/></dateline></opener>
<body><p>One line of text.</p><p>Another line of text.</p></body>
<closer><formula name="courtesy">Accept, Sir.</formula><signed><persName>C. Brod</persName></signed></closer>
<signatories $3>
END
    for ((i = 1; i <= $2; i++)); do
        org="Body of the upper river $((i % 7))"
        [ $i != 2 ] || org=${long:-$org}
        echo "<signatory><persName>N$i</persName><orgName>$org</orgName></signatory>"
    done
    echo "</signatories>"
    [ -z "${late-}" ] || echo "<signatories date=\"2026-04-01\" $3>"
    for ((; ${late:-0} && i <= $2 + ${late:-0}; i++)); do
        echo "<signatory><persName>N$i</persName><orgName>Body of the upper river $((i % 7))</orgName></signatory>"
    done
    [ -z "${late-}" ] || echo "</signatories>"
    echo "</letter>"
}

# sheet ATTRIBUTES MORE: of annex; more elements
sheet() {
    cat >"$work/sheet.xml" <<END
<style xmlns="urn:chancery:style:1" name="sheet" extends="coalition">
${2-}
<annex $1/>
</style>
END
}

# facts: of a print of pages, one a line: "pages N", "annex FROM TO", "says TEXT", "names N", "order ok",
# "blank PAGE" (nothing but furniture), "strokes PAGE", "dashes PAGE", "boxes N" (uprights of boxes for
# initials on each page, "uneven" when pages differ), "follows PAGE", "side by side N" (names)
facts() {
    awk '
        function text() { match($0, /".*"/); return substr($0, RSTART + 1, RLENGTH - 2) }
        $1 == "page" { page = $2; next }
        { furniture = /\[(header|footer)\]/ }
        $1 == "text" && furniture && text() ~ /NF-12/ { if (!from) from = page; to = page }
        $1 == "text" && !furniture { full[page] = 1; t = text() }
        $1 == "text" && !furniture && t ~ /^N[0-9]+;?$/ { k = substr(t, 2) + 0; names++; if (k != names) bad = 1; if (!($2 in x)) { x[$2] = 1; side++ } }
        $1 == "text" && t ~ /Signatories: see|فهرست امضاکنندگان \(/ && !furniture { says = t; line = $3; next }
        $1 == "text" && !furniture && $3 == line && says != "" { says = says t }
        $1 == "text" && $3 != line { line = "" }
        $1 == "text" && !furniture && t == "[Signature page follows]" { print "follows", page }
        $1 == "text" && /\(continued\)"|" \(continued\)/ { again = again " " page }
        $1 == "text" && t ~ /Total of all lists/ { grand = 1 }
        $1 == "stroke" { print "strokes", page }
        $1 == "stroke-rtl" { print "strokes-rtl", page }
        $1 == "rule" && !furniture && $4 == "14.00" { dash[page]++ }
        $1 == "rule" && furniture && $4 == "0.50" { box[page]++ }
        $1 == "rule" && !furniture && $4 > 60 { rules[page]++; all++ }
        END {
            print "pages", page; print "annex", from, to; print "says", says; print "names", names + 0; print "again" again
            print "order", bad ? "bad" : "ok"; print "rules", all + 0; print "side by side", side + 0; print "grand", grand ? "yes" : "no"
            for (i = 1; i <= page; i++) { if (!full[i]) print "blank", i; if (dash[i]) print "dashes", i, dash[i] }
            for (i = 2; i <= page; i++) if (box[i] != box[1]) uneven = 1
            print "boxes", uneven ? "uneven" : box[1] + 0
        }' "$1"
}

# case NAME LANG N LETTER-ATTRIBUTES FACT...: each fact is a line that must be there
case_of() {
    local name=$1 fact ok=yes
    letter "$2" "$3" "$4" >"$work/letter.xml"
    if ! "$chancery" render "$work/letter.xml" --dump=pages >"$work/pages" 2>"$work/err"; then
        echo "not ok: $name:"
        head -5 "$work/err"
        failed=$((failed + 1))
        return
    fi
    facts "$work/pages" >"$work/facts"
    shift 4
    for fact; do
        case $fact in
        "no "*) grep -q "^${fact#no }" "$work/facts" || continue ;;
        *) grep -qxF -- "$fact" "$work/facts" && continue ;;
        esac
        echo "not ok: $name: $fact, in:"
        cat "$work/facts"
        ok=no
    done
    if [ $ok = yes ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

sheet ''
case_of 'one page' en 3 'layout="table"' 'pages 2' 'annex 2 2' 'names 3' 'order ok' \
    'says Signatories: see the annex, page 2 (3 names)' 'dashes 2 3' 'no blank' 'no strokes' 'boxes 0'
case_of 'one name' en 1 'layout="table"' 'annex 2 2' 'says Signatories: see the annex, page 2 (1 name)'
case_of 'several pages' en 40 'layout="table"' 'pages 4' 'annex 2 4' 'names 40' 'order ok' \
    'says Signatories: see the annex, pages 2–4 (40 names)' 'dashes 4 3' 'no blank' 'no follows'
case_of 'digits of the language' fa 40 'layout="table"' 'annex 2 4' 'names 40' 'order ok' \
    'says فهرست امضاکنندگان (۴۰ نام) در ضمیمه، صفحه‌های ۲ تا ۴'
for layout in blocks columns; do
    case_of "$layout" en 40 "layout=\"$layout\"" 'names 40' 'order ok' 'no blank'
done
# As many side by side as have room, and the rows alike: the last alone has its row to itself.
for i in '1 1' '2 2' '3 3' '4 2' '5 3' '6 3' '7 3' '8 3'; do
    case_of "${i% *} blocks" en "${i% *}" 'layout="blocks" columns="3"' "names ${i% *}" 'order ok' "side by side ${i#* }"
done
case_of 'no room to sign in four columns' en 8 'layout="blocks" columns="4"' 'side by side 3'
case_of 'two from right to left' fa 4 'layout="blocks" columns="3"' 'side by side 2'
long='The Standing Conference of the Keepers of Weirs, Locks, Gauges and Landing Stages of the Upper Valley'
case_of 'a long body in two columns' en 6 'layout="blocks" columns="3"' 'names 6' 'order ok' 'side by side 2'
long="$long, $long, $long"
case_of 'one too long for two columns' en 6 'layout="blocks" columns="3" blank-rows="2"' 'names 6' 'order ok' 'side by side 1' 'rules 8'
long=
case_of 'names run in' en 150 'layout="run-in"' 'annex 2 3' 'again 3' 'no blank' 'dashes 3 3' \
    'says Signatories: see the annex, pages 2–3 (150 names)'
for layout in table blocks columns run-in; do
    letter en 2 "layout=\"$layout\"" | sed 's/<signatory>/<signatory status="electronic" date="2026-03-01">/' >"$work/letter.xml"
    if [ "$("$chancery" render "$work/letter.xml" --dump=pages 2>&1 | grep -c '"(Signed')" = 2 ]; then
        passed=$((passed + 1))
    else
        echo "not ok: the state of a signature, $layout"
        failed=$((failed + 1))
    fi
done
late=220
case_of 'those who signed later, run in' en 20 'layout="run-in"' 'annex 2 4' 'again 4' 'no blank' 'grand yes'
late=
case_of 'places without a name' en 3 'layout="table" blank-rows="5"' 'names 3' 'rules 9' 'dashes 2 3'
sheet 'new-page="auto"'
case_of 'under the text nothing is announced' en 2 'layout="columns"' 'pages 1' 'says ' 'names 2'
case_of 'what does not fit under the text is' en 40 'layout="table"' 'annex 2 4' \
    'says Signatories: see the annex, pages 2–4 (40 names)'
sheet 'announce="no" end-mark="none"'
case_of 'nothing asked for' en 40 'layout="table"' 'says ' 'no dashes' 'no strokes'
sheet 'sides="two" end-mark="stroke" follows="yes"' '<signatures initials="10mm"/>'
case_of 'a front' en 20 'layout="table"' 'pages 4' 'annex 3 4' 'blank 2' 'strokes 4' 'follows 1' \
    'boxes 2' 'no dashes' 'says Signatories: see the annex, pages 3–4 (20 names)'
case_of 'the stroke turns' fa 20 'layout="table"' 'annex 3 4' 'strokes-rtl 4' 'boxes 2'
sheet 'blank-rows="2"'
case_of 'the sheet asks for places' en 3 'layout="table"' 'rules 6'
finish
