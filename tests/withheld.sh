#!/bin/bash
# withheld.sh -- a name that is withheld is nowhere: not on a page, in the structure, the outline
# or the metadata, not in any print of a pass, not in a message, not in a file left behind.
#
# The names stand on the same lines as mistakes of every kind, in letters and in lists.
set -u
cd "${CHANCERY_SRC:-$(dirname "$0")/..}" || exit 2
program=${CHANCERY:-./chancery}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/withheld.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/spool"
rc=0
secret='Zebedee|Quux|Zyxel|Vorpal|Teller of Tales'

fail() { echo "$*"; rc=1; }

# Nothing of the secret in the files; they are not all empty.
clean() {
    what=$1
    shift
    if grep -aEil "$secret" "$@" >"$tmp/found"; then fail "$what: the name is in $(tr '\n' ' ' <"$tmp/found")"; fi
}

# All that can be had of a letter: messages, prints of the passes, the page's text and bytes.
try() {
    name=$1 letter=$2 good=$3
    out=$tmp/out.$name
    mkdir -p "$out"
    for form in text json; do
        "$program" check --explain --diagnostics=$form "$letter" >"$out/check.$form" 2>&1
        "$program" render --explain --diagnostics=$form "$letter" -o "$out/$form.pdf" \
            >"$out/render.$form" 2>&1
    done
    passes="tree letter blocks runs lines pages structure"
    [ "$good" = yes ] || passes="tree letter pages"
    for pass in $passes; do
        "$program" render --dump=$pass "$letter" >"$out/dump.$pass" 2>"$out/dump.$pass.err"
        [ "$good" = no ] || [ -s "$out/dump.$pass" ] || fail "$name: no print of $pass"
    done
    [ -s "$out/render.text" ] || [ "$good" = yes ] || fail "$name: no message"
    if [ "$good" = yes ]; then
        [ -s "$out/text.pdf" ] || { fail "$name: no PDF"; cat "$out/render.text"; return; }
        qpdf --qdf --object-streams=disable "$out/text.pdf" "$out/plain.pdf"
        pdftotext "$out/text.pdf" "$out/page.txt"
        pdfinfo -meta "$out/text.pdf" >"$out/meta.txt" 2>&1
        pdfinfo -struct-text "$out/text.pdf" >"$out/struct.txt" 2>&1
        rm -f "$out/json.pdf" # as text.pdf
        grep -aq 'Name withheld' "$out/page.txt" || fail "$name: it is not said that a name is withheld"
        # Strings of the file in UTF-16 (outline, alternate texts), as text.
        iconv -f UTF-16BE -t UTF-8 -c "$out/plain.pdf" >"$out/wide1" 2>/dev/null
        tail -c +2 "$out/plain.pdf" | iconv -f UTF-16BE -t UTF-8 -c >"$out/wide2" 2>/dev/null
        perl -0777 -ne 'while (/<feff([0-9a-f]+)>/gi) { print pack("H*", $1), "\n" }' \
            "$out/plain.pdf" | tr -d '\0' >"$out/strings.txt"
    fi
    clean "$name" -r "$out"
}

letter() { # letter FILE CONTENT-OF-SIGNATORIES [ATTRIBUTES]
    printf '%s' "<letter xmlns=\"urn:chancery:letter:1\" kind=\"joint-letter\" xml:lang=\"en\"><meta><title>A letter</title></meta><opener><salute>Sir,</salute></opener><body><p>We write.</p></body><closer><formula>Yours,</formula><signed><persName>Ann Public</persName></signed>$4</closer><signatories numbered=\"yes\" $3>$2</signatories></letter>" >"$1"
}

