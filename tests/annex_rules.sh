#!/bin/bash
# annex_rules.sh -- lists of 8, 40, 212 and 2,000 signatories, read from the finished PDF: no row is
# split, no head is left alone, the numbers run through, every name is there once.  And the same judge
# before copies in which one of these is not so.
# CHANCERY: the program; CHANCERY_BUILD: where bench/corpus is.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
judges=$top/tests/judges
"$judges/node.sh" -e 0 || exit 77
passed=0 failed=0 n=0
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-annex-rules.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() { failed=$((failed + 1)); echo "not ok: $*"; }

# The cases, one process for all: what is to be said of each in "wanted", the rule or "none".
case_of() { # NAME RULE ARGUMENT...
    printf '%s\t%s\n' "$2" "$1" >>"$work/wanted"
    shift 2
    (IFS=$'\t'; echo "$*") >>"$work/cases"
}

# holds NAME XML
holds() {
    "$chancery" render "$2" -o "$work/$1.pdf" >"$work/said" 2>&1 || { fail "$1 cannot be rendered"; cat "$work/said"; }
    case_of "$1" none "$work/$1.pdf" "$2"
}

# changed NAME RULE AWK-PROGRAM: the words of the pages of annex-212, "page" counted
changed() {
    n=$((n + 1))
    awk '/<page / { page++ } '"$3"' { print }' "$work/words" >"$work/words.$n"
    ! cmp -s "$work/words" "$work/words.$n" || fail "$1: nothing was changed"
    case_of "$1" "$2" --words "$work/words.$n" "$work/annex-212.pdf" "$list"
}

for name in annex-8 joint-letter annex-212; do
    holds $name "$top/samples/$name.xml"
done
"$CHANCERY_BUILD/bench/corpus" --signatories 2000 --groups 150 |
    awk '/<group><head>/ { sub("</head>", " " ++n "</head>") }
        { sub("order=\"given\"", "order=\"family-name\" group-order=\"head\" subtotals=\"yes\""); print }' \
        >"$work/2000.xml"
holds 2000 "$work/2000.xml"

list=$top/samples/annex-212.xml
pdftotext -bbox "$work/annex-212.pdf" "$work/words"
changed 'a name that is missing' NAMES '/>Birkenshaw</ && !n++ { next }'
changed 'a name that is there twice' NAMES '
    />Dunlevy</ && !n++ { sub("Dunlevy", "Carrowmore") } />Eithne</ && !m++ { sub("Eithne", "Keziah") }'
changed 'a number that is left out' NUMBERS '/>57</ && !n++ { next }'
changed 'a row that is split' NAMES '
    />Barqueros</ && !n { n = page; word = $0; next } n && page == n + 1 && word && />Page</ { print word; word = "" }'
changed 'a head alone' HEAD '
    { y = $3; gsub(/[^0-9.]/, "", y) }
    />Bolivia</ && !on { on = page; from = y }
    /<word/ && page == on && y > from + 12 && y < 780 { next }'
changed 'a group that goes on without a head' HEAD '
    />China</ { held = $0; next } held { line = $0; if (/>\(continued\)</) { held = ""; next } print held; held = "" }'
changed 'a page without heads of columns' COLUMNS 'page == 6 && />(No\.|Name|Title)</ { next }'
changed 'a page without the title' TITLE 'page == 7 && />Those</ { next }'
mkdir "$work/a" "$work/b"
cp "$list" "$work/a"
cp "$list" "$work/b"
sed 's/^Keziah Carrowmore/Keziah Carrowless/' "${list%.xml}.csv" >"$work/a/annex-212.csv"
case_of 'another name in the source' NAMES "$work/annex-212.pdf" "$work/a/annex-212.xml"
sed '/withheld/d' "${list%.xml}.csv" >"$work/b/annex-212.csv"
case_of 'names withheld that nobody has' NAMES "$work/annex-212.pdf" "$work/b/annex-212.xml"
qpdf "$work/annex-212.pdf" --pages . 1-4,6-z -- "$work/short.pdf"
case_of 'a page that is missing' NUMBERS "$work/short.pdf" "$list"

"$judges/node.sh" "$judges/many.mjs" "$judges/annex_rules.mjs" "$work/cases" >"$work/said" 2>&1
awk '/^CODE / { close(file); file = "" ; n++; next } { print > (dir "/said." n + 1) }' dir="$work" "$work/said"
n=0
while IFS=$'\t' read -r rule name; do
    n=$((n + 1))
    case $rule in
    none) grep -q '^PASS ' "$work/said.$n" ;;
    *) grep -q '^FAIL ' "$work/said.$n" && grep -q ": $rule: " "$work/said.$n" ;;
    esac && passed=$((passed + 1)) || { fail "$name ($rule)"; cat "$work/said.$n"; }
done <"$work/wanted"
echo "CASES $passed $failed 0"
[ $failed -eq 0 ]
