#!/bin/bash
# One letter to many: names, the manifest, what is made again and what is not, selections, shards,
# bad records, folders that vanish and disks that are full.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
cd "$work" || exit 1

cat >l.xml <<'XML'
<letter xmlns="urn:chancery:letter:1" xml:lang="en">
<meta><title>To <field name="name"/></title></meta>
<body><p>To <field name="name"/> about <field name="matter"/>, number <field name="idno"/>.</p></body></letter>
XML
{
    echo 'idno,name,matter,region'
    for i in {1..12}; do echo "NV/$i,Person $i,matter $i,$([ $((i % 3)) = 0 ] && echo East || echo West)"; done
} >r.csv

# batch NAMES ARGUMENT...: what it says is in out, its status in got
batch() {
    local names=$1
    shift
    "$chancery" batch l.xml --records r.csv --output "$names" "$@" >out 2>err </dev/null
    got=$?
}
# says NAME STATUS PATTERN: of the last batch
says() {
    if [ "$got" -eq "$2" ] && grep -Eq -- "$3" err; then passed=$((passed + 1)); return; fi
    echo "not ok: $1: status $got, not $2, or no '$3' in"
    head -5 err
    failed=$((failed + 1))
}
lines() { grep -c '"record":' "$1"; }

# ---- names and bytes
batch 'a/{lang}/{idno}.pdf' -j1
says "all done" 0 '12 outputs: 12 done, 0 up to date, 0 failed'
check names 'NV-1.pdf NV-10.pdf NV-11.pdf' "$(cd a/en && echo NV-1.pdf NV-1?.pdf | cut -d' ' -f1-3)"
check 'nothing is left aside' 'en manifest.jsonl' "$(ls -A a | tr '\n' ' ' | sed 's/ $//')"
batch 'b/{lang}/{n:03}.pdf' -j4
says 'four threads' 0 '12 done'
for i in {1..12}; do cmp -s "a/en/NV-$i.pdf" "b/en/$(printf %03d "$i").pdf" || break; done
ok 'bytes do not depend on threads' $?
check 'the manifest is in order' "$(seq 12)" "$(sed -n 's/^{"record":\([0-9]*\),.*/\1/p' b/manifest.jsonl)"
"$chancery" render l.xml --record r.csv:7 -o one.pdf 2>err && cmp -s one.pdf a/en/NV-7.pdf
ok 'a batch makes what render makes' $?

# ---- what is made again
batch 'a/{lang}/{idno}.pdf'
says 'up to date' 0 '0 done, 12 up to date'
sed -i 's/matter 5/affair 5/' r.csv
batch 'a/{lang}/{idno}.pdf'
says 'a record changed' 0 '1 done, 11 up to date'
printf x >>a/en/NV-3.pdf
rm a/en/NV-4.pdf
batch 'a/{lang}/{idno}.pdf'
says 'outputs changed' 0 '2 done, 10 up to date'
check 'lines of the manifest' 12 "$(lines a/manifest.jsonl)"
cp l.xml l.keep
sed -i 's/about/concerning/' l.xml
batch 'a/{lang}/{idno}.pdf'
says 'the letter changed' 0 '12 done, 0 up to date'
mv l.keep l.xml
batch 'a/{lang}/{idno}.pdf' --as=draft
says 'an option changed' 0 '12 done, 0 up to date'
batch 'a/{lang}/{idno}.pdf'
sed -i '2{h;d};$G' r.csv
batch 'a/{lang}/{idno}.pdf'
says 'records in another order' 0 '0 done, 12 up to date'
check 'their numbers follow' '12 NV/1' "$(sed -n 's/^{"record":\([0-9]*\),"key":"NV\/1",.*/\1 NV\/1/p' a/manifest.jsonl)"
printf '{"record":3,"lang":"en","pa' >>a/manifest.jsonl
batch 'a/{lang}/{idno}.pdf'
says 'a torn line' 0 '0 done, 12 up to date'
check 'is mended' 12 "$(lines a/manifest.jsonl)"
sed -i '4s/.*/{"rubbish/' a/manifest.jsonl
batch 'a/{lang}/{idno}.pdf'
says 'a line that is not understood' 0 'manifest\.jsonl.*line 4.*W1046'
cp r.csv keep.csv
batch 'm/{idno}.pdf' --manifest r.csv
says 'a file that is no manifest' 1 "'r\.csv' is there and is no manifest.*E1045"
cmp -s r.csv keep.csv
ok 'is left as it was' $?

