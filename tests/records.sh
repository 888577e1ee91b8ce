#!/bin/bash
# records.sh -- a letter filled with records of files, good and bad: what is said, where, and that the
# other records of the file are as they would be without the bad one.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

cat >"$work/l.xml" <<'XML'
<letter xmlns="urn:chancery:letter:1" xml:lang="en">
  <addressee rank="{rank}"><persName><field name="name"/></persName></addressee>
  <body>
    <p>No. <field name="no"/><seg if="note"> (<field name="note"/>)</seg></p>
  </body>
</letter>
XML
cat >"$work/fr.xml" <<'XML'
<letter xmlns="urn:chancery:letter:1" xml:lang="fr">
  <body><p><field name="name"/></p></body>
</letter>
XML

# letter FILE:N [LETTER] -- its paragraph, or what was said
letter() {
    if "$chancery" render "$work/${2:-l.xml}" --record "$work/$1" --dump=letter >"$work/out" 2>"$work/err"; then
        sed -n 's/^  p //p' "$work/out"
    else
        sed -n "1s|$work/||gp" "$work/err"
    fi
}

# bad NAME CODE PLACE -- record 2 of the file is refused there, 1 and 3 are not
bad() {
    said=$(letter "$1:2")
    case $said in
    "$1:$3: error: "*"[$2 "*) check "$1" yes yes ;;
    *) check "$1" "$1:$3: error: ... [$2" "$said" ;;
    esac
    check "$1: the first" 'en "No. " [field "1"]' "$(letter "$1")"
    check "$1: the third" 'en "No. " [field "3"]' "$(letter "$1:3")"
}

head='no,name,rank,note\n1,A,,\n'
printf "$head"'2,"B,,\n3,C,,\n' >"$work/quote.csv"
printf "$head"'2,B\n3,C,,\n' >"$work/short.csv"
printf "$head"'2,B,,,\n3,C,,\n' >"$work/long.csv"
printf "$head"'2,B\0B,,\n3,C,,\n' >"$work/nul.csv"
printf "$head"'2,B\377,,\n3,C,,\n' >"$work/byte.csv"
{
    printf "$head"'2,"'
    head -c 10485760 /dev/zero | tr '\0' x
    printf '",,\n3,C,,\n'
} >"$work/large.csv"
bad quote.csv E3610 3:3
bad short.csv E3611 3:1
bad long.csv E3611 3:1
bad nul.csv E3612 3:4
bad byte.csv E3613 3:4
bad large.csv E3614 3:3
j='{"no":1,"name":"A","rank":"","note":null}\n'
printf "$j"'{"no":2,"name":"B\n'"$(printf %s "$j" | sed 's/1/3/')" >"$work/cut.jsonl"
printf "$j"'{"no":2,"no":2}\n'"$(printf %s "$j" | sed 's/1/3/')" >"$work/twice.jsonl"
printf "$j"'["2"]\n'"$(printf %s "$j" | sed 's/1/3/')" >"$work/list.jsonl"
bad cut.jsonl E3619 2:17
bad twice.jsonl E3619 2:12
bad list.jsonl E3620 2:1
x='<m no="N"><name>A</name><rank/></m>\n'
printf "<r>\n${x/N/1}"'<m no="2">B<name>B</name><rank/></m>\n'"${x/N/3}</r>" >"$work/beside.xml"
bad beside.xml E3622 3:1
printf "<r>\n${x/N/1}"'<m no="2"><name>B</m>\n'"${x/N/3}</r>" >"$work/broken.xml"
check "broken.xml" 'en "No. " [field "1"]' "$(letter broken.xml)"
check "broken.xml: nothing behind" \
    "chancery: error: 'broken.xml' has no record 3, but 2 [E3626 no-such-record]
    hint: nothing can be read behind record 2, which is wrong: ask for that to see how" \
    "$(letter broken.xml:3 && sed 1d "$work/err")"
