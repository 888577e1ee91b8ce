#!/usr/bin/env bash
# Each kind of document (tests/cases/protocol/kinds.case): which parts of a letter that has them all
# it excludes, which it lacks in one that has none.  Every kind of kinds.xml is there, every message
# names its source, and a kind that does not exist gets the nearest as a hint.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

letter() { # KIND PARTS
    echo "<letter xmlns=\"urn:chancery:letter:1\" kind=\"$1\" xml:lang=\"en\">$2</letter>" >"$work/letter.xml"
    "$chancery" check "$work/letter.xml" >"$work/out" 2>&1
}

# The parts that messages with a code name, in their order.
parts() { # CODE
    sed -n "s/.*: \([^:]*\) \[$1 .*/\1/p" "$work/out" | paste -sd '|' | sed 's/|/, /g'
}

all='<meta><idno type="reference">7</idno><subject>S</subject><classification level="secret"/></meta>
<sender><orgName>Body</orgName></sender><addressee><persName>A</persName></addressee>
<opener><dateline><date when="2026-03-02"/></dateline><salute>Sir,</salute></opener>
<body><p>Text.</p><salute>Sir,</salute><p>More.</p><formula name="testimonium">IN WITNESS WHEREOF</formula></body>
<closer><formula name="courtesy">Yours</formula><signed><persName>B</persName></signed><initials/><seal/></closer>
<signatories><signatory><persName>C</persName></signatory></signatories>
<encl><item>Map</item></encl><cc><item>D</item></cc><postscript><p>P.S.</p></postscript>'

while IFS='|' read -r kind forbidden unusual missing; do
    case $kind in '#'* | '') continue ;; esac
    kind=$(echo $kind)
    letter "$kind" "$all"
    check "$kind: forbidden" "$(echo $forbidden)" "$(parts E3030)"
    check "$kind: unusual" "$(echo $unusual)" "$(parts W3034)"
    check "$kind: every message has its source" "$(grep -c '\[[EW]3[01][0-9][0-9] ' "$work/out")" \
        "$(grep -c '^    source: [A-Za-z]' "$work/out")"
    letter "$kind" '<body><p>Text.</p></body>'
    check "$kind: missing" "$(echo $missing)" "$(parts W3031)"
    echo "$kind" >>"$work/kinds"
done <"$top/tests/cases/protocol/kinds.case"

check "all kinds are tried" "$(sed -n 's/.*<kind name="\([^"]*\)".*/\1/p' "$top/styles/protocol/kinds.xml" | LC_ALL=C sort | paste -sd ' ')" \
    "$(LC_ALL=C sort "$work/kinds" | paste -sd ' ')"
# Sources that rules name are told in words.
check "all sources are told" "" "$(sed -n 's/.* source="\([^"]*\)".*/\1/p' "$top/styles/protocol/kinds.xml" | tr ' ' '\n' | LC_ALL=C sort -u |
    while read -r s; do grep -q "<source name=\"$s\"" "$top/styles/protocol/sources.xml" || echo "$s"; done | paste -sd ' ')"

check "every kind has a sheet" "" "$(while read -r k; do grep -q "kinds=\"\([a-z -]* \)*${k}[ \"]" "$top/styles/catalogue.xml" || echo "$k"; done <"$work/kinds" | paste -sd ' ')"

letter note-verbal '<body><p>Text.</p></body>'
check "an unknown kind" "1 1" "$(grep -c "no kind of document 'note-verbal' \[E3033" "$work/out") $(grep -c 'hint: there is note-verbale' "$work/out")"
letter note-verbale '<sender><orgName>X</orgName></sender><opener><dateline><date when="2026-03-02"/></dateline></opener><body><p>Text.</p></body>'
check "the date of a note above the text" 1 "$(grep -c 'stands below the text \[W3035' "$work/out")"
letter un-circulation '<body><p>Text.</p></body><closer><signed><honorific>H.E.</honorific><persName>Ann Bee</persName></signed></closer>'
check "an honorific where names are printed as signed" 1 "$(grep -c '\[N3036' "$work/out")"
check "(Signed) is printed" "1 0" "$("$chancery" render "$work/letter.xml" --dump=pages 2>/dev/null | awk '/\(Signed\)/ { s++ } /H\.E\./ { h++ } END { print s + 0, h + 0 }')"
letter note-verbale '<addressee><orgName>Here</orgName></addressee><body><p>Text.</p></body>'
sed -i 's/kind=/style="letter" kind=/' "$work/letter.xml"
check "the addressee of a note stands at the foot in any sheet" yes "$("$chancery" render "$work/letter.xml" --dump=pages 2>/dev/null | awk '/"Here"/ { print ($3 > 600 ? "yes" : "no, at " $3) }')"
finish
