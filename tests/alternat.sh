#!/bin/bash
# Letters made in several originals: the two of an instrument differ in the order of the parties
# alone; of identical letters each is to its own addressee; all files are written, or none.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

# print LETTER PASS OUT OPTION...
print() {
    local letter=$1 pass=$2 out=$3
    shift 3
    "$chancery" render "$letter" --dump="$pass" -o - "$@" 2>"$work/err" | sed 's/\xC2\xA0/ /g' >"$out"
}

# The words of a print of the structure, one a line, in their order; punctuation stays where it is
# when the names beside it change places.
words() { grep -o '"[^"]*"' "$1" | tr -s ' \n".,:()' '\n'; }

# ---- an instrument ----
instrument=$top/samples/instrument.xml
for p in ravensmark ostrovia; do
    print "$instrument" structure "$work/$p" --alternat $p
    words "$work/$p" >"$work/$p.words"
    sort "$work/$p.words" >"$work/$p.sorted"
done
[ -s "$work/ravensmark.words" ] && cmp -s "$work/ravensmark.sorted" "$work/ostrovia.sorted"
ok "the two originals have the same words" $?
! cmp -s "$work/ravensmark.words" "$work/ostrovia.words"
ok "in another order" $?

# With the names of the parties, of those who sign and of their offices taken out, nothing differs;
# with them, only the lines that name both parties, and the signatures.
neutral() {
    sed -E 's/(the )?(Government of )?(the )?(Kingdom of |Republic of )?(Ravensmark|Ostrovia)/PARTY/g
            s/Ilse Varga|Casimir Dolan/NAME/; s/Minister (for|of) .*"/OFFICE"/' "$1"
}
neutral "$work/ravensmark" >"$work/a"
neutral "$work/ostrovia" >"$work/b"
cmp -s "$work/a" "$work/b"
ok "they differ in names alone" $?
differing=$(awk 'NR == FNR { line[NR] = $0; next } line[FNR] != $0 { n++ } END { print n + 0 }' "$work/ravensmark" "$work/ostrovia")
[ "$differing" -eq 10 ]
ok "in title, preamble, two articles and the signatures: $differing lines, not 10" $?
grep -q 'Agreement between the Government of the Republic of Ostrovia and the Government of the Kingdom of Ravensmark' "$work/ostrovia"
ok "the title names the party first whose original it is" $?
grep -q 'held in turn in Ostrovia and Ravensmark\.' "$work/ostrovia"
ok "and its variant stands" $?
grep -q 'held in turn in Ravensmark and Ostrovia\.' "$work/ravensmark"
ok "and in the other original the other" $?
print "$instrument" structure "$work/plain"
cmp -s "$work/plain" "$work/ravensmark"
ok "without --alternat it is the order given" $?

# side NAME: where its signature starts on the page
side() { awk -v name="$1" '$1 == "text" && index($0, name) { print $2 + 0; exit }' "$work/pages"; }
sides() { # PARTY LEFT RIGHT [LETTER]
    print "${4:-$instrument}" pages "$work/pages" --alternat "$1"
    local left right
    left=$(side "$2") right=$(side "$3")
    awk -v a="${left:-9999}" -v b="${right:-0}" 'BEGIN { exit !(a < b) }'
    ok "original of $1: $2 at the left of $3 (${left:-none}, ${right:-none})" $?
}
sides ravensmark Ilse Casimir
sides ostrovia Casimir Ilse

# Of two languages side by side, that of the party stands first.
parallel=$top/samples/agreement-fr-en.xml
sides ardovie Accord Agreement "$parallel"
sides ardovie Thibaudet Varga "$parallel"
sides ravensmark Agreement Accord "$parallel"
sides ravensmark Varga Thibaudet "$parallel"
print "$parallel" letter "$work/l" --alternat ravensmark
grep -q 'Agreement between .*the Kingdom of Ravensmark.* and .*the Republic of Ardovia' "$work/l"
ok "each version lists the parties in its own language" $?