# ---- names that are not safe; the others are made
cat >r.csv <<'CSV'
idno,name,matter
a1,A,m
../x,B,m
/etc/x,C,m
nul,D,m
A1,E,m
CSV
printf 'caf\303\251,F,m\ncafe\314\201,G,m\n"a\nb",H,m\n,I,m\n.x,J,m\nc:\\d,K,m\n%s,L,m\nok,M,m\n' \
    "$(printf 'x%.0s' {1..260})" >>r.csv
batch 'n/{idno}.pdf'
says 'unsafe names' 1 '13 outputs: 1 done, 0 up to date, 12 failed'
check 'of unsafe names' 8 "$(grep -c 'E1042' err)"
grep -q "^r\.csv:3:1: error: record 2: '\.\./x' .*leave the folder" err
ok 'a name that climbs has its place' $?
check 'names that are alike' "record 5: its output 'n/A1.pdf' is that of record 1, too" \
    "$(sed -n "s/.*\(record 5: .*too\),.*/\1/p" err)"
check 'in composition' 1 "$(grep -c 'record 7: .* record 6, too.*E1043' err)"
check 'what is made' 'manifest.jsonl ok.pdf' "$(ls -A n | tr '\n' ' ' | sed 's/ $//')"
batch 'f/{idno}.pdf' --fail-fast
says 'fail-fast' 1 'not begun'
[ ! -e f ]
ok 'nothing is written before names are good' $?
batch 'f/{nosuch}.pdf'
says 'no such column' 1 "record 1 has no 'nosuch'.*E1041"
batch 'f/{idno.pdf'
says 'a brace' 1 'column 3: this \{ is not closed.*E1040'
batch 'f/x.pdf'
says 'one name for all' 1 'E1040'

# ---- languages
printf 'idno,name,matter,name@fr\n1,Person,m,Personne\n' >r.csv
batch 'v/{lang}/{n}.pdf' --lang en,fr
says 'never in another language' 1 "the letter is in 'en', and there is none in 'fr'.*E1053"
cp l.xml lfr.xml
"$chancery" batch 'l{lang}.xml' --records r.csv -o 'v/{lang}/{n}.pdf' --lang fr >out 2>err
got=$?
says 'nor by the name of the file' 1 "the letter is in 'en', and there is none in 'fr'.*E1053"
cat >fr.po <<'PO'
msgid ""
msgstr "Language: fr\nContent-Type: text/plain; charset=UTF-8\n"

msgid "To <field name=\"name\"/>"
msgstr "À <field name=\"name\"/>"

msgid "To <field name=\"name\"/> about <field name=\"matter\"/>, number <field name=\"idno\"/>."
msgstr "À <field name=\"name\"/> au sujet de <field name=\"matter\"/>, numéro <field name=\"idno\"/>."
PO
batch 'u/{lang}/{n}.pdf' --lang en,fr --catalog .
says 'by a catalogue' 0 '2 outputs: 2 done'
check 'its words' 1 "$(pdftotext u/fr/1.pdf - | grep -c 'À Personne au sujet de m, numéro 1')"
sed -i 's/au sujet de/concernant/' fr.po
batch 'u/{lang}/{n}.pdf' --lang en,fr --catalog .
says 'a catalogue changed' 0 '2 outputs: 1 done, 1 up to date'
[ ! -e v ]
ok 'then nothing is written' $?
cp l.xml letter.en.xml
sed 's/lang="en"/lang="fr"/; s/about/au sujet de/' l.xml >letter.fr.xml
"$chancery" batch 'letter.{lang}.xml' --records r.csv -o 'v/{lang}/{n}.pdf' --lang en,fr >out 2>err
got=$?
says 'a file for each language' 0 '2 outputs: 2 done'
"$chancery" batch 'letter.{lang}.xml' --records r.csv -o 'v/{lang}/{n}.pdf' --lang en,fr >out 2>err
got=$?
says 'up to date in each' 0 '0 done, 2 up to date'
check 'each in its language' 'en,fr' "$(sed -n 's/.*"lang":"\(..\)","path":"v\/\1.*/\1/p' v/manifest.jsonl | paste -sd,)"
check 'a value of one language' 1 "$(pdftotext v/fr/1.pdf - | grep -c Personne)"
batch 'v/{n}.pdf' --lang en,fr
says 'languages need {lang}' 1 'E1040'
batch 'v/{lang}.pdf' --lang en,en
says 'a language twice' 2 "'en' twice"

