#!/bin/sh
# luatex_demerits.sh -- real paragraphs, shaped by us and handed to LuaTeX as bare widths,
# glue and hyphens: our lines cost no more demerits than the ones it chooses.
set -eu
command -v luatex >/dev/null 2>&1 || { echo "no luatex"; exit 77; }
tool=$CHANCERY_BUILD/tests/tools/luatex_lines
[ -x "$tool" ] || { echo "$tool is not built"; exit 1; }
hyphens=${CHANCERY_HYPHEN_PATH:-/usr/share/hyphen}
cd "$TMPDIR"
rc=0
"$tool" "$CHANCERY_SRC/fonts/fonts.conf" "$hyphens" "$CHANCERY_SRC/tests/judges/paragraphs.txt" \
    lines.tex >ours || rc=$?
[ $rc -ne 77 ] || { echo "no Linux Libertine"; exit 77; }
[ $rc -eq 0 ] || { echo "luatex_lines failed"; exit 1; }
# Without a format, for these are primitives only; and with settings of our own, so that the
# bare program is enough.
echo 'TEXINPUTS = .' >texmf.cnf
TEXMFCNF=. luatex -ini -interaction=batchmode lines.tex >luatex.out 2>&1 || :
[ -s lines.log ] || { cat luatex.out; exit 1; }
awk '
FNR == NR { demerits[$1] = $2; lines[$1] = $3; n++; next }
function close_para() {
    if (name == "") return
    if (least == "") { printf "%s: LuaTeX found no lines\n", name; bad++ }
    else if (demerits[name] + 0 > least + 0) {
        printf "%s: ours %d, LuaTeX %d\n", name, demerits[name], least; bad++
    } else {
        good++
        if (demerits[name] + 0 < least + 0) better++
    }
    name = ""
}
match($0, /\[\[[0-9]+@[0-9]+\]\]/) {
    close_para()
    name = substr($0, RSTART + 2, RLENGTH - 4); least = ""; ending = 0
}
/^@\\par/ { ending = 1 }
ending && /^@@[0-9]+: line .* t=/ {
    t = $0; sub(/^.* t=/, "", t); sub(/ .*$/, "", t)
    if (least == "" || t + 0 < least + 0) least = t
}
END {
    close_para()
    if (good + bad != n) { printf "LuaTeX answered %d of %d\n", good + bad, n; bad++ }
    # Where TeX gives up a start of line too early ours may be cheaper, but that is rare.
    if (better * 4 > n) { printf "%d of %d cheaper than LuaTeX: the counts cannot be right\n", better, n; bad++ }
    if (n < 30) { printf "only %d settings to compare\n", n; bad++ }
    printf "%d settings, %d of them cheaper than LuaTeX\n", good, better
    printf "CASES %d %d 0\n", good, bad
    exit bad > 0
}' ours lines.log
