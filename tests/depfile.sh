#!/bin/bash
# --depfile: what it names, that GNU make and ninja read every name as it is, and what is refused.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
cd "$work" || exit 1

# make_letter FILE IMAGE: a letter with a picture
make_letter() {
    mkdir -p "$(dirname "$1")"
    cat >"$1" <<X
<letter xmlns="urn:chancery:letter:1" xml:lang="fr"><meta><title>T</title></meta>
<body><p>Veuillez trouver ci-joint le plan.</p><figure alt="plan" src="$2"/></body></letter>
X
}
picture=$top/samples/images/emblem.svg

# ---- what it names ----
mkdir -p plain && cp "$picture" plain/plan.svg
make_letter plain/l.xml plan.svg
"$chancery" render plain/l.xml -o plain/l.pdf --depfile plain/l.d 2>err
ok rule $?
check target 'plain/l.pdf: \' "$(head -1 plain/l.d)"
for name in plain/l.xml plain/plan.svg "$CHANCERY_DATADIR/styles/letter.xml" \
    "$CHANCERY_DATADIR/styles/locales/fr.xml" "$CHANCERY_DATADIR/styles/protocol/kinds.xml"; do
    grep -qxF "  $name \\" plain/l.d || grep -qxF "  $name" plain/l.d
    ok "names $name" $?
done
grep -q '/hyph_fr.dic' plain/l.d && grep -q 'fonts/fonts.conf' plain/l.d && grep -Eq '\.(otf|ttf)' plain/l.d
ok 'patterns and fonts' $?
# Every name but the letter's may go away, as with gcc -MP.
check phony "$(grep -c '^  ' plain/l.d)" "$(($(grep -c ':$' plain/l.d) + 1))"
grep -qx 'plain/plan.svg:' plain/l.d && ! grep -qx 'plain/l.xml:' plain/l.d
ok 'phony names' $?
"$chancery" render plain/l.xml -o - --depfile d2 --depfile-target 'x y.pdf' --depfile-target z 2>err >out.pdf
ok 'standard output with targets' $?
check targets 'x\ y.pdf z: \' "$(head -1 d2)"
check 'same names' "$(grep '^  ' plain/l.d)" "$(grep '^  ' d2)"
"$chancery" render plain/l.xml -o plain/l.pdf --depfile list --depfile-form=list0 2>err
ok list0 $?
check 'list0 names' "$(sed -n '/^  /{s///; s/ \\$//; p}' plain/l.d)" "$(tr '\0' '\n' <list)"
"$chancery" render plain/l.xml -o plain/l.pdf --depfile - 2>err >on-output
cmp -s on-output plain/l.d
ok 'on standard output' $?

# ---- several originals: one rule ----
cp "$top/samples/identical-letters.xml" i.xml
mkdir out
"$chancery" render i.xml -o 'out/{addressee}.pdf' --depfile i.d 2>err
ok originals $?
check 'a target each' "$(printf '%s ' out/*.pdf | sed 's/ $//; s/%/%%/g')" "$(head -1 i.d | sed 's/: \\$//' | tr ' ' '\n' | sort | tr '\n' ' ' | sed 's/ $//')"

# ---- a batch: the rule is about the manifest ----
sed 's/plan\./plan<\/p><p><field name="mission"\/>./' plain/l.xml >plain/b.xml
printf 'idno,mission\n1,Ostra\n2,Vesna\n' >b.csv
for run in first again; do
    "$chancery" batch plain/b.xml --records b.csv -o 'b/{idno}.pdf' --manifest b/m.jsonl --progress=none --depfile b.d 2>err
    ok "batch, $run" $?
    check "batch target, $run" 'b/m.jsonl: \' "$(head -1 b.d)"
    for name in plain/b.xml b.csv plain/plan.svg "$CHANCERY_DATADIR/styles/letter.xml"; do
        grep -qxF "  $name \\" b.d || grep -qxF "  $name" b.d
        ok "batch names $name, $run" $?
    done
done

# ---- failure: written with what was read so far; the output is not there ----
rm -f plain/l.pdf plain/l.d
mv plain/plan.svg gone.svg
"$chancery" render plain/l.xml -o plain/l.pdf --depfile plain/l.d 2>err
check 'failure status' 1 $?
[ ! -e plain/l.pdf ] && grep -q 'plain/l.xml' plain/l.d && grep -q 'locales/fr.xml' plain/l.d
ok 'written on failure' $?
printf 'damaged' >plain/plan.svg
"$chancery" render plain/l.xml -o plain/l.pdf --depfile plain/l.d 2>err
check 'damaged status' 1 $?
grep -q 'plain/plan.svg' plain/l.d
ok 'the damaged file is named' $?

