#!/bin/sh
# The same on one machine, or on several by ssh (--sshlogin), with GNU parallel:
#
#   parallel.sh LETTER RECORDS OUT
#
# A task that fails is tried again; --resume-failed with the log of an earlier run does only what is
# missing.
set -eu
letter=$1 records=$2 out=$3
mkdir -p "$out"
parallel --will-cite --retries 3 --joblog "$out/parallel.log" \
    chancery batch "$letter" --records "$records" -o "$out/{idno}.pdf" \
    --manifest "$out/manifest-{1}.jsonl" --shard '{1}/8' -j 1 --progress=none ::: 1 2 3 4 5 6 7 8
