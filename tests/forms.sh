#!/usr/bin/env bash
# Forms of address: the sentences of a note (tests/cases/protocol/notes.case), what an empty
# honorific prints, and the data themselves: every entry says its source and how sure it is, those
# that are not sure await review, and no language calls a chargé d'affaires Excellency.  The forms
# of each rank are in unit/protocol_test.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

# Sets $got and $err.
letter() { # LANG KIND PARTS
    printf '<letter xmlns="urn:chancery:letter:1" kind="%s" xml:lang="%s">\n%s\n</letter>\n' "$2" "$1" "$3" >"$work/letter.xml"
    got=$("$chancery" render --dump=letter "$work/letter.xml" 2>"$work/err")
    err=$(cat "$work/err")
}

# The text of a line of the dump, or else the code of the error at that element.
said() { # NAME-IN-DUMP CODE
    if [[ $err == *"[$2 "* ]]; then
        echo "$2"
    else
        sed -n "s/^ *$1 [^ ]* \(.*[]\"]\)\$/\1/p" <<<"$got" | head -1 |
            sed 's/\[name "\([^"]*\)"\]/"\1"/g; s/" "//g; s/^"//; s/"$//'
    fi
}

while IFS='|' read -r lang from to from_form to_form opening closing; do
    case $lang in '#'* | '') continue ;; esac
    letter "$lang" note-verbale "<sender><orgName>$from</orgName><form name=\"note\">$from_form</form></sender>
<addressee><orgName>$to</orgName><form name=\"note\">$to_form</form></addressee>
<body><p><formula name=\"compliments\"/> ask.</p><formula name=\"courtesy\"/></body>"
    check "$lang note $from $to: opening" "$opening" "$(said p E3013)"
    check "$lang note $from $to: closing" "$closing" "$(said formula E3013)"
done <"$top/tests/cases/protocol/notes.case"

letter en letter '<addressee rank="ambassador" gender="f"><honorific/><persName>N</persName></addressee><body><p>x</p></body>'
check "an empty honorific" "Her Excellency" "$(said honorific E3038)"
letter zh letter '<addressee rank="ambassador" gender="f"><honorific/><persName>N</persName></addressee><body><p>x</p></body>'
check "an empty honorific in Chinese" E3038 "$(said honorific E3038)"
letter en letter '<addressee rank="ambasador"><persName>N</persName></addressee><body><p>x</p></body>'
check "an unknown rank" "yes yes" "$([[ $err == *"'ambasador' [W3037"* ]] && echo yes) $([[ $err == *"hint: there is ambassador"* ]] && echo yes)"
letter de letter '<addressee rank="cardinal"><persName>N</persName></addressee><body><p>x</p></body>'
check "a rank that German has no forms for" "" "$err"
letter en letter '<body><p>x</p></body><closer><signed><honorific/><persName>N</persName></signed></closer>'
check "an empty honorific of one who signs" yes "$([[ $err == *"[E3038"* ]] && echo yes)"
letter ru letter '<addressee rank="charge"><persName>N</persName></addressee><opener><salute>Ваше Превосходительство,</salute></opener><body><p>x</p></body>'
check "Excellency to a chargé" yes "$([[ $err == *"[W3126"* ]] && echo yes)"

# ---- the data ----

forms=$(grep -l '<rank' "$top"/styles/protocol/*.xml)
entries='^ *<\(honorific\|salute\|vocative\|courtesy\|note\)[ >]'
check "entries without source or confidence" "" "$(grep -h "$entries" $forms | grep -v 'source="[^"]*" confidence="\(high\|medium\|low\)"')"
check "entries that are not sure, without review" "" "$(grep "$entries" $forms | grep 'confidence="\(medium\|low\)"' | grep -v 'review="yes"')"
check "entries that are sure, and await review" "" "$(grep "$entries" $forms | grep 'confidence="high"' | grep 'review="yes"')"
check "sources that are not told" "" "$(sed -n 's/.* source="\([^"]*\)".*/\1/p' $forms | tr ' ' '\n' | LC_ALL=C sort -u |
    while read -r s; do grep -q "<source name=\"$s\"" "$top/styles/protocol/sources.xml" || echo "$s"; done)"
check "languages without a chargé d'affaires" "" "$(for f in $forms; do grep -q '<rank names="charge charge-d-affaires">' "$f" || echo "$f"; done)"
check "chargés who are called by what is avoided" "" "$(for f in $forms; do
    awk '/<rank/ { charge = /"charge / } charge && /<\/rank/ { charge = 0 }
        charge && /<avoid>/ { gsub(/.*<avoid>|<\/avoid>.*/, ""); avoid = $0 }
        charge && /<(salute|courtesy|honorific|vocative)/ { gsub(/<[^>]*>/, ""); said[n++] = $0 }
        END { if (avoid == "") print FILENAME " has nothing to avoid"
              for (i in said) if (avoid != "" && index(said[i], avoid)) print FILENAME ": " said[i] }' "$f"; done)"
check "ranks that English does not know" "" "$(sed -n 's/.*<rank names="\([^"]*\)".*/\1/p' $forms | tr ' ' '\n' | LC_ALL=C sort -u |
    while read -r r; do grep -q "<rank names=\"\([a-z -]* \)*${r}[ \"]" "$top/styles/protocol/en.xml" || echo "$r"; done)"
finish