check "broken.xml: record 2" \
    "broken.xml:3:18: error: record 2: not well-formed: Opening and ending tag mismatch: name line 3 and m [E3621 bad-records-xml]" \
    "$(letter broken.xml:2)"

# A value with another name, of another type; a column too many; a formula; no record.
check "no such column" "fr.xml:2:12: error: record 1 (line 2 of 'other.csv') has no 'name' [E3600 missing-field]" \
    "$(printf 'no,nome\n1,A\n' >"$work/other.csv" && letter other.csv fr.xml)"
grep -q "hint: did you mean 'nome'?" "$work/err"
ok "the nearest name" $?
check "no such rank" \
    "rank.csv:2:5: error: record 1: '§' is no value for 'rank' of <addressee> [E3602 bad-field-value]" \
    "$(printf 'no,n,rank,note,name\n1,A,§,,\n' >"$work/rank.csv" && letter rank.csv)"
printf 'no,name,rank,note,x\n7,=SUM(A1),,-A,y\n' >"$work/formula.csv"
check "a formula is text" 'en "No. " [field "7"] " (" [field "-A"] ")"' "$(letter formula.csv)"
check "and told of" "formula.csv:2:3: warning: record 1: '=SUM(A1)' begins like a formula of a spreadsheet [W3617 formula-cell]
formula.csv:2:13: warning: record 1: '-A' begins like a formula of a spreadsheet [W3617 formula-cell]
chancery: warning: nothing in the letter uses 'x' of 'formula.csv' [W3606 unused-columns]" \
    "$(grep warning: "$work/err" | sed "s|$work/||g")"
check "too few" "chancery: error: 'other.csv' has no record 2, but 1 [E3626 no-such-record]" "$(letter other.csv:2)"
check "no form" "chancery: error: the name 'l.xml.txt' does not tell how its records are written [E3624 unknown-records]" \
    "$(cp "$work/l.xml" "$work/l.xml.txt" && letter l.xml.txt)"

# Languages, lines, what is markup elsewhere; standard input.
printf 'name,name@fr\nRiver,"Le <fleuve> &amp;\n{x}"\n' >"$work/lang.csv"
check "in French" 'fr [field "Le <fleuve> &amp;"] [field "\n"] [field "{x}"]' "$(letter lang.csv fr.xml)"
check "standard input" 'fr [field "N"]' \
    "$("$chancery" render "$work/fr.xml" --record - --format jsonl --dump=letter <<<'{"name":"N"}' | sed -n 's/^  p //p')"

# The digest is that of the same letter written by hand; check and verify take records too.
printf 'no,name,rank,note\n5,Ada,ambassador,\n' >"$work/one.csv"
sed -e 's/{rank}/ambassador/; s/<field name="name"\/>/Ada/; s/<field name="no"\/>/5/; s/<seg.*seg>//' \
    "$work/l.xml" >"$work/hand.xml"
"$chancery" render "$work/l.xml" --record "$work/one.csv" -o "$work/one.pdf" >"$work/err" 2>&1
ok "rendered" $?
"$chancery" verify "$work/hand.xml" "$work/one.pdf" >"$work/err" 2>&1
ok "the same text by hand" $?
"$chancery" verify "$work/l.xml" "$work/one.pdf" --record "$work/one.csv" >"$work/err" 2>&1
ok "verified with its record" $?
"$chancery" check "$work/l.xml" --record "$work/one.csv" >"$work/err" 2>&1
ok "checked with its record" $?
"$chancery" render "$work/l.xml" --record "$work/one.csv" -o "$work/one.pdf" --depfile "$work/one.d" 2>"$work/err" &&
    grep -q 'one\.csv' "$work/one.d"
ok "the file of records is an input" $?
"$chancery" check "$work/l.xml" --record "$work/one.csv:0" >"$work/err" 2>&1
check "records are counted from 1" 2 $?
"$chancery" check "$work/l.xml" >"$work/err" 2>&1
check "no record: E3010" 1 $?
finish
