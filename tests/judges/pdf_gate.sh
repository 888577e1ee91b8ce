#!/usr/bin/env bash
# pdf_gate.sh [--only JUDGE,...] [--no-claim] FOLDER -- every PDF of a folder before every judge:
#
#   qpdf     the structure of the file            pdfcpu    dictionaries, strictly
#   vera     PDF/A-2a and PDF/UA-1                poppler   mupdf gs pdfjs pdfium: read and draw
#   fonts    each embedded, subset, with ToUnicode; no glyph 0
#
# Exit codes of poppler, MuPDF and Ghostscript prove nothing: what they say is read instead.
# --no-claim: the files need not be PDF/A and PDF/UA.  A judge that is not installed is
# skipped and named.  Prints "PASS|FAIL judge file" and the closing CASES line.
set -u
here=$(cd "$(dirname "$0")" && pwd)
only='' claim=yes
while [ $# -gt 1 ]; do
    case $1 in
    --only) only=,$2,; shift 2 ;;
    --no-claim) claim=no; shift ;;
    *) break ;;
    esac
done
folder=${1:?usage: pdf_gate.sh [--only JUDGE,...] [--no-claim] FOLDER}
shopt -s nullglob
files=("$folder"/*.pdf)
[ ${#files[@]} -gt 0 ] || { echo "no PDF in $folder"; exit 1; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0 skipped=0

wanted() { [ -z "$only" ] || [[ $only == *,$1,* ]]; }
good() { passed=$((passed + 1)); echo "PASS $1 $2"; }
bad() { # JUDGE FILE TEXT
    failed=$((failed + 1))
    echo "FAIL $1 $2"
    printf '%s\n' "$3" | head -n 8 | sed 's/^/  /'
}
missing() { # JUDGE REASON
    skipped=$((skipped + 1))
    echo "skip $1: $2"
}
has() { # JUDGE COMMAND
    command -v "$2" >/dev/null 2>&1 && return 0
    missing "$1" "no $2"
    return 1
}
# verdict JUDGE FILE COMPLAINT: nothing to complain of is good
verdict() { if [ -z "$3" ]; then good "$1" "$2"; else bad "$1" "$2" "$3"; fi; }

by_qpdf() {
    said=$(qpdf --check "$1" 2>&1) && said=''
    verdict qpdf "$1" "$said"
}

by_poppler() {
    said=$(
        pdfinfo "$1" 2>&1 >"$tmp/info" || echo "pdfinfo: exit $?"
        pdftotext "$1" "$tmp/text" 2>&1 || echo "pdftotext: exit $?"
        pdftoppm -r 30 "$1" "$tmp/page" 2>&1 || echo "pdftoppm: exit $?"
    )
    verdict poppler "$1" "$said"
}

by_mupdf() {
    said=$(
        { mutool draw -q -F txt -o "$tmp/mutool" "$1"; mutool info "$1" >"$tmp/mutool-info"; } 2>&1 |
            grep -E '^(error|warning)' | grep -v 'ICC support is not available'
    )
    verdict mupdf "$1" "$said"
}

by_gs() {
    gs -dNOPAUSE -dBATCH -dSAFER -sDEVICE=nullpage "$1" </dev/null >"$tmp/gs" 2>"$tmp/gs-err"
    rc=$?
    said=$(grep -F '****' "$tmp/gs"; cat "$tmp/gs-err"; [ $rc -eq 0 ] || echo "exit $rc")
    verdict gs "$1" "$said"
}

by_fonts() {
    said=$(
        # The three yes/no columns stand before the object's two numbers.
        pdffonts "$1" 2>&1 | awk 'NR > 2 {
            if ($(NF-4) != "yes") print $1 ": not embedded"
            if ($(NF-3) != "yes") print $1 ": not a subset"
            if ($(NF-2) != "yes") print $1 ": no ToUnicode"
            n++ } END { if (!n) print "no fonts" }'
        # A glyph that the font does not have is drawn as glyph 0.
        if command -v mutool >/dev/null; then
            mutool trace "$1" 2>/dev/null | grep -E '<g [^>]*glyph="(0|\.notdef)"' | head -n 3
        fi
    )
    verdict fonts "$1" "$said"
}

# by_script JUDGE SCRIPT: one that takes all files at once and prints PASS or FAIL lines
by_script() {
    "$here/node.sh" "$here/$2" "${files[@]}" >"$tmp/out" 2>&1
    tally "$1" $?
}
tally() { # JUDGE STATUS
    if [ "$2" -eq 77 ]; then
        missing "$1" "$(tail -n 1 "$tmp/out")"
        return
    fi
    local p f
    p=$(grep -c '^PASS ' "$tmp/out") f=$(grep -cE '^(FAIL|ERROR) ' "$tmp/out")
    passed=$((passed + p))
    if [ "$f" -eq 0 ] && [ "$2" -ne 0 ]; then f=1; fi
    if [ $((p + f)) -lt ${#files[@]} ]; then
        echo "FAIL $1: a verdict on $((p + f)) of ${#files[@]} files"
        f=$((f + 1))
    fi
    failed=$((failed + f))
    sed -E "s/^(PASS|FAIL|ERROR) /\\1 $1 /" "$tmp/out"
}

claims() { pdfinfo -meta "$1" 2>/dev/null | grep -q 'pdfaid:part'; }

if wanted qpdf && has qpdf qpdf; then for f in "${files[@]}"; do by_qpdf "$f"; done; fi
if wanted pdfcpu; then by_script pdfcpu pdfcpu.mjs; fi
if wanted vera; then
    claiming=()
    for f in "${files[@]}"; do
        if [ $claim = yes ] || ! command -v pdfinfo >/dev/null || claims "$f"; then claiming+=("$f"); fi
    done
    if [ ${#claiming[@]} -gt 0 ]; then
        "$here/vera.sh" 2a,ua1 "${claiming[@]}" >"$tmp/out" 2>&1
        rc=$?
        # A file that makes no claim was not put before it, and has no verdict.
        if [ ${#claiming[@]} -eq ${#files[@]} ] || [ $rc -eq 77 ]; then
            tally vera $rc
        else
            all=("${files[@]}") files=("${claiming[@]}")
            tally vera $rc
            files=("${all[@]}")
        fi
    fi
fi
if wanted poppler && has poppler pdftotext; then for f in "${files[@]}"; do by_poppler "$f"; done; fi
if wanted mupdf && has mupdf mutool; then for f in "${files[@]}"; do by_mupdf "$f"; done; fi
if wanted gs && has gs gs; then for f in "${files[@]}"; do by_gs "$f"; done; fi
if wanted pdfjs; then by_script pdfjs pdfjs.mjs; fi
if wanted pdfium; then by_script pdfium pdfium.mjs; fi
if wanted fonts && has fonts pdffonts; then for f in "${files[@]}"; do by_fonts "$f"; done; fi

echo "CASES $passed $failed $skipped"
[ $failed -eq 0 ]
