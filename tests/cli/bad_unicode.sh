#!/bin/bash
# Text that is hostile or broken as Unicode: each letter ends in a diagnostic or in a PDF, within
# seconds.  CHANCERY: the program; also run with the one built with sanitizers.
set -u
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
chancery=${CHANCERY:-./chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-unicode.XXXXXX")
trap 'rm -rf "$work"' EXIT
seconds=${CHANCERY_SAN:+60}
seconds=${seconds:-15}
export LC_ALL=C.UTF-8
# Cases run in pipelines, so they are counted in a file: a line each.
count() { echo "$1" >>"$work/count"; }

# letter LANG < BODY
letter() {
    printf '<letter xmlns="urn:chancery:letter:1" xml:lang="%s"><meta><title>T</title></meta><body><p>' "$1"
    cat
    printf '</p></body></letter>\n'
}
# utf8 CODE...: characters by their numbers
utf8() { local c; for c in "$@"; do printf '%b' "\\U$(printf %08x "0x$c")"; done; }
# many N TEXT
many() { yes "$2" | head -n "$1" | tr -d '\n'; }

# check NAME STATUSES PATTERN: the letter on standard input; a status that is listed, and on
# standard error something like PATTERN (".": anything)
check() {
    cat >"$work/l.xml"
    rm -f "$work/out.pdf"
    (cd "$work" && timeout "$seconds" "$chancery" render l.xml -o out.pdf) >"$work/stdout" 2>"$work/err"
    local got=$? why=''
    case " $2 " in *" $got "*) ;; *) why="exit status $got, not $2" ;; esac
    [ $got != 124 ] || why="not done in $seconds seconds"
    [ "$3" = . ] || grep -Eq -- "$3" "$work/err" || why="no diagnostic like $3"
    [ $got = 0 ] || [ $got = 124 ] || grep -q 'error: ' "$work/err" || why="no error was told"
    ! grep -Eq 'Sanitizer|runtime error' "$work/err" || why="a sanitizer spoke"
    [ $got != 0 ] || [ "$(head -c 5 "$work/out.pdf" 2>/dev/null)" = %PDF- ] || why="no PDF"
    if [ -z "$why" ]; then count passed; else
        count failed
        echo "not ok: $1: $why"
        cut -c1-200 "$work/err" | head -5 | sed 's/^/    /'
    fi
}

# ---- languages ----
echo x | letter tlh | check unknown-language 1 '^l\.xml:1:1: error: .*tlh.*\[E3001'
echo x | letter e | check language-of-one-letter 1 'error: .*\[E3001'
for tag in 'en_GB' 'en--GB' 'en-' '-en' 'en GB' 'abcdefghij' 'ar-Arab-'; do
    echo x | letter "$tag" | check "malformed language $tag" 1 'error: .*\[E2027'
done

# ---- characters that are none, or no text ----
{ printf 'a '; utf8 50005; } | letter en | check unassigned 3 '^l\.xml:1:[0-9]+: error: .*U\+50005.*\[E5010'
{ printf 'a '; utf8 FDD0 1FFFE; } | letter en | check noncharacters 3 'error: .*U\+FDD0.*\[E5010'
{ printf 'a '; utf8 E000; } | letter en | check private-use '0 3' .
printf 'a \355\240\200' | letter en | check surrogate-as-bytes 1 '^l\.xml:1:[0-9]+: error: .*\[E2'
printf 'a &#xD800;' | letter en | check surrogate-by-number 1 '^l\.xml:1:[0-9]+: error: .*\[E2'
printf 'a &#xFFFE;' | letter en | check not-a-character-of-xml 1 '^l\.xml:1:[0-9]+: error: .*\[E2'
printf 'a \001' | letter en | check control-character 1 '^l\.xml:1:[0-9]+: error: .*\[E2'
{ printf 'a '; utf8 85; printf b; } | letter en | check next-line '0 3' .
{ printf 'a '; utf8 9F; printf b; } | letter en | check c1-control '0 3' .

# ---- direction marks ----
{ printf 'one '; utf8 202B; printf two; } | letter en | check mark-left-open 0 '^l\.xml:1:[0-9]+: warning: .*U\+202B.*\[W5020'
printf 'one &#x2069; two' | letter en | check mark-closes-nothing 0 '^l\.xml:1:95: warning: .*U\+2069.*\[W5020'
{ many 100000 "$(utf8 202B)"; printf deep; } | letter en | check deep-embeddings 0 '\[W5020'
{ many 50000 "$(utf8 2067)"; printf deep; many 50000 "$(utf8 2069)"; } | letter en | check deep-isolates 0 .
{ many 50000 "$(utf8 202A)"; many 50000 "$(utf8 2069)"; printf x; } | letter en | check crossed-marks 0 '\[W5020'

# ---- very long ----
{ printf 'a'; many 100000 "$(utf8 0301)"; } | letter en | check marks-upon-marks '0 3' .
{ utf8 628; many 100000 "$(utf8 64E)"; } | letter ar | check arabic-marks-upon-marks '0 3' .
{ printf 'a'; many 100000 "$(utf8 200D)"; printf b; } | letter en | check joiners 0 .
{ utf8 628; many 100000 "$(utf8 200D)"; utf8 628; } | letter ar | check arabic-joiners 0 .
head -c 1000000 /dev/zero | tr '\0' x | letter en | check no-place-to-break 0 '\[W6001'
many 250000 'A/7-' | letter ar | check symbol-without-end 0 .
{ many 300 "$(utf8 FE0F)"; printf x; utf8 FE00 E0100; } | letter en | check selectors-alone 0 .
{ printf '<name>'; for c in Z a l g o; do printf $c; many 60 "$(utf8 0316 0317 0321 0300)"; done; printf '</name>'; } |
    letter en | check zalgo '0 3' .

number() { grep -c "^$1\$" "$work/count"; }
echo "CASES $(number passed) $(number failed) 0"
[ "$(number failed)" -eq 0 ] && [ "$(number passed)" -gt 30 ]