# ---- selections and shards
{
    echo 'idno,name,matter,region,date'
    for i in {1..12}; do echo "NV/$i,Person $i,matter $i,$([ $((i % 3)) = 0 ] && echo East || echo West),2026-01-$((i + 10))"; done
} >r.csv
# picks EXPRESSION NUMBERS
picks() {
    rm -rf s
    batch 's/{n}.pdf' --only "$1" -q
    check "only $1" "$2" "$(ls s | sed -n 's/\.pdf$//p' | sort -n | tr '\n' ' ' | sed 's/ $//')"
}
picks 'region = East' '3 6 9 12'
picks 'region != East and n <= 4' '1 2 4'
picks 'not (region = East or n > 4)' '1 2 4'
picks "name ~ 'PERSON 1'" '1 10 11 12'
picks 'name !~ 1 and region = West' '2 4 5 7 8'
picks 'date > 2026-01-20' '11 12'
picks 'idno = "NV/3" or n = 4' '3 4'
picks 'lang = en and n < 2' '1'
batch 's/{n}.pdf' --only 'region = East and (n > 4'
says 'a parenthesis' 1 'column 19: this parenthesis.*E1049'
batch 's/{n}.pdf' --only 'region > '
says 'a value is missing' 1 'a value is expected.*E1049'
batch 's/{n}.pdf' --skip 'rejion = East'
says 'a field that no record has' 0 "'rejion'.*W1050"
batch 'w/{n}.pdf'
for i in 1 2 3; do batch 'p/{n}.pdf' --shard "$i/3"; done
says 'a shard' 0 '4 outputs: 4 done'
diff -r -x 'manifest*' w p >/dev/null
ok 'three shards make the whole' $?
check 'each has a manifest' 'p/manifest.1-of-3.jsonl p/manifest.2-of-3.jsonl p/manifest.3-of-3.jsonl' "$(echo p/manifest*)"
batch 'p/{n}.pdf' --shard 4/3
says 'no such shard' 2 'takes I/N'

# ---- what goes wrong while it is at work
cat >r.csv <<'CSV'
idno,name,matter
1,A,m
2,B
3,C,m
CSV
batch 'g/{idno}.pdf'
says 'a ragged row' 1 '3 outputs: 2 done, 0 up to date, 1 failed'
grep -q '^{"record":2,.*"status":"failed"' g/manifest.jsonl
ok 'stands in the manifest' $?

# A long one in the background: the manifest is locked, and the records may not change.
# start FOLDER: returns when the first output stands there
start() {
    "$chancery" batch l.xml --records r.csv --output "$1/en/{idno}.pdf" -j1 >out 2>long </dev/null &
    process=$!
    for ((i = 0; i < 500; i++)); do
        [ -z "$(ls "$1/en" 2>/dev/null)" ] || break
        sleep 0.01
    done
}
{ echo idno,name,matter; for i in {1..3000}; do echo "$i,P $i,m"; done; } >r.csv
start i
batch 'i/en/{idno}.pdf'
says 'a manifest in use' 4 'another batch is at work with the manifest.*E1047'
mv i/en i/gone
wait $process
check 'the status where a folder vanished' 4 $?
grep -q "the folder of 'i/en/[0-9]*.pdf' has vanished.*E1048" long
ok 'a folder vanished' $?
mv i/gone i/en
check 'what was finished is accounted for' "$(find i/en -name '*.pdf' | wc -l)" "$(grep -c '"status":"done"' i/en/manifest.jsonl)"
sed -i '40,$d' r.csv
batch 'i/en/{idno}.pdf'
says 'behind it' 0 '38 outputs: .*, 0 failed'
for i in {40..400}; do echo "$i,P $i,m" >>r.csv; done
start j
echo 5000,P,m >>r.csv
wait $process
grep -q "records 'r\.csv' were changed.*E1051" long
ok 'records that change' $?
sed -i '12,$d' r.csv
(ulimit -f 8; "$chancery" batch l.xml --records r.csv --output 'd/{idno}.pdf' 2>err >out)
check 'the status where files may not grow' 4 $?
check 'nothing is half written' manifest.jsonl "$(ls -A d)"
grep -q "cannot write 'd/.*E1006" err
ok 'a file that may not grow' $?
batch 'd/{idno}.pdf'
says 'behind that' 0 '10 outputs: 10 done'
mkdir full
if mount -t tmpfs -o size=64k none full 2>/dev/null; then
    batch 'full/{idno}.pdf' -j1
    says 'a full disk' 4 "cannot write 'full/.*No space.*E1006"
    n=$(find full -name '*.pdf' | wc -l)
    check 'of a full disk' "$n" "$(grep -c '"status":"done"' full/manifest.jsonl)"
    mount -o remount,size=8m full
    batch 'full/{idno}.pdf' -j1
    says 'with room' 0 "10 outputs: $((10 - n)) done, $n up to date"
    umount full
