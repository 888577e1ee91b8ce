#!/bin/bash
# The examples of doc/examples/pipeline, each run as it stands there: make, ninja, meson, and the lines
# of the recipe for continuous integration.  A picture that is touched renders its letter alone.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
skipped=0
mkdir "$work/bin" && ln -s "$(realpath "$chancery")" "$work/bin/chancery"
export PATH=$work/bin:$PATH

# start NAME: a fresh copy of the example, with old times
start() {
    rm -rf "${work:?}/$1"
    cp -R "$top/doc/examples/pipeline" "$work/$1"
    cd "$work/$1" || exit 1
    find . -type f -exec touch -d 2020-01-01 {} +
}

# made COMMAND...: the names of the PDF files that it renders anew
made() {
    local before
    before=$(stat -c '%n %y' out/*.pdf build/*.pdf 2>/dev/null)
    "$@" >"$work/err" 2>&1 || { echo failed; return; }
    stat -c '%n %y' out/*.pdf build/*.pdf 2>/dev/null | grep -vxF "$before" | sed 's/ .*//; s/.*\///' | tr '\n' ' '
}

# incremental NAME COMMAND...: all, then nothing, then just what a change is about
incremental() {
    local name=$1
    shift
    check "$name renders all" 'thanks.pdf visit.pdf ' "$(made "$@")"
    check "$name has nothing to do" '' "$(made "$@")"
    touch letters/images/quay.svg
    check "$name: a picture renders its letter" 'visit.pdf ' "$(made "$@")"
    touch letters/thanks.xml
    check "$name: a text renders its letter" 'thanks.pdf ' "$(made "$@")"
    sed -i 's/<\/body>/<nonsense\/><\/body>/' letters/thanks.xml
    check "$name fails with a letter" failed "$(made "$@")"
    sed -i 's/<nonsense\/>//' letters/thanks.xml
    check "$name goes on when it is put right" 'thanks.pdf ' "$(made "$@")"
    sed -i '/<figure/d' letters/visit.xml && rm letters/images/quay.svg
    check "$name lets a picture go" 'visit.pdf ' "$(made "$@")"
}

start make
incremental make make -s
make -s check >"$work/err" 2>&1
ok 'make check' $?
make -s clean && [ ! -e out ]
ok 'make clean' $?

if command -v ninja >/dev/null; then
    start ninja
    mkdir out
    incremental ninja ninja
else
    skipped=$((skipped + 1))
fi

if command -v meson >/dev/null && command -v ninja >/dev/null; then
    start meson
    meson setup build >"$work/err" 2>&1
    ok 'meson setup' $?
    incremental meson ninja -C build
else
    skipped=$((skipped + 1))
fi

# ---- the lines of the recipe ----
start ci
lines() { sed -n '/^  script:/,/^  [a-z]*:$/s/^    - //p' ci.yml; }
check 'lines of the recipe' 6 "$(lines | wc -l)"
{ echo 'set -e'; lines; } >script.sh
sh script.sh >"$work/err" 2>&1
ok 'the recipe' $?
[ -s out/visit.pdf ] && [ -s out/thanks.pdf ] && grep -q '"version":"2.1.0"' letters.sarif
ok 'what the recipe made' $?
cp -R out first && sh script.sh >"$work/err" 2>&1 && diff -r first out >"$work/err"
ok 'the recipe makes the same bytes again' $?
sed -i 's/font\t[0-9a-f]\{8\}/font\t00000000/' fonts.lock
! sh script.sh >"$work/err" 2>&1 && grep -q 'E1071' "$work/err"
ok 'the recipe refuses fonts that have changed' $?
sed -i 's/<\/body>/<nonsense\/><\/body>/' letters/thanks.xml
! sh script.sh >"$work/err" 2>&1 && grep -q '"ruleId":"E2' letters.sarif
ok 'the recipe tells of a bad letter' $?
finish $skipped