# ---- wrong use ----
cp gone.svg plain/plan.svg
refuse() { # NAME STATUS PATTERN OPTION...
    local name=$1 want=$2 pattern=$3 got
    shift 3
    "$chancery" "$@" >print 2>err </dev/null
    got=$?
    [ $got -eq "$want" ] && grep -q -- "$pattern" err
    ok "$name (status $got)" $?
}
refuse 'no target' 2 'depfile-target gives one' render plain/l.xml -o - --depfile d
refuse 'no target for a device' 2 'depfile-target gives one' render plain/l.xml -o /dev/null --depfile d
refuse 'target without depfile' 2 'go with --depfile' render plain/l.xml -o l.pdf --depfile-target x
refuse 'list with target' 2 'has no target' render plain/l.xml -o l.pdf --depfile d --depfile-form=list0 --depfile-target x
refuse 'unknown form' 2 'make or list0' render plain/l.xml -o l.pdf --depfile d --depfile-form=scons
refuse 'over the letter' 2 'is the letter itself' render plain/l.xml -o l.pdf --depfile plain/l.xml
refuse 'over the output' 2 'the same file' render plain/l.xml -o l.pdf --depfile l.pdf
refuse 'batch without manifest' 2 'depfile-target gives one' batch plain/b.xml --records b.csv -o 'c/{idno}.pdf' --depfile d
refuse 'check' 2 'does not go with check' check plain/l.xml --depfile d
refuse 'no such folder' 4 'cannot write' render plain/l.xml -o l.pdf --depfile nowhere/d
[ ! -e l.pdf ]
ok 'no output without its dependency file' $?

# ---- names: what is accepted is read as it is by both programs ----
names=('a b.svg' 'a  b #1.svg' 'cost$5.svg' '$(x).svg' '100%.svg' '%.svg' 'a\b.svg' 'a\ b.svg' 'a:b.svg' 'c=d.svg'
    'a,b.svg' 'état-مخطط-図.svg' '!x+@z.svg' '(1).svg' 'a(b).svg' '~x.svg' '-x.svg')
mkdir in
{
    echo '<letter xmlns="urn:chancery:letter:1" xml:lang="en"><meta><title>T</title></meta><body>'
    for name in "${names[@]}"; do
        cp "$picture" "in/$name"
        echo "<figure alt='x' src='$name'/>"
    done
    echo '</body></letter>'
} >in/l.xml
"$chancery" render in/l.xml -o m.pdf --depfile m.d 2>err
ok 'accepts the names' $?
cat >Makefile <<X
m.pdf: in/l.xml
	echo made
include m.d
X
make -n -d >make.log 2>err && ! grep -q made make.log
ok 'make runs, and finds nothing to do' $?
for name in "${names[@]}"; do
    grep -qF "Prerequisite 'in/$name' is older than target 'm.pdf'" make.log
    ok "make reads $name" $?
done
rm "in/${names[0]}" && make -n >make.log 2>err && grep -q made make.log
ok 'a file that is gone makes the target again' $?
cp "$picture" "in/${names[0]}"
if command -v ninja >/dev/null; then
    cat >build.ninja <<X
rule letter
  command = '$chancery' render in/l.xml -o m.pdf --depfile m.d
  depfile = m.d
  deps = gcc
build m.pdf: letter in/l.xml
X
    ninja >err 2>&1
    ok 'ninja runs' $?
    check 'ninja has nothing to do' 'ninja: no work to do.' "$(ninja)"
    ninja -t deps m.pdf >deps.log
    for name in "${names[@]}"; do
        grep -qxF "    in/$name" deps.log
        ok "ninja reads $name" $?
    done
fi

# ---- names that one of them cannot be given ----
for name in 'a;b' 'a(b)' 'x[1]' 'st*r' 'wh?t' 'back\' 'end:' 'two\\b' 'a\#b' 'a\:b' $'tab\tb' $'line\nb' 'a|b' 'a<b' 'a^b' '~x' "it's" 'o=p' ''; do
    "$chancery" render plain/l.xml --dump=tree --depfile r.d --depfile-target "$name" >dump 2>err
    [ $? -eq 4 ] && [ ! -e r.d ] && [ ! -s dump ] && grep -q 'cannot be named' err
    ok "refuses $name" $?
done
name=$'line\nb it\'s.xml'
cp plain/l.xml "in/$name"
"$chancery" render "in/$name" --dump=tree --depfile r.d --depfile-form=list0 -o t 2>err && [ "$(tr '\0\n' '\n\001' <r.d | head -1)" = "in/$(tr '\n' '\001' <<<"$name" | sed 's/.$//')" ]
ok 'a list takes any name' $?

# ---- targets ----
for name in 'o p.pdf' 'o#$%.pdf' 'o\p.pdf' 'o:p.pdf' 'ö.pdf'; do
    rm -f ./*.log m.d "$name"
    printf '%s\n' "all: $(printf '%s' "$name" | sed 's/\$/$$/g; s/[ #:]/\\&/g')" 'include m.d' 'L := in/l.xml' >mk
    "$chancery" render plain/l.xml -o "$name" --depfile m.d 2>err && touch -d 2020-01-01 "$name" &&
        make -f mk -n --debug=b >log 2>err
    grep -q 'is newer than target' log && [ ! -s err ] || grep -qi "must remake target\|older than" log
    ok "make finds the target $name" $?
done
finish
