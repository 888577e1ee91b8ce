#!/bin/bash
# The digest of a letter's text: what changes it, what does not, and what `verify` says.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/../frame.sh"

# verify NAME STATUS PATTERN LETTER PDF
verify() {
    "$chancery" verify "$4" "$5" >"$work/err" 2>&1 </dev/null
    local got=$?
    [ $got -eq "$2" ] && grep -Eq -- "$3" "$work/err"
    ok "$1: exit status $got, not $2, or no '$3'" $?
}

# variant NAME SED-SCRIPT: work/NAME.xml, which must differ from the letter
variant() {
    sed -E "$2" "$work/l.xml" >"$work/$1.xml"
    ! cmp -s "$work/l.xml" "$work/$1.xml" || ok "$1: nothing was changed" 1
}

cat >"$work/l.xml" <<'XML'
<letter xmlns="urn:chancery:letter:1" kind="joint-letter" style="coalition" xml:lang="en">
  <meta><title>On the locks</title></meta>
  <body>
    <p>We refer to the <emph>second</emph> letter, of <date when="2026-01-19"/>, on caf&#xE9;s &amp; locks.</p>
  </body>
  <closer><signed status="pending"><persName>Ada Lindqvist</persName><role>Chair</role></signed></closer>
  <signatories layout="table"><signatory status="pending"><persName>Ole Berg</persName></signatory></signatories>
</letter>
XML
"$chancery" render "$work/l.xml" -o "$work/l.pdf" >"$work/err" 2>&1
ok render $?
verify same 0 'made from the text of .*, and byte for byte' "$work/l.xml" "$work/l.pdf"

# The canonical text by hand, as doc/digest.md has it, and its SHA-256.
cat >"$work/canon" <<'TEXT'
chancery-text-1
<letter kind="joint-letter" xml:lang="en">
<meta>
<title>On the locks</title></meta>
<body>
<p>We refer to the<emph> second</emph> letter, of<date when="2026-01-19"></date> , on cafés &amp; locks.</p></body>
<closer>
<signed>
<persName>Ada Lindqvist</persName>
<role>Chair</role></signed></closer></letter>
TEXT
digest=$(sha256sum <"$work/canon" | cut -d' ' -f1)
grep -aq "<chancery:digest>$digest</chancery:digest>" "$work/l.pdf"
ok "the digest is not that of the canonical text" $?

# What says nothing else
variant style 's/ style="coalition"//'
variant layout 's/layout="table"/layout="columns" columns="2"/'
variant spaces 's/(refer) (to)/\1     \2/; s/<body>/<body>   /'
variant prefix 's/<(\/?)([a-zA-Z])/<\1c:\2/g; s/xmlns=/xmlns:c=/'
variant decomposed 's/&#xE9;/e\&#x301;/'
variant comment 's/<body>/<body><!-- a remark -->/'
variant attributes 's/(kind="joint-letter") (style="coalition") (xml:lang="en")/\3 \2 \1/'
variant signed 's/status="pending"/status="signed"/'
variant late 's/<signatory/<signatory status="signed"><persName>Ida Holm<\/persName><\/signatory><signatory/'
for v in style layout spaces prefix decomposed comment attributes signed late; do
    verify "$v" 0 'made from the text of' "$work/$v.xml" "$work/l.pdf"
done
# What says something else
variant word 's/second/third/'
variant date 's/2026-01-19/2026-01-20/'
variant language 's/xml:lang="en"/xml:lang="en-GB"/'
variant emphasis 's/<\/?emph>//g'
variant name 's/Lindqvist/Lindquist/'
variant kind 's/joint-letter/open-letter/'
variant calendar 's/(when="2026-01-19")/\1 calendar="islamic"/'
variant lunar 's/(when="2026-01-19")/\1 calendar="islamic" lunar="1447-07-29"/'
for v in word date language emphasis name kind calendar lunar; do
    verify "$v" 1 'made from another text' "$work/$v.xml" "$work/l.pdf"
done

# The day of the lunar calendar that is given is part of the text.
"$chancery" render "$work/calendar.xml" -o "$work/c.pdf" >"$work/err" 2>&1
verify lunar-day 1 'made from another text' "$work/lunar.xml" "$work/c.pdf"

# A name withheld cannot be tried out against the digest.
variant withheld 's/signed status="pending"/signed status="withheld"/'
sed 's/Ada Lindqvist/Eva Strand/' "$work/withheld.xml" >"$work/other.xml"
"$chancery" render "$work/withheld.xml" -o "$work/w.pdf" >"$work/err" 2>&1
verify withheld 0 'made from the text of' "$work/other.xml" "$work/w.pdf"

# Files that carry none, or two
verify no-digest 1 'carries no digest' "$work/l.xml" "$work/l.xml"
: >"$work/empty.pdf"
verify empty 1 'carries no digest' "$work/l.xml" "$work/empty.pdf"
{ cat "$work/l.pdf"; grep -ao '<chancery:digest>.*</chancery:digest>' "$work/l.pdf" | tr 0-9 1-90; } >"$work/two.pdf"
verify two 1 'carries no digest' "$work/l.xml" "$work/two.pdf"
head -c 3000 "$work/l.pdf" >"$work/cut.pdf"
verify cut 1 'carries no digest' "$work/l.xml" "$work/cut.pdf"
verify missing 4 'cannot read it' "$work/l.xml" "$work/none.pdf"
verify bad-letter 1 '\[E2' "$top/tests/invalid/unknown-element.xml" "$work/l.pdf"
"$chancery" verify "$work/l.xml" >"$work/err" 2>&1
[ $? -eq 2 ]
ok 'one operand' $?

# In the running foot of every page
cat >"$work/foot.xml" <<'XML'
<style xmlns="urn:chancery:style:1" name="foot" extends="coalition">
  <running page="first" place="foot" start="{digest}"/>
  <running page="next" place="foot" start="{digest}"/>
</style>
XML
"$chancery" render "$top/samples/joint-letter.xml" --style "$work/foot.xml" -o "$work/f.pdf" >"$work/err" 2>&1
short=$(grep -ao '<chancery:digest>[0-9a-f]*' "$work/f.pdf" | sed -E 's/.*>(.{4})(.{4})(.{4})(.{4}).*/\1 \2 \3 \4/')
if command -v pdftotext >/dev/null; then
    pages=$(pdftotext "$work/f.pdf" - | grep -c "^$short$")
    [ "$pages" -eq 4 ]
    ok "the short digest stands on $pages pages, not 4" $?
fi

finish
