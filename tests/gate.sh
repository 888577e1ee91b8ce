#!/usr/bin/env bash
# gate.sh files|text|rules|structure|controls|same -- every sample rendered and put before the judges.
#
#   files      the gate for PDF files (judges/pdf_gate.sh)
#   text       each word of the source, read back by three programs
#   rules      the rules of the page, read from the finished file
#   structure  the tags as pdf.js and poppler see them
#   controls   the gate itself, with damaged copies of a sample
#   same       the same bytes on a second run and from another folder
# The samples are samples/*.xml; of the letters in many languages some go before the readers of
# the text alone, where they have the script and the faces of another.
set -u
what=${1:?usage: gate.sh files|text|rules|structure|controls|same}
here=$CHANCERY_SRC/tests/judges
out=$TMPDIR/pdf
mkdir -p "$out"
passed=0 failed=0 skipped=0

finish() {
    echo "CASES $passed $failed $skipped"
    [ "$failed" -eq 0 ]
    exit
}

# Render all samples into $out; what the program says of each goes to NAME.said.
render() {
    local xml name
    for xml in "$CHANCERY_SRC"/samples/*.xml; do
        name=$(basename "$xml" .xml)
        case $what:$name in
        text:annex-212 | structure:annex-212) continue ;; # its list is read by annex_rules.sh
        text:* | *:brief-el | *:brief-he | *:brief-hi | *:brief-th) ;;
        *:brief-*) continue ;;
        files:water-ar | files:water-fr | files:water-ps | files:water-zh) ;;
        files:water-*) continue ;; # as files no different from these four
        files:recall | files:circular-note | files:note-verbale-fr) continue ;; # nor these from their fellows
        esac
        if ! "$CHANCERY" render "$xml" -o "$out/$name.pdf" >"$out/$name.said" 2>&1; then
            failed=$((failed + 1))
            echo "cannot render $xml:"
            sed 's/^/  /' "$out/$name.said"
        fi
    done
    ls "$out"/*.pdf >/dev/null 2>&1 || { echo "no sample was rendered"; exit 1; }
}

# The rules of the page that the program itself said it could not keep, as "P1,P2".
relaxed() { grep -oE '\bP([0-9]|10)\b' "$1" | sort -u | paste -sd, -; }

each() { # JUDGE: one script, every PDF and its XML, in two processes
    local pdf name said n=0
    rm -f "$out"/list.?
    for pdf in "$out"/*.pdf; do
        name=$(basename "$pdf" .pdf)
        n=$(((n + 1) % 2))
        if [ "$1" = page_rules.mjs ]; then
            said=$(relaxed "$out/$name.said")
            [ -z "$said" ] || printf -- '--relaxed\t%s\t' "$said" >>"$out/list.$n"
        fi
        printf '%s\t%s\n' "$pdf" "$CHANCERY_SRC/samples/$name.xml" >>"$out/list.$n"
    done
    "$here/node.sh" -e 0 || exit 77
    for n in 0 1; do
        [ -e "$out/list.$n" ] || continue
        "$here/node.sh" "$here/many.mjs" "$here/$1" "$out/list.$n" >"$out/judged.$n" 2>&1 &
    done
    wait
    for n in 0 1; do
        [ -e "$out/list.$n" ] || continue
        grep -vE '^(CASES|CODE) ' "$out/judged.$n"
        passed=$((passed + $(grep -c '^CODE 0$' "$out/judged.$n")))
        failed=$((failed + $(grep -c '^CODE [1-9]' "$out/judged.$n")))
        # a run that never came to its end is one that failed
        failed=$((failed + $(wc -l <"$out/list.$n") - $(grep -c '^CODE ' "$out/judged.$n")))
    done
}

case $what in
files)
    render
    printf 'name\nfirst\nsecond\n' >"$out/records.csv" # two letters in one file
    for name in mixed-ar mixed-en; do
        "$CHANCERY" batch "$CHANCERY_SRC/tests/letters/$name.xml" --records "$out/records.csv" \
            --merge-into "$out/merged-$name.pdf" >"$out/merged.said" 2>&1 && continue
        failed=$((failed + 1))
        cat "$out/merged.said"
    done
    "$here/pdf_gate.sh" "$out" >"$out/said"
    read -r passed failed skipped < <(awk -v f=$failed '/^CASES/ { print $2, $3 + f, $4 }' "$out/said")
    grep -vE '^(CASES|PASS) ' "$out/said"
    ;;
text) render; each text_against_source.mjs ;;
rules) render; each page_rules.mjs ;;
structure) render; each structure_check.mjs ;;
controls)
    render
    exec "$here/pdf_gate_controls.sh" "$out/joint-letter.pdf"
    ;;
same)
    render
    first=$out
    out=$TMPDIR/again
    mkdir -p "$out"
    cd / || exit 1
    render
    for pdf in "$first"/*.pdf; do
        if cmp "$pdf" "$out/${pdf##*/}"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
    ;;
*) echo "gate.sh: what is $what?"; exit 2 ;;
esac
finish
