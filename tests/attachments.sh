#!/bin/bash
# Attachments and the titles that are made for them, by the cases of tests/cases/attach; a letter
# with annexes of another language and an enclosure: its outline, structure and links.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

# The print without the marks of its inline parts: [name "Annex"] " " [name "I"] is Annex I; no-break
# spaces are spaces.
plain() {
    awk '{ gsub(/\302\240/, " "); sub(/^ */, ""); out = ""; quoted = any = 0; n = length($0)
           for (i = 1; i <= n; i++) {
               c = substr($0, i, 1)
               if (c == "\"") { if (!any) sub(/\[[^\]]*$/, "", out); quoted = !quoted; any = 1 }
               else if (quoted || !any) out = out c
           }
           print out }' "$1"
}

run_case() {
    [ -n "$name" ] || return 0
    : "${part[lang]:=en}" "${part[kind]:=letter}"
    cat >"$work/l.xml" <<END
<letter xmlns="urn:chancery:letter:1" kind="${part[kind]}" xml:lang="${part[lang]}">
<addressee rank="secretary-general" gender="m"><persName>A. Okoye</persName><role>Secretary-General</role>${part[to]-}</addressee>
${part[addressee]-}<opener>${part[opener]-}</opener><body><p>x</p></body>
<closer><signed><persName>I. Varga</persName>
<role>Permanent Representative of Ravensmark to the United Nations</role>${part[signed]-}</signed></closer>
${part[after]-}</letter>
END
    "$chancery" render "$work/l.xml" --dump=letter -o - >"$work/out" 2>"$work/err"
    local codes wrong=0 line
    # texts that await review are another test's matter
    codes=$(awk 'match($0, /\[[EW][0-9]+ /) && /^[^ ].*\]$/ { c = substr($0, RSTART + 1, RLENGTH - 1)
                 if (c != "W3003 " && !seen[c]++) printf "%s", c }' "$work/err")
    [ "$codes" = "${part[code]-}" ] || { wrong=1; echo "reported: '$codes', not '${part[code]-}'"; }
    local text
    text=$(plain "$work/out")
    while IFS= read -r line; do
        [[ -z $line || $text == *"$line"* ]] || { wrong=1; echo "not said: $line"; }
    done <<<"${part[says]-}"
    while IFS= read -r line; do
        [[ -z $line || $text != *"$line"* ]] || { wrong=1; echo "said: $line"; }
    done <<<"${part[not]-}"
    ok "$name" $wrong
}

declare -A part=()
name=
while IFS= read -r line; do
    case $line in
    '#'* | '') ;;
    '--- '*) run_case; name=${line#--- } part=() ;;
    'in '*) rest=${line#in } key=${rest%% *}; part[$key]=${part[$key]-}${rest#* } ;;
    'code '*) part[code]="${part[code]-}${line#code } " ;;
    *) key=${line%% *}; part[$key]=${part[$key]:+${part[$key]}$'\n'}${line#* } ;;
    esac
done <"$top/tests/cases/attach/attachments.case"
run_case

# ---- a letter for circulation, its annex a letter in Arabic ----
letter=$top/samples/circulation.xml
"$chancery" render --strict "$letter" -o "$work/c.pdf" >"$work/err" 2>&1
ok "the letter for circulation renders without a warning" $?
"$chancery" render "$letter" --dump=structure -o - >"$work/tree" 2>"$work/err"
grep -q '^  Sect id="letter"' "$work/tree"
ok "its annex is a section with a name" $?
grep -q 'Part lang="ar"' "$work/tree"
ok "the letter in it is in its language" $?
awk '/^ *H[1-6]/ { split($1, h, "H"); n = h[2]; if (n > last + 1) bad = 1; last = n } END { exit bad || !last }' "$work/tree"
ok "no level of headings is skipped" $?
"$chancery" render "$letter" --dump=pages -o - 2>"$work/err" | sed 's/\xC2\xA0/ /g' >"$work/pages"
for title in 'Annex I to the letter dated 2 March 2026' 'Annex II – Timetable' 'Enclosure – Signals'; do
    grep -E '^ *bookmark' "$work/pages" | grep -qF -- "$title"
    ok "in the outline: $title" $?
done
grep -q 'link.*#letter' "$work/pages"
ok "the list of enclosures leads to the annex" $?

# ---- pages and footnotes counted by the letter, or by each attachment ----
cat >"$work/numbers.xml" <<'END'
<letter xmlns="urn:chancery:letter:1" style="own.xml" xml:lang="en"><meta><title>T</title></meta>
<body><p>One.<note>A</note></p></body>
<attachments>
  <attachment><head>First</head><p>Two.<note>B</note></p><p>Three.<note>C</note></p>
    <attachments><attachment type="enclosure"><head>Inner</head><p>Four.<note>D</note></p></attachment></attachments></attachment>
  <attachment><head>Second</head>LONG</attachment>
</attachments></letter>
END
long=$(awk 'BEGIN { for (i = 0; i < 30; i++) print "<p>A paragraph that goes on for a line or two, so that the second annex has more than one page of its own, with a number on each of them.</p>" }')
awk -v long="$long" '{ sub(/LONG/, long); print }' "$work/numbers.xml" >"$work/n.xml"
# numbers HOW: the foot of every page, the marks of the notes, in order
numbers() {
    cat >"$work/own.xml" <<END
<style xmlns="urn:chancery:style:1" name="own" extends="letter"><pages number-single="yes" attachments="$1"/>
<running page="first" place="foot" center="{page-of}"/><running page="next" place="foot" center="{page-of}"/></style>
END
    "$chancery" render "$work/n.xml" --dump=pages -o - 2>"$work/err" >"$work/pages"
    awk '/\[footer\]/ { match($0, /".*"/); line = line substr($0, RSTART + 1, RLENGTH - 2) } /^page / && line { printf "%s; ", line; line = "" } END { print line }' "$work/pages"
}
got=$(numbers with)
[ "$got" = 'Page 1 of 5; Page 2 of 5; Page 3 of 5; Page 4 of 5; Page 5 of 5' ]
ok "pages go on through the attachments: $got" $?
got=$(numbers own)
[ "$got" = 'Page 1 of 1; Page 1 of 1; Page 1 of 1; Page 1 of 2; Page 2 of 2' ]
ok "each counts its own: $got" $?
marks() { "$chancery" render "$work/n.xml" --dump=blocks -o - 2>/dev/null | grep -oE ' note=[0-9]+' | tr -d '\n'; }
got=$(marks)
[ "$got" = ' note=1 note=1 note=2 note=1' ]
ok "and its own notes:$got" $?
"$chancery" render "$work/n.xml" -o "$work/n.pdf" >"$work/err" 2>&1
ok "such a letter is a file" $?
numbers with >/dev/null
got=$(marks)
[ "$got" = ' note=1 note=2 note=3 note=4' ]
ok "or the letter's:$got" $?

# ---- the tags of the letter for circulation, as two readers see them ----
skipped=0
if "$top/tests/judges/node.sh" -e 0 2>/dev/null; then
    CHANCERY=$chancery "$top/tests/judges/node.sh" "$top/tests/judges/structure_check.mjs" "$work/c.pdf" "$letter" >"$work/err" 2>&1
    ok "its structure" $?
else
    skipped=1
fi

echo "CASES $passed $failed $skipped"
[ "$failed" -eq 0 ]
