#!/bin/bash
# Locks of fonts: what they hold, and that a letter whose fonts are others or have changed is refused.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
cd "$work" || exit 1

# A data folder whose fonts are copies, so that they can be changed.
mkdir -p data/fonts own
ln -s "$CHANCERY_DATADIR/styles" data/styles
sed "s,<dir>/usr/share/fonts</dir>,<dir>$work/own</dir>,; /<dir>\/usr\/local/d; /<dir prefix/d; /<dir>~/d; s,<cachedir>.*</cachedir>,<cachedir>$work/cache</cachedir>,; /<cachedir prefix/d" \
    "$CHANCERY_DATADIR/fonts/fonts.conf" >data/fonts/fonts.conf
libertine=$(sed -n 's/^serif\tLatn\tLatin\t[^\t]*\t[^\t]*\t\([^\t]*\)\t.*/\1/p' <("$chancery" fonts))
fallback=$(find /usr/share/fonts -name 'DejaVuSerif.ttf' | head -1)
[ -s "$libertine" ] && [ -s "$fallback" ] || { echo 'no fonts to copy'; exit 77; }
cp "$libertine" "$fallback" own
export CHANCERY_DATADIR=$work/data

letter() { printf '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><meta><title>T</title></meta><body><p>%s</p></body></letter>' "$2" >"$1"; }
letter a.xml 'We thank you for your letter.'
letter b.xml 'We thank you for your letter Ա.'
font=$(basename "$libertine")

"$chancery" fonts --lock a.lock a.xml 2>err
ok lock $?
check 'first line' 'chancery-fonts 1' "$(head -1 a.lock)"
check 'the font' "font	$(sha256sum <"$libertine" | cut -d' ' -f1)	$(stat -Lc %s "$libertine")	$font	0	Linux Libertine O	Regular" "$(grep '^font' a.lock)"
check 'its use' "use	serif	400	upright	Latn	en	$font	0" "$(grep '^use' a.lock)"
! grep -q "$work" a.lock
ok 'no folders' $?
"$chancery" fonts --lock two.lock b.xml a.xml a.xml 2>err && "$chancery" fonts --lock again.lock a.xml b.xml 2>err && cmp -s two.lock again.lock
ok 'the order of letters does not matter' $?
check 'both fonts' 2 "$(grep -c '^font' two.lock)"
"$chancery" fonts --lock all.lock 2>err && grep -q "^use	serif	700	italic	Latn	en	" all.lock
ok 'without letters: all roles' $?

# held NAME STATUS PATTERN OPTION...
held() {
    local name=$1 want=$2 pattern=$3 got
    shift 3
    rm -f o.pdf
    "$chancery" "$@" >print 2>err
    got=$?
    [ $got -eq "$want" ] && { [ -z "$pattern" ] || grep -q -- "$pattern" err; } && { [ "$got" -eq 0 ] || [ ! -e o.pdf ]; }
    ok "$name (status $got)" $?
}
held 'as it was' 0 '' render a.xml -o o.pdf --locked a.lock --depfile o.d
grep -q ' a.lock' o.d
ok 'the lock is in the dependency file' $?
held 'check' 0 '' check a.xml --locked a.lock
held 'a letter of the lock of many' 0 '' render b.xml -o o.pdf --locked two.lock
held 'the lock of all roles' 0 '' render a.xml -o o.pdf --locked all.lock
held 'a font more' 3 "font 'DejaVu Serif Book'.*is not among those.*E1070" render b.xml -o o.pdf --locked a.lock
held 'no lock there' 4 'E1001' render a.xml -o o.pdf --locked nowhere.lock
for bad in 'chancery-fonts 2' $'chancery-fonts 1\nfont\tabc' $'chancery-fonts 1\nuse\ta\tb' $'chancery-fonts 1\nnonsense' \
    $'chancery-fonts 1\nuse\t1\t2\t3\t4\t5\tf\tx' $'chancery-fonts 1\nuse\t1\t2\t3\t4\t5\tf\t0\t9'; do
    printf '%s\n' "$bad" >bad.lock
    held 'a bad lock' 1 'line [12] \[E1073' render a.xml -o o.pdf --locked bad.lock
done
: >empty.lock
held 'an empty lock' 1 'E1005' render a.xml -o o.pdf --locked empty.lock

# ---- a batch: each of its letters ----
letter m.xml 'To <field name="mission"/>: thank you.'
printf 'idno,mission\n1,Ostra\n2,Ավան\n3,Vesna\n' >m.csv
held 'a batch with a font more' 3 "DejaVu Serif Book.*E1070" batch m.xml --records m.csv -o 'b/{idno}.pdf' --progress=none -j 2 --locked a.lock
check 'the others are made' '1.pdf 3.pdf ' "$(cd b && printf '%s ' *.pdf)"
held 'a batch that has its fonts' 0 '' batch m.xml --records m.csv -o 'b/{idno}.pdf' --progress=none -j 2 --locked two.lock
check 'all are made' '1.pdf 2.pdf 3.pdf ' "$(cd b && printf '%s ' *.pdf)"
held 'a batch as SARIF' 2 'text or json' batch m.xml --records m.csv -o 'b/{idno}.pdf' --diagnostics=sarif

# The font's file is another one; then it is gone, and another is chosen.
printf 'x' >>"own/$font"
held 'a font that has changed' 3 "font 'Linux Libertine O Regular'.*is not the one.*E1071" render a.xml -o o.pdf --locked a.lock
grep -q 'hint: locked: .*now: ' err
ok 'both digests are told' $?
held 'check of that' 3 E1071 check a.xml --locked a.lock
rm "own/$font"
held 'another font is chosen' 3 "serif 400 upright Latn en is set in '.*DejaVuSerif.ttf', not in '$font'.*E1072" render a.xml -o o.pdf --locked two.lock
held 'without a lock' 0 '' render a.xml -o o.pdf
held 'lock with render' 2 'does not go with render' render a.xml -o o.pdf --lock x
held 'a letter without lock' 2 'but with --lock' fonts a.xml
held 'lock and output' 2 "o does not go" fonts --lock x -o y
finish