# The upper of two blocks; from right to left the right one.
sed 's/<letter /<letter style="one.xml" /' "$instrument" >"$work/one-column.xml"
cat >"$work/one.xml" <<'END'
<style xmlns="urn:chancery:style:1" name="one" extends="ministry"><signatures columns="1"/></style>
END
print "$work/one-column.xml" pages "$work/pages" --alternat ostrovia
awk '$1 == "text" && /Casimir/ { upper = NR } $1 == "text" && /Ilse/ { lower = NR } END { exit !(upper && upper < lower) }' "$work/pages"
ok "one below the other, the first is the upper one" $?
sed -E 's/xml:lang="en"/xml:lang="ar"/; s/<role>[^<]*/<role>وزير/' "$instrument" >"$work/rtl.xml"
sides ravensmark Casimir Ilse "$work/rtl.xml"
sides ostrovia Ilse Casimir "$work/rtl.xml"

"$chancery" render "$instrument" -o "$work/o-{party}.pdf" >"$work/err" 2>&1
[ -s "$work/o-ravensmark.pdf" ] && [ -s "$work/o-ostrovia.pdf" ]
ok "one command makes both" $?
for p in ravensmark ostrovia; do
    "$chancery" verify "$instrument" "$work/o-$p.pdf" 2>&1 | grep -q "the original of $p, and byte for byte"
    ok "verify knows the original of $p" $?
    "$chancery" verify --alternat $p "$instrument" "$work/o-$p.pdf" >"$work/err" 2>&1
    ok "verify --alternat $p" $?
done
"$chancery" verify --alternat ravensmark "$instrument" "$work/o-ostrovia.pdf" >"$work/err" 2>&1
[ $? -eq 1 ]
ok "verify tells the two apart" $?

