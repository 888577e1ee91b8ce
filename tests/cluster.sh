#!/bin/bash
# The examples of doc/examples/cluster: a batch over 8 tasks with GNU parallel, and as a job array of
# a Slurm that is started here on one node, with one task killed in its work and requeued.  The union
# of what the tasks make is, byte for byte, what one run makes.
# CHANCERY: the program.  CHANCERY_CLUSTER_LETTERS: how many letters (1,000).
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"
letters=${CHANCERY_CLUSTER_LETTERS:-1000} skipped=0
mkdir "$work/bin"
real=$(realpath "$chancery")
ln -s "$real" "$work/bin/chancery"
export PATH=$work/bin:$PATH
cd "$work" || exit 1

cat >letter.xml <<'X'
<letter xmlns="urn:chancery:letter:1" xml:lang="en"><meta><title>Note</title></meta>
<body><p>To the mission of <field name="mission"/>: thank you for your note.</p></body></letter>
X
{
    echo 'idno,mission'
    for ((i = 1; i <= letters; i++)); do printf '%05d,Island %d\n' $i $i; done
} >records.csv

# outputs FOLDER: name and digest of each PDF
outputs() { (cd "$1" && find . -name '*.pdf' -exec sha256sum {} + | sort -k2); }
# all_there NAME FOLDER: the same files as one run makes, and none half made
all_there() {
    outputs "$2" >this.list
    cmp -s one.list this.list
    ok "$1: the same $letters files" $?
    check "$1: nothing else is left" 0 "$(find "$2" -name '*.tmp' | wc -l)"
    chancery batch --summary "$2"/manifest-*.jsonl >summary 2>err && grep -q "\b$letters\b" summary
    ok "$1: the summary of its manifests" $?
}

chancery batch letter.xml --records records.csv -o 'one/{idno}.pdf' --progress=none >err 2>&1
ok 'one run' $?
outputs one >one.list
check 'as many as records' "$letters" "$(wc -l <one.list)"

# ---- GNU parallel ----
if command -v parallel >/dev/null; then
    sh "$top/doc/examples/cluster/parallel.sh" letter.xml records.csv parallel >err 2>&1
    ok parallel $?
    all_there parallel parallel
else
    skipped=$((skipped + 1))
fi

# ---- Slurm ----
dir=$work/slurm
stop_slurm() {
    local daemon pid i
    [ ! -e "$dir/slurmctld.pid" ] || scontrol shutdown >/dev/null 2>&1
    for daemon in slurmd slurmctld munged; do
        # It may be gone between two looks, after scontrol shutdown.
        pid=$(cat "$dir/$daemon.pid" 2>/dev/null) && [ -n "$pid" ] && kill "$pid" 2>/dev/null
    done
    for ((i = 0; i < 50; i++)); do
        [ -e "$dir/slurmd.pid" ] || [ -e "$dir/slurmctld.pid" ] || return
        sleep 0.1
    done
}
start_slurm() {
    local host port daemon
    for daemon in munged slurmctld slurmd sbatch; do
        PATH=$PATH:/usr/sbin command -v $daemon >/dev/null || return 1
    done
    PATH=$PATH:/usr/sbin
    host=$(hostname -s)
    port=$((20000 + $$ % 20000))
    mkdir -p "$dir/state" "$dir/spool"
    chmod 755 "$dir"
    (umask 077 && head -c 1024 /dev/urandom >"$dir/munge.key")
    sed "s,@HOST@,$host,g; s,@PORT@,$port,; s,@PORT2@,$((port + 1)),; s,@USER@,$(id -un),; s,@DIR@,$dir,g" \
        "$top/tests/cluster/slurm.conf" >"$dir/slurm.conf"
    export SLURM_CONF=$dir/slurm.conf
    munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
        --log-file="$dir/munged.log" --seed-file="$dir/munge.seed" --num-threads=2 2>>err || return 1
    trap 'stop_slurm; chmod -R u+w "$work"; rm -rf "$work"' EXIT
    slurmctld -f "$SLURM_CONF" >>err 2>&1 && slurmd -f "$SLURM_CONF" -N "$host" >>err 2>&1 || return 1
    for ((i = 0; i < 100; i++)); do
        ! sinfo -h -o %t 2>/dev/null | grep -qx idle || return 0
        sleep 0.1
    done
    return 1
}

# In place of the program: the third task is killed in its work, once, and asks to be queued again.
kill_third() {
    cat >killing <<X
#!/bin/bash
[ "\${SLURM_ARRAY_TASK_ID-}" = 3 ] && [ "\${SLURM_RESTART_COUNT:-0}" = 0 ] || exec '$real' "\$@"
'$real' "\$@" &
lines=()
while [ \${#lines[@]} -lt 20 ] && kill -0 \$! 2>/dev/null; do
    [ ! -e '$work/slurm-out/manifest-3.jsonl' ] || mapfile -t lines <'$work/slurm-out/manifest-3.jsonl'
done
kill -KILL \$! && echo killed >'$work/killed'
scontrol requeue "\${SLURM_ARRAY_JOB_ID}_3"
sleep 60
X
    chmod +x killing
    ln -sf "$work/killing" bin/chancery
}

if start_slurm; then
    mkdir slurm-out
    kill_third
    job=$(sbatch --parsable --array=1-8 "$top/doc/examples/cluster/letters.sbatch" letter.xml records.csv slurm-out 2>err)
    ok sbatch $?
    for ((i = 0; i < 600; i++)); do
        [ -n "$(squeue -h -j "$job" 2>/dev/null)" ] || break
        sleep 0.2
    done
    ln -sf "$real" bin/chancery
    check 'the third task was killed in its work' killed "$(cat killed 2>/dev/null)"
    check 'every task ran, one of them twice' '8 1' "$(scontrol show job "$job" | grep -c 'JobState=COMPLETED') $(scontrol show job "$job" | grep -c 'Restarts=1')"
    cat letters-*.log >err 2>/dev/null
    all_there slurm slurm-out
else
    echo 'no Slurm can be started here'
    skipped=$((skipped + 1))
fi
finish $skipped
