#!/bin/bash
# What the program's options do, and what it says of wrong ones.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/../frame.sh"

letter=$work/l.xml
cp "$top/samples/two-pages.xml" "$letter"

# expect NAME STATUS PATTERN COMMAND...: the status, and the pattern in what it prints.
expect() {
    local name=$1 want=$2 pattern=$3
    shift 3
    "$@" >"$work/print" 2>&1 </dev/null
    local got=$?
    if [ $got -eq "$want" ] && { [ -z "$pattern" ] || grep -aEq -- "$pattern" "$work/print"; }; then passed=$((passed + 1)); return; fi
    echo "not ok: $name: exit status $got, not $want, or no '$pattern'"
    head -5 "$work/print"
    failed=$((failed + 1))
}

expect help 0 '^Usage: chancery' "$chancery" --help
expect help-of-command 0 '^Usage: chancery' "$chancery" render --help
expect version 0 '^chancery [0-9]+\.[0-9]+\.[0-9]+$' "$chancery" --version
expect no-command 2 'a command is needed' "$chancery"
expect unknown-command 2 "unknown command 'draw'" "$chancery" draw
expect unknown-option 2 "unknown option '--fast'" "$chancery" render --fast "$letter"
expect value-missing 2 '--style needs a value' "$chancery" render "$letter" --style
expect no-letter 2 'render needs a letter' "$chancery" render
expect two-letters 2 'render takes one letter' "$chancery" render "$letter" "$letter"
expect unknown-pass 2 "no pass is called 'glyphs'" "$chancery" render "$letter" --dump=glyphs
expect unknown-form 2 "text, json or sarif" "$chancery" render "$letter" --diagnostics=xml
expect over-the-letter 2 'is the letter itself' "$chancery" render "$letter" -o "$letter"
expect default-name 0 '' "$chancery" render "$letter"
expect default-name-made 0 '^%PDF-1\.7' head -c 8 "$work/l.pdf"
expect standard-output 0 '^%PDF-1\.7' "$chancery" render "$letter" -o -
expect output-given 0 '' "$chancery" render "$letter" --output="$work/o.pdf"
expect output-given-made 0 '^%PDF-1\.7' head -c 8 "$work/o.pdf"
expect null-device 0 '' "$chancery" render "$letter" -o /dev/null
expect check-good 0 'l\.xml: no errors, [0-9]+ pages' "$chancery" check "$letter"
expect check-many 1 'E2' "$chancery" check "$letter" "$top/tests/invalid/unknown-element.xml" "$letter"
expect check-no-output 2 'writes nothing' "$chancery" check "$letter" -o x.pdf
expect fonts 0 '^serif[[:space:]]+Latn.*Linux Libertine' "$chancery" fonts
expect style 0 '' "$chancery" render "$letter" --style=ministry -o "$work/s.pdf"
expect copy-unknown 2 "not 'carbon'" "$chancery" render "$letter" --as=carbon
expect letterhead-unknown 2 "not 'green'" "$chancery" render "$letter" --letterhead=green
expect style-unknown 1 'nosuch.*\[E4' "$chancery" render "$letter" --style=nosuch -o "$work/x.pdf"
for pass in tree letter blocks runs lines pages structure; do
    expect "dump-$pass" 0 '.' "$chancery" render "$letter" --dump=$pass
done
printf '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><body><pp/></body></letter>' >"$work/bad.xml"
expect json 1 '^\{.*"code":"E2[0-9]+".*\}$' "$chancery" render "$work/bad.xml" --diagnostics=json
expect sarif 1 '^\{"\$schema":.*"version":"2.1.0"' "$chancery" render "$work/bad.xml" --diagnostics=sarif
expect sarif-is-one-log 1 '^1$' sh -c 'CHECKED=$("$0" check "$1" "$2" "$1" --diagnostics=sarif 2>&1 >/dev/null); rc=$?; printf "%s\n" "$CHECKED" | grep -c "\"version\":\"2.1.0\""; exit $rc' "$chancery" "$work/bad.xml" "$letter"
expect sarif-nothing-said 0 '^"results":\[' "$chancery" render "$letter" --diagnostics=sarif -o /dev/null
expect rules 0 '^salutation-rank  W3120' "$chancery" rules
expect rules-letter 2 'takes no letter' "$chancery" rules "$letter"
printf '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><body><p>On 31 June 2024.</p></body></letter>' >"$work/june.xml"
expect json-rule 0 '"code":"W3143","slug":"date-impossible",.*"source":"the calendar"' "$chancery" check "$work/june.xml" --diagnostics=json
expect explain 0 'note: .*page [0-9]' "$chancery" render "$top/samples/two-pages.xml" --explain -o /dev/null
printf '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><body><p>no title, so no claim</p></body></letter>' >"$work/plain.xml"
expect warning 0 'warning: .*\[W7001' "$chancery" render "$work/plain.xml" -o "$work/p.pdf"
printf '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><meta><title>T</title></meta><body><p>%s</p></body></letter>' "$(printf 'x%.0s' {1..200})" >"$work/wide.xml"
expect overfull-line 0 'wide\.xml:1:[0-9]+: warning: .*\[W6001' "$chancery" render "$work/wide.xml" -o /dev/null
rm -f "$work/p.pdf"
expect strict 5 'warning: .*\[W7001' "$chancery" render "$work/plain.xml" --strict -o "$work/p.pdf"
if [ -e "$work/p.pdf" ]; then echo 'not ok: --strict left an output'; failed=$((failed + 1)); else passed=$((passed + 1)); fi
expect data-folder-missing 4 '' env CHANCERY_DATADIR=/nonexistent "$chancery" render "$letter" -o /dev/null

finish
