#!/bin/bash
# A batch that is killed at 200 random moments: never half a file, never one that is not right, and
# a rerun makes what is missing, all of it once.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
cd "$work" || exit 1

cat >l.xml <<'XML'
<letter xmlns="urn:chancery:letter:1" xml:lang="en">
<meta><title>To <field name="name"/></title></meta>
<body><p>To <field name="name"/>, number <field name="n"/>.</p></body></letter>
XML
{ echo n,name; for i in {1..20}; do echo "$i,Person $i"; done; } >r.csv

batch() { exec "$chancery" batch l.xml --records r.csv --output "$1/{lang}/{n}.pdf" -q -j2 2>>err </dev/null; }
(batch whole) || exit 1
(cd whole/en && sha256sum -- *.pdf) >sums

# How long the run takes from its beginning to its first output, and to its end, in microseconds.
begun=${EPOCHREALTIME/[.,]/}
(batch timed)
long=$((${EPOCHREALTIME/[.,]/} - begun))
[ "$long" -lt 400000 ] || long=400000
RANDOM=6
killed=0 wrong=0 half=0 done=0
for ((i = 0; i < 200; i++)); do
    batch out &
    process=$!
    # Most of the time goes by before the first output; half of the kills come late.
    at=$(((RANDOM * 32768 + RANDOM) % (long * 3 / 4)))
    [ $((i % 2)) = 0 ] || at=$((long / 2 + at / 4))
    sleep "$(printf '0.%06d' "$at")"
    kill -9 $process 2>/dev/null && killed=$((killed + 1))
    wait $process 2>/dev/null
    # What stands there is right, whenever it was.
    if [ -n "$(ls out/en 2>/dev/null)" ]; then
        (cd out/en && sha256sum --quiet --ignore-missing -c ../../sums >>../../err 2>&1) || half=$((half + 1))
    fi
    [ $((i % 20)) = 19 ] || continue
    (batch out) || wrong=$((wrong + 1))
    diff -r -x manifest.jsonl out whole >/dev/null || wrong=$((wrong + 1))
    [ "$(ls -A out)" = "$(printf 'en\nmanifest.jsonl')" ] || wrong=$((wrong + 1))
    [ "$(sed -n 's/^{"record":\([0-9]*\),.*"status":"done".*/\1/p' out/manifest.jsonl)" = "$(seq 20)" ] ||
        wrong=$((wrong + 1))
    done=$((done + 1))
    rm -rf out
done
check 'kills after which half a file stood in the place of one' 0 "$half"
check 'runs behind them that did not make all of it once' 0 "$wrong"
check 'rounds' 10 "$done"
[ "$killed" -ge 50 ]
ok "kills that found the batch at work: $killed" $?

# Asked to stop, it finishes what is under way and says so.
{ echo n,name; for i in {1..3000}; do echo "$i,Person $i"; done; } >r.csv
: >err
batch stopped &
process=$!
for ((i = 0; i < 200; i++)); do
    [ -z "$(ls stopped/en 2>/dev/null)" ] || break
    sleep 0.02
done
kill -TERM $process
wait $process
check 'the status of a batch that was stopped' 6 $?
n=$(find stopped -name '*.pdf' | wc -l)
check 'each output has its line' "$n" "$(grep -c '"status":"done"' stopped/manifest.jsonl)"
[ "$n" -gt 0 ] && [ "$n" -lt 3000 ] && [ "$(ls -A stopped)" = "$(printf 'en\nmanifest.jsonl')" ]
ok "it was stopped in between, and left nothing aside: $n" $?
finish