hidden='<signatory status="withheld" rank="7" date="2026-03-02" xml:id="zebedee"><honorific>Vorpal</honorific><persName>Zebedee <surname>Quux</surname></persName><role>Teller of Tales</role><orgName>River Guild</orgName><country>DE</country></signatory>'
body='<signatory status="withheld"><orgName>Zyxel Bank</orgName></signatory>'
ann='<signatory status="signed"><persName>Ann Public</persName><country>FR</country></signatory>'
signed='<signed status="withheld"><persName>Zebedee Quux</persName><role>Teller of Tales</role></signed>'

for layout in table columns blocks; do
    letter "$tmp/good.xml" "$hidden$ann$body" "layout=\"$layout\" order=\"family-name\" subtotals=\"yes\"" "$signed"
    try "good-$layout" "$tmp/good.xml" yes
    grep -q '3 signatories' "$tmp/out.good-$layout/page.txt" || fail "$layout: withheld names do not count"
done
letter "$tmp/good.xml" "$hidden$ann$body" 'group-by="country" order="country" layout="table"' ''
try good-country "$tmp/good.xml" yes
letter "$tmp/good.xml" "$hidden$body" 'layout="table" order="name"' ''
try good-all "$tmp/good.xml" yes
# A warning on the line, from beside the name.
letter "$tmp/good.xml" "$hidden<signatory status=\"signed\" for=\"Bob\"><persName>Ann</persName></signatory>$body" '' ''
try good-warning "$tmp/good.xml" yes
grep -q W3054 "$tmp/out.good-warning/render.text" || fail "no warning on the line"

# Nor is its length to be had: all that is said is the same, however long the name.
for form in text json; do
    for name in Zee 'Zebedee Amadeus Quux of the Long Reach and of the Upper, Middle and Lower Weirs'; do
        letter "$tmp/length.xml" "<signatory status=\"withheld\"><persName>$name</persName><role>x</role></signatory><signatory status=\"signed\" for=\"Bob\"><persName>Ann</persName></signatory><signatory><persName/></signatory>" '' ''
        "$program" check --diagnostics=$form "$tmp/length.xml"
    done >"$tmp/lengths" 2>&1
    n=$(($(wc -l <"$tmp/lengths") / 2))
    [ $n -gt 0 ] || fail "nothing is said of the letter"
    cmp -s <(head -n $n "$tmp/lengths") <(tail -n $n "$tmp/lengths") || { fail "$form tells the length of a name"; cat "$tmp/lengths"; }
done

# The search finds a name that is shown: in every print, on the page and in a message.
letter "$tmp/shown.xml" "${hidden/withheld/signed}<signatory><persName>&Zebedee;</persName></signatory>" '' ''
"$program" check "$tmp/shown.xml" >"$tmp/shown.text" 2>&1
letter "$tmp/shown.xml" "${hidden/withheld/signed}" '' ''
"$program" render --dump=tree "$tmp/shown.xml" >"$tmp/shown.tree"
"$program" render "$tmp/shown.xml" -o "$tmp/shown.pdf" && pdftotext "$tmp/shown.pdf" "$tmp/shown.page"
for f in text tree page; do
    grep -aEiq "$secret" "$tmp/shown.$f" || fail "control: a name that is shown is not found in $f"
done

n=0
while IFS= read -r wrong; do
    [ -n "$wrong" ] || continue
    n=$((n + 1))
    letter "$tmp/bad.xml" "$ann$wrong$ann" 'order="name"' ''
    try "bad-$n" "$tmp/bad.xml" no