# ---- what is refused ----
# refused CODE TEXT OPTION...: TEXT in place of the instrument's signatures
refused() {
    local code=$1 body=$2
    shift 2
    cat >"$work/r.xml" <<END
<letter xmlns="urn:chancery:letter:1" xml:lang="en">
<addressee><persName>A</persName></addressee>
<parties><party xml:id="a"><orgName>Aland</orgName></party><party xml:id="b"><orgName>Borland</orgName></party>${party-}</parties>
$body</letter>
END
    "$chancery" render "$work/r.xml" --dump=letter -o "$work/out" "$@" >"$work/err" 2>&1
    [ $? -eq 1 ] && grep -q "\[$code " "$work/err" && [ "$(grep -c ': error: ' "$work/err")" -eq "$(grep -c "\[$code " "$work/err")" ]
    ok "$code for $body $*" $?
}
refused E3230 '<body><p>x</p></body>' --addressee 2
refused E3231 '<body><p>x</p></body>' --alternat c
refused E3231 '<body><p>x</p></body><closer><signed party="c"><persName>N</persName></signed></closer>'
refused E3233 '<body><p><partyNames name="genitive"/></p></body>'
grep -q 'hint: write <form name="genitive">' "$work/err"
ok "and says how to give it" $?
refused E3234 '<body><p><variant party="a">x</variant></p></body>'
refused E3235 '<body><p><variant party="a">x</variant><variant party="b">x</variant><variant party="a">x</variant></p></body>'
refused E3236 '<body><p>x</p></body><closer><signed party="a"><persName>N</persName></signed><signed><persName>M</persName></signed></closer>'
party='<party><orgName>Cland</orgName></party>' refused E3232 '<body><p>x</p></body>'
sed -i 's/<parties>.*<\/parties>//' "$work/r.xml"
"$chancery" check "$work/r.xml" --alternat a 2>&1 | grep -q 'no <parties> in the letter'
ok "an alternat of a letter without parties" $?

# ---- identical letters ----
letter=$top/samples/identical-letters.xml
mkdir "$work/out"
"$chancery" render "$letter" -o "$work/out/{addressee}.pdf" >"$work/err" 2>&1
[ $? -eq 0 ] && [ "$(ls "$work/out" | tr '\n' ' ')" = 'general-assembly.pdf secretary-general.pdf security-council.pdf ' ]
ok "one command makes one for each: $(ls "$work/out" | tr '\n' ' ')" $?
i=0
for who in 'secretary-general Okoye' 'general-assembly Ilovac' 'security-council Almqvist'; do
    i=$((i + 1)) name=${who#* } who=${who% *}
    print "$letter" letter "$work/l" --addressee $i
    [ "$(grep -c '^  addressee' "$work/l")" -eq 1 ] && grep -q "name.*$name" "$work/l"
    ok "number $i is to $name" $?
    grep -q 'addressed to .*Secretary-General.*General Assembly.*Security Council' "$work/l"
    ok "and names all three in their order" $?
    "$chancery" verify "$letter" "$work/out/$who.pdf" 2>&1 | grep -q "the original of $who, and byte for byte"
    ok "verify knows it" $?
done
[ "$(for f in "$work/out"/*; do "$chancery" verify "$letter" "$f" | tail -1; done 2>/dev/null | sort -u | wc -l)" -eq 3 ]
ok "each has a digest of its own" $?
print "$letter" letter "$work/l"
[ "$(grep -c '^  addressee' "$work/l")" -eq 3 ] && grep -q 'N3237' "$work/err"
ok "without a choice it names them all" $?

# Ranks and genders differ: each letter has its own salutation and courtesy.
cat >"$work/ranks.xml" <<'END'
<letter xmlns="urn:chancery:letter:1" kind="identical-letters" xml:lang="en">
<addressee rank="bishop" gender="m"><persName>B</persName></addressee>
<addressee rank="ambassador" gender="f"><persName>A</persName></addressee>
<opener><salute/></opener><body><p>x</p></body><closer><formula/><signed><persName>N</persName></signed></closer></letter>
END
for i in 1 2; do print "$work/ranks.xml" letter "$work/l$i" --addressee $i; done
! diff <(grep -E '^  (salute|courtesy)' "$work/l1") <(grep -E '^  (salute|courtesy)' "$work/l2") >/dev/null
ok "each has its own salutation" $?
[ "$(grep -cE '^  (salute|courtesy)' "$work/l1")" -eq 2 ]
ok "and its own courtesy" $?

# They are counted in the order of custom, not in that of the file.
cat >"$work/order.xml" <<'END'
<letter xmlns="urn:chancery:letter:1" kind="identical-letters" xml:lang="en">
<addressee rank="permanent-representative"><persName>Dee</persName></addressee>
<addressee rank="president-of-council"><persName>Cee</persName></addressee>
<addressee xml:id="sg" rank="secretary-general"><persName>Aye</persName></addressee>
<addressee rank="president-of-assembly"><persName>Bee</persName></addressee>
<opener><dateline><date when="2026-03-02"/></dateline><salute>Sir,</salute></opener><body><p>x</p></body><closer><signed><persName>N</persName></signed></closer></letter>
END
print "$work/order.xml" letter "$work/l"
[ "$(grep -oE 'Aye|Bee|Cee|Dee' "$work/l" | tr '\n' ' ')" = 'Aye Bee Cee Dee ' ]
ok "the order of custom: $(grep -oE 'Aye|Bee|Cee|Dee' "$work/l" | tr '\n' ' ')" $?
for i in 1:Aye sg:Aye 2:Bee 3:Cee 4:Dee; do
    print "$work/order.xml" letter "$work/l" --addressee "${i%:*}"
    grep -q "${i#*:}" "$work/l"
    ok "--addressee $i" $?
done

# ---- all or none ----
before=$(cksum "$work/out"/* | sort)
rm "$work/out/security-council.pdf"
mkdir "$work/out/security-council.pdf"
sed 's/four thousand/five thousand/' "$letter" >"$work/changed.xml"
"$chancery" render "$work/changed.xml" -o "$work/out/{addressee}.pdf" >"$work/err" 2>&1
[ $? -eq 4 ] && grep -q E1006 "$work/err"
ok "a file that cannot be written is told" $?
rmdir "$work/out/security-council.pdf"
[ "$(cksum "$work/out"/* | sort)" = "$(grep -v security-council <<<"$before")" ]
ok "and then none of them is: $(ls "$work/out" | tr '\n' ' ')" $?
sed 's/<salute\/>/<salute><ref target="#nowhere">x<\/ref><\/salute>/' "$letter" >"$work/broken.xml"
"$chancery" render "$work/broken.xml" -o "$work/out/{addressee}.pdf" >"$work/err" 2>&1
[ $? -eq 1 ] && [ "$(ls "$work/out" | wc -l)" -eq 2 ] && [ "$(grep -c ': error: ' "$work/err")" -eq 1 ]
ok "a letter with an error writes nothing, and says it once" $?

usage() { # TEXT ARGUMENT...
    local text=$1
    shift
    "$chancery" render "$@" >"$work/err" 2>&1 <"$letter"
    [ $? -eq 2 ] && grep -q "$text" "$work/err"
    ok "usage: $*" $?
}
usage 'not both' "$letter" -o '{addressee}-{party}.pdf'
usage 'has no parties' "$letter" -o "$work/{party}.pdf"
usage 'made once' - -o "$work/{addressee}.pdf"

finish