fi

# ---- summaries
for i in 1 3; do batch 'q/{idno}.pdf' --shard "$i/3"; done
summary() { "$chancery" batch --summary "$@" >out 2>err; got=$?; cat out >>err; }
summary q/manifest*
says 'a shard is missing' 1 '^in all: 7 of 10 done, 3 missing'
check 'which records' 'missing in en: records 2,5,8' "$(grep '^missing' out)"
summary --json q/manifest*
says 'as JSON' 1 '"planned":10,"done":7,"failed":0,"missing":3,.*"missing":"2,5,8"'
sed -i '3s/.*/2,B/' r.csv
batch 'q/{idno}.pdf' --shard 2/3
cat q/manifest* >all.jsonl
summary all.jsonl
says 'one file of all' 1 '^in all: 9 of 10 done, 1 failed'
check 'which failed' 'failed in en: records 2' "$(grep '^failed' out)"
sed -i '3s/.*/2,B,m/' r.csv
batch 'q/{idno}.pdf' --shard 2/3
summary q/manifest*
says 'whole' 0 '^in all: 10 of 10 done'
summary q/manifest* d/manifest.jsonl
says 'of two batches' 1 "'d/manifest\.jsonl' is of another batch.*E1052"
summary l.xml
says 'no manifest' 1 E1045
summary nosuch.jsonl
says 'no such manifest' 4 E1001

sed -i '/<title>/d' l.xml
sed -i '4,$d' r.csv
batch 'h/{idno}.pdf' --strict
says 'strict' 5 'W7001.*record 1, en'
check 'strict leaves no output' 'manifest.jsonl' "$(ls -A h)"
batch 'h/{idno}.pdf'
says 'a warning' 0 '2 outputs: 2 done, 0 up to date, 0 failed; 2 warnings'
check 'is told once' 1 "$(grep -c W7001 err)"

# The reason is that of the first output that failed.
printf 'idno,name,matter,region\n../x,A,m,West\n2,B,m,West\n' >r.csv
batch 'k/{idno}.pdf' --strict
says 'the first failure gives the status' 1 'E1042'

# What is wrong with a row is in its line of the manifest, and counted once.
printf 'idno,name,matter,region\n1,A,=1+1,West\n2,B\n3,C,m,West\n3,D,m,West\n' >r.csv
batch 'k2/{idno}.pdf'
says 'a ragged row' 1 'E3611'
check 'its fault and code are in the manifest' 1 \
    "$(grep -c '"record":2,.*"codes":\["E3611"\],"fault":"record 2 has 2 fields' k2/manifest.jsonl)"
check 'a warning of a row is told once' 1 "$(grep -c 'W3617' err)"
check 'and counted once, with that of the PDF and of columns' 3 "$(grep -oE '[0-9]+ warnings' err | cut -d' ' -f1)"

# A letter for each language, wherever its name says which; a memory limit is that of each letter.
mkdir -p en
sed 's/xml:lang="en">/xml:lang="en"><meta><title>T<\/title><\/meta>/' l.xml >en/l.en.xml
"$chancery" batch '{lang}/l.{lang}.xml' --records r.csv --lang en --output 'k3/{lang}/{n}.pdf' >out 2>err
check 'each {lang} in the name of the letter' 0 "$(grep -c E1001 err)"

# A link in the place of the folder where outputs are written is not followed.
printf 'idno,name,matter,region\n' >r.csv
for i in {1..400}; do echo "$i,A,m,West" >>r.csv; done
("$chancery" batch l.xml --records r.csv --output 'k4/{idno}.pdf' -q -j1 >/dev/null 2>&1 & echo $! >pid)
for ((i = 0; i < 300; i++)); do
    aside=$(echo k4/.chancery-*)
    [ ! -d "$aside" ] || break
    sleep 0.01
done
kill -9 "$(cat pid)"
while kill -0 "$(cat pid)" 2>/dev/null; do sleep 0.01; done
rm -rf "$aside"
mkdir -p victim && echo kept >victim/0
ln -s ../victim "$aside"
batch 'k4/{idno}.pdf'
says 'a link in place of a folder' 4 E1006
check 'what it leads to is as it was' kept "$(cat victim/0)"

finish