done <<'END'
<signatory status="witheld"><persName>Zebedee Quux</persName></signatory>
<signatory status="WITHHELD"><persName>Zebedee Quux</persName></signatory>
<signatory stauts="withheld"><persName>Zebedee Quux</persName></signatory>
<signatory status="with&#104;eld"><persName>Zebedee Quux</persName><oops/></signatory>
<signatory status="{record.status}"><persName>Zebedee Quux</persName></signatory>
<signatory status="withheld"><zebedee>Quux</zebedee></signatory>
<signatory status="withheld" zebedee="Quux"><persName>Zebedee</persName></signatory>
<signatory status="withheld" rank="Zebedee"><persName>Zebedee Quux</persName></signatory>
<signatory status="withheld" date="Zebedee Quux"><persName>Zebedee Quux</persName></signatory>
<signatory status="withheld" xml:id="Zebedee Quux"><persName>Zebedee Quux</persName></signatory>
<signatory status="withheld"><persName>&Zebedee; Quux</persName></signatory>
<signatory status="withheld"><persName>Zebedee Quux</role></signatory>
<signatory status="withheld"><persName>Zebedee Quux</persName>
<signatory status="withheld"><persName>Zebedee Quux
<signatory status="withheld"><!-- </signatory> --><persName>Zebedee Quux</persName><oops/></signatory>
<signatory status="withheld">Zebedee Quux<persName/></signatory>
<signatory status="withheld"><persName xml:lang="Zebedee Quux">Zebedee</persName></signatory>
<signatory status="withheld"><persName><field name="Zebedee"/></persName></signatory>
<signatory status="withheld"><persName>Zebedee Quux</persName><country>ZQ</country></signatory><oops/>
<signatory status='withheld'><persName>Zebedee Quux</persName><figure src="Zebedee.png" alt="Quux"/></signatory><oops/>
<x:signatory xmlns:x="urn:chancery:letter:1" status="withheld"><x:persName>Zebedee Quux</x:persName><x:oops/></x:signatory>
<signatory status="signed" for="x" rank="x"><persName>Ann</persName></signatory><signatory status="withheld"><persName>Zebedee Quux</persName></signatory>
END

# Lists from a file.
list() {
    printf '%b' "$1" >"$tmp/list.csv"
    printf '%s' '<letter xmlns="urn:chancery:letter:1" kind="joint-letter" xml:lang="en"><body><p>We write.</p></body><signatories href="list.csv" layout="table" numbered="yes" order="name"/></letter>' >"$tmp/list.xml"
}
list 'name,surname,role,organisation,country,status,group\nZebedee Quux,Quux,Teller of Tales,River Guild,DE,withheld,North\nAnn,,,,FR,signed,North\n,,,Zyxel Bank,,withheld,South\n'
try list-good "$tmp/list.xml" yes
list 'name,status\nZebedee Quux,withheld\n'
try list-all "$tmp/list.xml" yes
n=0
while IFS= read -r wrong; do
    n=$((n + 1))
    list "$wrong"
    try "list-bad-$n" "$tmp/list.xml" no
done <<'END'
name,status\nZebedee Quux,witheld\n
name,status,date\nZebedee Quux,withheld,Zebedee\n
name,status,date\nZebedee,withheld,2026-02-31\n
name,status\nZebedee,Quux,withheld\n
name,status\n"Zebedee" Quux,withheld\n
name,status\n"Zebedee\nQuux,withheld\n
name,status\n\\xffZebedee Quux,withheld\n
name,nick,status\nAnn,Zebedee Quux,withheld\n
Zebedee Quux,withheld\nAnn,signed\n
role,status\nZebedee,withheld\n
name,status,rank\nZebedee Quux,withheld,Quux\n
status,name\nZebedee Quux,withheld\n
status,date,name\nwithheld,Zebedee Quux,Ann\n
name,status,country\nAnn,signed,ZQ\nZebedee,withheld,ZQ\n
END

# What is left behind by a run that is ended in its midst.
letter "$tmp/long.xml" "$(yes "${hidden/xml:id=\"zebedee\"/}" | head -3000 | tr -d '\n')" 'layout="table"' ''
for wait in 0.05 0.2 0.5; do
    TMPDIR=$tmp/spool "$program" render "$tmp/long.xml" -o "$tmp/spool/long.pdf" >/dev/null 2>&1 &
    pid=$!
    sleep $wait
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    clean "after $wait s" -r "$tmp/spool" /dev/null
done
exit $rc
