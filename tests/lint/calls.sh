#!/bin/sh
# calls.sh -- the library never prints, never exits and asks no clock, locale or chance:
# calls that would are found here.  tests/lint/calls-allowed lists the few that may stand,
# each with its reason: "FILE CALL reason".
set -eu
cd "$(dirname "$0")/../.."
# shellcheck disable=SC2016  # the program is awk's
find src -name '*.[ch]' ! -path 'src/cli/*' ! -name gen_main.c | LC_ALL=C sort |
    xargs awk -v allowed=tests/lint/calls-allowed '
BEGIN {
    while ((getline line < allowed) > 0)
        if (line !~ /^(#|$)/) { split(line, w, " "); may[w[1] " " w[2]] }
    n = split("printf fprintf vprintf puts putchar perror exit _Exit abort setlocale strtok " \
              "localtime gmtime mktime ctime asctime time clock rand srand random system " \
              "getenv sprintf strcpy strcat gets alloca", w, " ")
    for (i = 1; i <= n; i++) banned[w[i]]
}
FNR == 1 { inside = 0 }
{
    line = $0
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    while (1) { # without comments
        if (inside) {
            if (!(at = index(line, "*/"))) { line = ""; break }
            line = substr(line, at + 2); inside = 0
        }
        if (!(at = index(line, "/*"))) break
        rest = substr(line, at + 2)
        if (end = index(rest, "*/")) line = substr(line, 1, at - 1) " " substr(rest, end + 2)
        else { line = substr(line, 1, at - 1); inside = 1; break }
    }
    sub(/\/\/.*/, "", line)
    while (match(line, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
        before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
        call = substr(line, RSTART, RLENGTH - 1); sub(/[ \t]+$/, "", call)
        if ((call in banned) && before !~ /[.>]/ && !((FILENAME " " call) in may)) {
            printf "%s:%d: calls %s()\n", FILENAME, FNR, call
            wrong = 1
        }
        line = substr(line, RSTART + RLENGTH)
    }
}
END { exit wrong }
'
