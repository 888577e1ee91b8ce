#!/bin/bash
# Many letters in one file (batch --merge-into): their order, what they share, their pages, entries
# and parts; letters that fail.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
cd "$work" || exit 1

cat >l.xml <<'XML'
<letter xmlns="urn:chancery:letter:1" xml:lang="en">
<meta><title>To <field name="name"/></title></meta>
<body><p xml:id="start">To <field name="name"/>, <ref target="#end">number</ref> <field name="idno"/>.<note>A note.</note></p>
<p xml:id="end"><emph>The end</emph> for <field name="name"/>.</p></body></letter>
XML
{
    echo 'idno,name'
    for i in {1..12}; do echo "NV/$i,Person $i"; done
} >r.csv

# merge FILE ARGUMENT...: its status in got
merge() {
    local file=$1
    shift
    "$chancery" batch l.xml --records r.csv --merge-into "$file" "$@" >out 2>err </dev/null
    got=$?
}

# ---- the file
merge all.pdf --output 'NV-{idno}.pdf'
check 'all are in it' 0 "$got"
check 'nothing else is written' 'all.pdf err l.xml out r.csv' "$(ls -A | tr '\n' ' ' | sed 's/ $//')"
qpdf --check all.pdf >said 2>&1
ok 'the file is sound' $?
check 'letters in order' "$(printf 'NV/%d\n' {1..12})" \
    "$(pdftotext all.pdf - | tr -d '\f' | sed -n 's/^To .*number \(NV.[0-9]*\)\..*/\1/p')"
check 'each font once' 2 "$(pdffonts all.pdf | tail -n +3 | sed 's/.*+\([^ ]*\) .*/\1/' | sort -u | wc -l)"
check 'and no more' 2 "$(pdffonts all.pdf | tail -n +3 | wc -l)"
pdfinfo -struct all.pdf >structure 2>&1
check 'one document' 1 "$(grep -c '^ *Document' structure)"
check 'a part for each' 12 "$(grep -c '^ *Part' structure)"
qpdf --qdf --object-streams=disable all.pdf plain.pdf
check 'page numbers start anew' 12 "$(qpdf --json --json-key=pagelabels all.pdf | grep -c '"index"')"
check 'an entry for each' "$(printf '(NV-NV-%d)\n' {1..12})" \
    "$(sed -n 's|^ *\/Title \((NV-.*)\)$|\1|p' plain.pdf | sort -V)"
check 'identifiers are the letters own' 24 "$(grep -aoE '/ID \(L[0-9]+\.(start|end)\)' plain.pdf | sort -u | wc -l)"
check 'links lead into the letter' 12 "$(grep -a -A1 '/Dest \[' plain.pdf | grep -aoE '^ +[0-9]+ 0 R' | sort -u | wc -l)"
merge again.pdf --output 'NV-{idno}.pdf' -j4
cmp -s all.pdf again.pdf
ok 'threads do not change a byte' $?

# ---- one alone reads as it does by itself
"$chancery" render l.xml --record r.csv:7 -o one.pdf 2>err
merge seven.pdf --only 'n = 7'
check 'the same text' "$(pdftotext one.pdf -)" "$(pdftotext seven.pdf -)"
check 'the title is the letter s own' '(To Person 7)' \
    "$(qpdf --qdf seven.pdf - | sed -n 's|^ *\/Title \((To.*)\)$|\1|p' | sort -u)"

# ---- what fails
merge none.pdf --only 'n > 99'
check 'no letter, no file' '1 no' "$got $([ -e none.pdf ] && echo yes || echo no)"
grep -q E7071 err
ok 'E7071' $?
sed -i 's/^NV.5,Person 5$/NV\/5/' r.csv
merge less.pdf
check 'a bad record: the status tells' 1 "$got"
check 'and the rest is there' 11 "$(pdftotext less.pdf - | tr -d '\f' | grep -c '^To ')"
rm -f less.pdf
merge less.pdf --fail-fast
check 'the first error stops it' '1 no' "$got $([ -e less.pdf ] && echo yes || echo no)"
merge l.xml/all.pdf --only 'n < 3'
check 'a place that cannot be' 4 "$got"
merge all.pdf --manifest m.jsonl
check 'there is no manifest' 2 "$got"
finish
