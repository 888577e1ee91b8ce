#!/usr/bin/env bash
# missions.sh -- the note to 193 missions in six languages: one command, 1,158 letters, each for its own
# mission and in its own language, each told of in the manifest.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
from=$top/samples/missions
languages=en,fr,es,ru,ar,zh
send() {
    "$chancery" batch "$from/note.xml" --records "$from/missions.csv" --lang $languages --catalog "$from/po" \
        --output "$work/{lang}/{idno}.pdf" --manifest "$work/manifest.jsonl" >"$work/said" 2>"$work/err"
}
send
ok 'one command makes them all' $?
for lang in ${languages//,/ }; do
    check "as many letters in $lang as there are missions" 193 "$(find "$work/$lang" -name '*.pdf' 2>/dev/null | wc -l)"
done
check 'each is in the manifest, as done' 1158 "$(grep -c '"status":"done"' "$work/manifest.jsonl")"
check 'no letter has a warning but of words that await a native speaker' '' \
    "$(grep -v 'W3003' "$work/err" | grep -E '(warning|error):' | head -3)"
"$chancery" batch --summary "$work/manifest.jsonl" >"$work/summary" 2>"$work/err"
ok 'the summary finds the batch whole' $?

# Words of one line each: the text is taken out without line ends and marks of direction.
text() { pdftotext -enc UTF-8 -raw "$1" - | sed $'s/\u200e//g; s/\u200f//g; s/\u202a//g; s/\u202b//g; s/\u202c//g; s/\u00ad//g' | tr -s '\n\f ' '   '; }
column() { # RECORD COLUMN
    sed -n "$(($1 + 1))p" "$from/missions.csv" | cut -d, -f"$2"
}
n=2
for lang in ${languages//,/ }; do
    for record in 4 77 193; do
        file=$work/$lang/$(column $record 1).pdf
        said=$(text "$file")
        state=$(column $record $n)
        check "$lang: the note of record $record names $state twice or more" yes \
            "$([ "$(grep -oF "$state" <<<"${said// /}" | wc -l)" -ge 2 ] || [ "$(grep -oF "$state" <<<"$said" | wc -l)" -ge 2 ] && echo yes || echo "$said")"
    done
    n=$((n + 1))
done
access='seat that can be reached without steps'
check 'a paragraph for those who asked for it' 1 "$(text "$work/en/NV-2026-004.pdf" | grep -cF "$access")"
check 'and for no others' 0 "$(text "$work/en/NV-2026-005.pdf" | grep -cF "$access")"

# The versions say the same.
for lang in fr es ru ar zh; do
    "$chancery" translate merge "$from/note.xml" --catalog "$from/po" --lang $lang -o "$work/note.$lang.xml" 2>"$work/err"
    ok "the note in $lang as a letter of its own" $?
done
"$chancery" translate parity "$from/note.xml" "$work"/note.*.xml >"$work/parity" 2>"$work/err"
ok 'the six versions agree in paragraphs, numbers, dates and fields' $?
[ ! -s "$work/parity" ] || head -5 "$work/parity"

send
check 'a second run makes none again' 1158 "$(grep -oE '[0-9]+ up to date' "$work/said" "$work/err" | grep -oE '[0-9]+ up' | grep -oE '[0-9]+')"
finish
