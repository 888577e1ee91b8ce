#!/bin/bash
# Translation from end to end: the template against xgettext and msgfmt, PO and MO catalogues as
# msgfmt and msgcat write them, letters in other languages by their text, what is written as XML
# against what is rendered straight away, and everything that can be wrong.
# CHANCERY: the program.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
unset SOURCE_DATE_EPOCH
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-translate.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { echo "not ok: $1"; shift; [ $# -eq 0 ] || head -12 "$@" | sed 's/^/    /'; failed=$((failed + 1)); }
expect() { # NAME COMMAND...: it succeeds
    local name=$1
    shift
    if "$@" >out 2>err; then ok; else bad "$name" err; fi
}
same() { if cmp -s "$2" "$3"; then ok; else diff "$2" "$3" >out; bad "$1" out; fi; }

mkdir tests samples
cp -r "$top/tests/translate" tests/
cp -r "$top/samples/images" samples/
letter=tests/translate/letter.xml po=tests/translate/po
allow=(--allow samples)

# ---- the template ----
expect extract "$chancery" translate extract $letter -o ours.pot
expect 'extract to standard output' bash -c "'$chancery' translate extract $letter >again.pot"
same 'the same template again' ours.pot again.pot
expect 'msgfmt takes the template' msgfmt -c -o /dev/null ours.pot
expect 'msgcat takes the template' msgcat -o cat.pot ours.pot
grep -q '^"POT-Creation-Date: 2026-11-02 00:00+0000' ours.pot && ok || bad 'the date of the letter' ours.pot
SOURCE_DATE_EPOCH=86461 "$chancery" translate extract $letter | grep -q 'POT-Creation-Date: 1970-01-02 00:01+0000' &&
    ok || bad 'the date that is asked for'
expect msginit msginit --no-translator -l de -i ours.pot -o de.po
expect msgmerge msgmerge -q -o merged.po $po/ru.po ours.pot
expect 'msgfmt takes what msgmerge made' msgfmt -c -o merged.mo merged.po

# What xgettext finds with our rules is what we find, but for paragraphs that it loses.
its=$(find "$top" -maxdepth 3 -name '*.its' -path '*its*' | head -1)
msgids() { # FILE: the texts, as one writer would have them
    msgcat --no-wrap --no-location --sort-output "$1" | sed -n 's/^msgid //p' |
        sed 's/ xml:/ /g; s/ *\(<[^>]*>\) */\1/g' | LC_ALL=C sort -u
}
if [ -n "$its" ]; then
    expect xgettext xgettext --its="$its" -o theirs.pot $letter
    msgids ours.pot >a
    msgids theirs.pot >b
    same 'the units of xgettext' a b
fi
"$chancery" translate extract "$top/samples/water-en.xml" -o two.pot 2>err || bad 'a sample' err
expect 'two letters' "$chancery" translate extract $letter "$top/samples/water-en.xml" -o two.pot
[ "$(grep -c '^msgid "Ambassador"' two.pot)" = 1 ] && ok || bad 'a text once' two.pot

# ---- rendering ----
for lang in fr ru ar; do
    expect "render $lang" "$chancery" render $letter "${allow[@]}" --lang $lang --catalog $po -o $lang.pdf
    mkdir -p mo tests/$lang
    expect "msgfmt $lang" msgfmt -o mo/$lang.mo $po/$lang.po
    expect "render $lang from MO" "$chancery" render $letter "${allow[@]}" --lang $lang --catalog mo -o mo.pdf
    same "$lang: PO and MO" $lang.pdf mo.pdf
    msgfmt --endianness=big -o big.mo $po/$lang.po
    expect "render $lang from a big-endian MO" "$chancery" render $letter "${allow[@]}" --lang $lang \
        --catalog big.mo -o mo.pdf
    same "$lang: PO and big-endian MO" $lang.pdf mo.pdf
    expect "merge $lang" "$chancery" translate merge $letter --lang $lang --catalog $po -o tests/$lang/letter.xml
    expect "render merged $lang" "$chancery" render tests/$lang/letter.xml "${allow[@]}" -o merged.pdf
    same "$lang: from the catalogue and merged" $lang.pdf merged.pdf
    [ "$(grep -c 'A comment that stays' tests/$lang/letter.xml)" = 1 ] && ok || bad "$lang: the comment"
    grep -q 'xml:id="same"' tests/$lang/letter.xml && ok || bad "$lang: the id"
    grep -q " xml:lang=\"$lang\">" tests/$lang/letter.xml && ok || bad "$lang: the language"
done
text() { pdftotext -raw "$1" - | tr '\n' ' ' | tr -s ' '; }
says() { if text "$1" | grep -qF "$2"; then ok; else bad "$1 does not say: $2"; text "$1" | head -c 900; fi; }
says fr.pdf 'Le bac Heron passera deux fois par jour à partir du 1er décembre 2026'
says fr.pdf '« la saison & la glace »'
says fr.pdf 'Holmwick, le 2 novembre 2026'
says fr.pdf 'quai du Débarcadère · Holmevique'
says fr.pdf 'Motto: Remis velisque.'
# shellcheck disable=SC1112  # as it is printed
says fr.pdf 'Madame l’Ambassadrice,'
says ru.pdf 'госпоже Аде Линдквист'
says ru.pdf 'Хольмвик, 2 ноября 2026 года'
says ru.pdf 'плата двоякая: а для пеших;'
for lang in fr ru ar; do
    if text $lang.pdf | grep -qE 'Winter|Ferry Office|no crossing'; then bad "$lang: words of the source"; else ok; fi
done
"$chancery" render $letter "${allow[@]}" --lang ar --catalog $po --dump=letter 2>/dev/null >ar.letter
grep -q '^letter letter ar rtl' ar.letter && ok || bad 'ar: the direction' ar.letter
grep -q 'السيدة أدا ليندكفست' ar.letter && ok || bad 'ar: the addressee' ar.letter
grep -q 'name:en\|foreign:en' ar.letter && ok || bad 'ar: what is kept says its language' ar.letter
expect 'its own language' "$chancery" render $letter "${allow[@]}" --lang en -o en.pdf
expect 'no language' "$chancery" render $letter "${allow[@]}" -o plain.pdf
same 'its own language' en.pdf plain.pdf

# The most exact file of a folder.
mkdir exact
for tag in pt pt_BR; do sed "s/^\"Language: fr/\"Language: $tag/; s/Holmevique/Holm-$tag/" $po/fr.po >exact/$tag.po; done
for pair in pt:Holm-pt pt-PT:Holm-pt pt-BR:Holm-pt_BR pt-br:Holm-pt_BR; do
    expect "--lang ${pair%%:*}" "$chancery" render $letter "${allow[@]}" --lang "${pair%%:*}" --catalog exact -o pt.pdf
    says pt.pdf "${pair#*:}"
done

# Languages of trial: nothing but names, numbers and what is not translated is left as it was.
for lang in en-XA ar-XB; do
    expect "render $lang" "$chancery" render $letter "${allow[@]}" --lang $lang -o trial.pdf
    expect "merge $lang" "$chancery" translate merge $letter --lang $lang -o tests/fr/trial.xml
    expect "render merged $lang" "$chancery" render tests/fr/trial.xml "${allow[@]}" -o trial2.pdf
    same "$lang: merged" trial.pdf trial2.pdf
    if text trial.pdf | grep -qE 'Winter|crossing|Ambassador\b.*Ferry'; then bad "$lang: words"; else ok; fi
done
"$chancery" translate merge $letter --lang en-XA | grep -q '<subject>\[Ŵîñţéé' && ok || bad 'accents'

# ---- what can be wrong ----
# fails NAME STATUS PATTERN ARGUMENT...: so ends the program, and says so; no output is made.
fails() {
    local name=$1 want=$2 pattern=$3 got
    shift 3
    rm -f bad.out
    "$chancery" "$@" -o bad.out >out 2>err
    got=$?
    if [ $got -ne "$want" ]; then bad "$name: exit status $got, not $want" err
    elif ! grep -Eq -- "$pattern" err; then bad "$name: no diagnostic like $pattern" err
    elif [ -e bad.out ]; then bad "$name: an output was made"
    else ok; fi
}
# changed NAME PATTERN SED: fr.po changed so is refused with this.
changed() {
    sed "$3" $po/fr.po >changed.po
    cmp -s changed.po $po/fr.po && bad "$1: the test changed nothing"
    fails "$1" 1 "$2" translate merge $letter --lang fr --catalog changed.po
}
changed untranslated "letter.xml:7:5: error: 'Winter timetable.*changed.po' \[E3647" 's/^msgstr "Horaire.*/msgstr ""/'
fails 'untranslated, rendered' 1 '^tests/translate/letter.xml:7:5: error: .*\[E3647' render $letter "${allow[@]}" \
    --lang fr --catalog changed.po
changed fuzzy "letter.xml:7:5: error: .*fuzzy.*\[E3648" '/^msgid "Winter/i #, fuzzy'
changed 'not closed' '^changed.po:[0-9]+:8: error: .*\[E3640' 's/^\(msgstr "Horaire.*\)"$/\1/'
changed 'bad escape' '^changed.po:[0-9]+:15: error: .*\[E3640' 's/^msgstr "Horaire/&\\q/;s/Horaire\\q/Horair\\q/'
changed charset '^changed.po:3:8: error: .*ISO-8859-1.*\[E3641' 's/charset=UTF-8/charset=ISO-8859-1/'
changed language "is for the language 'de', not for 'fr' \[E3646" 's/^"Language: fr/"Language: de/'
changed twice '^changed.po:[0-9]+:8: error: .*\[E3642' 's/^msgid "Ambassador"/msgid "Her Excellency"/'
changed 'field gone' '^changed.po:[0-9]+:2: error: <date when="2026-12-01"/> is missing.*\[E3652' 's/"<date when=\\"2026-12-01\\"\/>, autant/", autant/'
changed 'element added' '^changed.po:[0-9]+:9: error: the source has no <b> \[E3653' 's/^msgstr "Horaire.*/msgstr "<b>H<\/b>"/'
changed 'link changed' '^changed.po:[0-9]+:[0-9]+: error: the source has no <ref.*\[E3653' 's/target=\\"https:\/\/ferry.example\/?n=4&amp;"/target=\\"https:\/\/other.example\/?n=4\&amp;"/;s/^"y=2026\\">sur/"x\\">sur/'
changed 'no markup' "^changed.po:[0-9]+:18: error: .*\[E3651" "s/^msgstr \"Horaire/&  \& co/"
changed 'emptied' '^changed.po:[0-9]+:[0-9]+: error: <emph>.*\[E3655' 's/<emph>deux fois<\/emph>/<emph\/>/'
printf 'msgid "\351"\n' >changed.po
fails 'not UTF-8' 1 '^changed.po:1:8: error: .*\[E2005' render $letter --lang fr --catalog changed.po
head -c 300 mo/fr.mo >cut.mo
fails 'a cut MO' 1 "'cut.mo' is damaged.*\[E3644" render $letter --lang fr --catalog cut.mo
fails 'no catalogue' 1 "\[E3645" render $letter --lang fr --catalog $letter
fails 'not in the folder' 1 "'de' in 'tests/translate/po' \[E3656" render $letter --lang de --catalog $po
fails 'no such folder' 4 "\[E1001" render $letter --lang de --catalog nowhere
fails 'none named' 1 "\[E3657" render $letter --lang de
fails 'no language' 1 "\[E3658" render $letter --lang 'e n' --catalog $po/fr.po
fails 'two languages' 1 "\[E3660" translate extract $letter "$top/samples/water-fr.xml"
fails 'no verb' 2 'needs to know what' translate
fails 'another verb' 2 "does not know 'x'" translate x $letter
fails 'no letter' 2 'needs a letter' translate extract
fails 'merge without a language' 2 'needs a language' translate merge $letter
fails 'merge of two' 2 'takes one letter' translate merge $letter $letter --lang fr
fails 'a dump' 2 'does not go with' translate merge $letter --lang fr --dump=tree

# Allowed, each is a warning, and an error again under --strict.
sed '/^msgid "Winter/,/^msgstr/s/^msgstr.*/msgstr ""/; /^msgid "no crossing/i #, fuzzy' $po/fr.po >changed.po
fails 'one of two allowed' 1 '\[E3648' render $letter "${allow[@]}" --lang fr --catalog changed.po --allow-untranslated
both=(--lang fr --catalog changed.po --allow-untranslated --allow-fuzzy)
expect allowed "$chancery" render $letter "${allow[@]}" "${both[@]}" -o draft.pdf
grep -q '\[W3649' err && grep -q '\[W3650' err && ok || bad 'warnings' err
says draft.pdf 'Objet : Winter timetable'
"$chancery" translate merge $letter "${both[@]}" 2>/dev/null |
    grep -q '<subject><foreign xml:lang="en">Winter timetable of the Tarn ferry</foreign></subject>' &&
    ok || bad 'what is left says its language'
fails strict 5 '\[W3649' render $letter "${allow[@]}" "${both[@]}" --strict
sed 's/<signed>/<signed status="withheld">/' $letter >tests/translate/withheld.xml
"$chancery" translate extract tests/translate/withheld.xml | grep -q 'Edda' && bad 'a withheld name' || ok
printf 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n' | cat $po/fr.po - >changed.po
expect plural "$chancery" render $letter "${allow[@]}" --lang fr --catalog changed.po -o fr2.pdf
grep -q '\[W3643' err && ok || bad 'plural forms' err
printf '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><body><p>x</p></body><signatories href="l.csv"/></letter>' >list.xml
printf 'name,role\nA,B\n' >l.csv
printf 'msgid "x"\nmsgstr "y"\n' >x.po
"$chancery" render list.xml --lang fr --catalog x.po -o list.pdf 2>err
grep -q '\[W3659' err && ok || bad 'a list that is not translated' err

echo "CASES $passed $failed 0"
[ $failed -eq 0 ]
