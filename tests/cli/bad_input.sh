#!/bin/bash
# Everything that a letter, a style, an image, a font or a place for the output can be wrong in:
# a diagnostic with its place, the right exit status, no output, and an earlier output as it was.
# CHANCERY: the program; also run with the one built with sanitizers.
set -u
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
chancery=${CHANCERY:-./chancery}
data=${CHANCERY_DATADIR:-$top}
export CHANCERY_DATADIR=$data
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-bad.XXXXXX")
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
# Cases run in pipelines, so they are counted in a file: a line each.
count() { echo "$1" >>"$work/count"; }

ns='xmlns="urn:chancery:letter:1"'
# A good letter around a body.
letter() { printf '<letter %s xml:lang="en"><meta><title>T</title></meta><body>%s</body></letter>\n' "$ns" "$1"; }

bad() { echo "not ok: $1: $2"; sed 's/^/    /' "$work/err" | head -12; count failed; }

# check NAME STATUS PATTERN [RENDER ARGUMENT...]: render must fail so, and leave the output alone.
check() {
    local name=$1 want=$2 pattern=$3 got ok=1
    shift 3
    printf 'earlier' >"$work/out.pdf"
    (cd "$work" && "$chancery" render "$@" -o out.pdf) >"$work/stdout" 2>"$work/err"
    got=$?
    if [ "$got" -ne "$want" ]; then bad "$name" "exit status $got, not $want"; ok=0
    elif ! grep -Eq -- "$pattern" "$work/err"; then bad "$name" "no diagnostic like $pattern"; ok=0
    elif grep -Eq 'Sanitizer|runtime error' "$work/err"; then bad "$name" "a sanitizer spoke"; ok=0
    elif [ "$(cat "$work/out.pdf")" != earlier ]; then bad "$name" "the earlier output was touched"; ok=0
    elif [ -s "$work/stdout" ]; then bad "$name" "something on standard output"; ok=0
    elif ls "$work"/out.pdf?* >/dev/null 2>&1; then bad "$name" "something half-made was left"; ok=0
    fi
    [ $ok = 1 ] && count passed
    rm -f "$work/out.pdf"
    (cd "$work" && "$chancery" render "$@" -o out.pdf) >/dev/null 2>&1
    [ ! -e "$work/out.pdf" ] || { bad "$name" "an output was made"; rm -f "$work/out.pdf"; }
}

# file NAME STATUS PATTERN: the same for $work/l.xml, read from standard input here.
file() { cat >"$work/l.xml"; check "$1" "$2" "$3" l.xml; }

# ---- XML ----
file not-well-formed 1 '^l\.xml:1:[0-9]+: error: .*\[E2' <<<'<letter xmlns="urn:chancery:letter:1" xml:lang="en"><body><p>x</body></letter>'
file cut-short 1 '^l\.xml:2:1: error: .*\[E2' <<<'<letter xmlns="urn:chancery:letter:1" xml:lang="en"><body><p>'
file no-namespace 1 '^l\.xml:1:1: error: .*\[E2' <<<'<letter xml:lang="en"><body><p>x</p></body></letter>'
file other-namespace 1 '^l\.xml:1:1: error: .*\[E2' <<<'<letter xmlns="urn:other" xml:lang="en"><body><p>x</p></body></letter>'
letter '<p>x</p><para>y</para>' | file unknown-element 1 '^l\.xml:1:[0-9]+: error: .*para.*\[E2'
letter '<p>x</p><addrLine>y</addrLine>' | file misplaced-element 1 '^l\.xml:1:[0-9]+: error: .*addrLine.*\[E2'
letter '<p>on <date/></p>' | file missing-attribute 1 '^l\.xml:1:[0-9]+: error: .*when.*\[E2'
letter '<p>on <date when="2026-02-30"/></p>' | file bad-date 1 '^l\.xml:1:[0-9]+: error: .*2026-02-30'
letter '<figure src="x.png" alt="x" width="12 furlongs"/>' | file bad-length 1 '^l\.xml:1:[0-9]+: error: .*furlongs'
{ printf '<?xml version="1.0"?>\n<!DOCTYPE letter [<!ENTITY a "aaaaaaaaaa">'
  p=a; for e in b c d e f g h i; do printf '<!ENTITY %s "&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;">' $e $p $p $p $p $p $p $p $p $p $p; p=$e; done
  printf ']>\n'; letter '<p>&i;</p>'; } | file entity-bomb 1 '^l\.xml:2:[0-9]+: error: .*\[E2'
echo secret >"$work/secret.txt"
{ printf '<!DOCTYPE letter [<!ENTITY x SYSTEM "file://%s/secret.txt">]>\n' "$work"; letter '<p>&x;</p>'; } |
    file external-entity 1 '^l\.xml:1:[0-9]+: error: .*\[E2'
{ printf '<letter %s xml:lang="en"><body>' "$ns"; yes '<quote>' | head -100000 | tr -d '\n'; } |
    file deep-nesting 6 '^l\.xml:1:[0-9]+: error: .*\[E2'
letter "<p>$(printf 'bad \377\376 bytes')</p>" | file invalid-utf8 1 '^l\.xml:1:[0-9]+: error: .*\[E2'
: | file empty-file 1 'error: .*empty.*\[E1005'
file only-a-comment 1 '^l\.xml:[0-9]+:[0-9]+: error: .*\[E2' <<<'<!-- nothing -->'
mkdir "$work/folder"
check directory 4 "error: .*directory.*\[E1002" folder
check missing-file 4 'error: .*nowhere\.xml.*\[E1001' nowhere.xml

# ---- what a letter names ----
letter '<p>x</p>' | sed 's/xml:lang="en"/xml:lang="en" style="nosuchstyle"/' | file unknown-style 1 '^l\.xml:1:[0-9]+: error: .*nosuchstyle.*\[E4'
letter '<p>x</p>' | sed 's/xml:lang="en"/xml:lang="tlh"/' | file unknown-language 1 '^l\.xml:1:[0-9]+: error: .*tlh.*\[E3'
letter '<figure src="none.png" alt="x"/>' | file image-missing 1 '^l\.xml:1:[0-9]+: error: .*none\.png'
letter '<figure src="/etc/passwd" alt="x"/>' | file image-outside 1 '^l\.xml:1:[0-9]+: error: .*outside'
letter '<figure src="../../etc/passwd" alt="x"/>' | file image-above 1 '^l\.xml:1:[0-9]+: error: .*(outside|find)'
echo 'not an image' >"$work/text.png"
letter '<figure src="text.png" alt="x"/>' | file not-an-image 1 '^l\.xml:1:[0-9]+: error: .*text\.png.*\[E7010'
for n in 20 200 5000; do
    head -c $n "$top/samples/images/readings.png" >"$work/cut.png"
    letter '<figure src="cut.png" alt="x"/>' | file "image-cut-at-$n" 1 '^l\.xml:1:[0-9]+: error: .*cut\.png.*\[E7012'
done
printf '\377\330\377\340\000\020JFIF\000\001' >"$work/cut.jpg"
letter '<figure src="cut.jpg" alt="x"/>' | file jpeg-cut 1 '^l\.xml:1:[0-9]+: error: .*cut\.jpg.*\[E7012'
printf 'GIF89a\001\000\001\000' >"$work/old.gif"
letter '<figure src="old.gif" alt="x"/>' | file image-of-another-format 1 '^l\.xml:1:[0-9]+: error: .*old\.gif.*\[E7011'
# A drawing; its places are those of its own file.
svg() { # NAME STATUS PATTERN: the content of an svg is read from standard input
    { printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n'; cat; printf '</svg>\n'; } >"$work/drawing.svg"
    letter '<figure src="drawing.svg" alt="x"/>' | file "$@"
}
svg svg-with-a-script 1 '(^|/)drawing\.svg:2:1: error: .*program.*\[E7016' <<<'<script>x</script>'
svg svg-with-text 1 '(^|/)drawing\.svg:2:1: error: .*text.*\[E7018' <<<'<text>x</text>'
echo '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>' >"$work/outside.svg"
svg svg-that-names-a-file 1 '(^|/)drawing\.svg:2:6: error: .*outside\.svg.*\[E7017' <<<'<use href="outside.svg#a"/>'
{ printf '<!DOCTYPE svg [<!ENTITY x SYSTEM "secret.txt">]>\n<svg xmlns="http://www.w3.org/2000/svg"><desc>&x;</desc></svg>\n'; } >"$work/drawing.svg"
letter '<figure src="drawing.svg" alt="x"/>' | file svg-with-an-entity 1 '(^|/)drawing\.svg:1:1: error: .*\[E2003'
yes '<g/>' | head -1000000 | svg svg-of-a-million-nodes 6 '(^|/)drawing\.svg:[0-9]+:[0-9]+: error: .*\[E2009'
{ head -c 5000 "$top/samples/images/readings.png"; head -c 300 /dev/zero; tail -c +5301 "$top/samples/images/readings.png"; } >"$work/torn.png"
letter '<figure src="torn.png" alt="x"/>' | file image-damaged 1 '^l\.xml:1:[0-9]+: error: .*torn\.png.*\[E7013'
# The header of a PNG of 40,000 by 40,000 pixels.
printf '\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\234\100\000\000\234\100\010\000\000\000\000\164\147\121\331\000\000\000\014\111\104\101\124\170\234\143\140\240\075\000\000\000\144\000\001\206\144\074\065\000\000\000\000\111\105\116\104\256\102\140\202' >"$work/large.png"
letter '<figure src="large.png" alt="x"/>' | file image-too-large 6 '^l\.xml:1:[0-9]+: error: .*large\.png.*\[E7014'
letter '<p>see <ref target="#nowhere">this</ref></p>' | file target-unknown 1 '^l\.xml:1:[0-9]+: error: .*nowhere.*\[E3011'
letter '<p>x</p>' >"$work/good.xml"
printf '<style xmlns="urn:chancery:style:1" name="mine">\n  <role name="paragraph" size="12 parsecs"/>\n</style>\n' >"$work/mine.xml"
check style-bad-length 1 '^(\./)?mine\.xml:2:[0-9]+: error: .*parsecs' good.xml --style=./mine.xml
printf '<style xmlns="urn:chancery:style:1" name="mine" extends="letter">\n  <role name="paragraph" font="No Such Family"/>\n</style>\n' >"$work/mine.xml"
check style-unknown-font 3 'error: .*No Such Family.*\[E5' good.xml --style=./mine.xml
printf '<style xmlns="urn:chancery:style:1" name="mine" extends="mine.xml"/>\n' >"$work/mine.xml"
check style-extends-itself 1 '^(\./)?mine\.xml:1:[0-9]+: error: .*\[E4' good.xml --style=./mine.xml
letter '<p>a character that no font has: &#x10FFFD;</p>' | file missing-glyph 3 '^l\.xml:1:[0-9]+: error: .*U\+10FFFD.*\[E5'

# ---- output that cannot be written ----
cannot_write() { # NAME OUT
    (cd "$work" && "$chancery" render good.xml -o "$2") >"$work/stdout" 2>"$work/err"
    local got=$?
    if [ $got -eq 4 ] && grep -q 'error: .*\[E1006' "$work/err"; then count passed
    else bad "$1" "exit status $got"; fi
}
cannot_write output-folder-missing nofolder/out.pdf
cannot_write output-is-a-folder folder
cannot_write output-disk-full /dev/full
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    mkdir "$work/locked"; printf earlier >"$work/locked/out.pdf"; chmod 755 "$work" "$work/locked"
    cp "$work/good.xml" "$work/closed.xml"; chmod 000 "$work/closed.xml"
    as() { setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$work" XDG_CACHE_HOME="$work/cache" "$@"; }
    if as test -x "$chancery" -a -r "$work/good.xml"; then
        (cd "$work" && as "$chancery" render good.xml -o locked/out.pdf) >/dev/null 2>"$work/err"
        if [ $? -eq 4 ] && [ "$(cat "$work/locked/out.pdf")" = earlier ]; then count passed
        else bad output-folder-locked "wrong status or the earlier file was touched"; fi
        (cd "$work" && as "$chancery" render closed.xml -o -) >"$work/stdout" 2>"$work/err"
        if [ $? -eq 4 ] && grep -q 'E1003' "$work/err" && [ ! -s "$work/stdout" ]; then count passed
        else bad unreadable-file "wrong status or diagnostic"; fi
    else count skipped; count skipped; fi
else count skipped; count skipped; fi

# ---- fonts that are cut short or damaged ----
font=$(find /usr/share/fonts -name 'LinLibertine_R.otf' | head -1)
truetype=$(find /usr/share/fonts -name 'LiberationSerif-Regular.ttf' | head -1)
damaged() { # NAME FILE: a data folder whose only font is this
    local name=$1
    rm -rf "$work/data"; mkdir -p "$work/data/f" "$work/data/fonts"
    ln -s "$data/styles" "$work/data/styles"
    mv "$2" "$work/data/f/font.otf"
    sed -e "s|<dir[^>]*>[^<]*</dir>||g" -e "s|<cachedir[^>]*>[^<]*</cachedir>|<cachedir>$work/data/cache</cachedir>|" \
        -e "0,/<fontconfig>/s|<fontconfig>|<fontconfig><dir>$work/data/f</dir>|" "$data/fonts/fonts.conf" >"$work/data/fonts/fonts.conf"
    CHANCERY_DATADIR=$work/data check "$name" 3 'error: .*\[E5' good.xml
}
if [ -n "$font" ] && [ -n "$truetype" ]; then
    for n in 100 4000 100000; do
        head -c $n "$font" >"$work/f"; damaged "cff-cut-at-$n" "$work/f"
        head -c $n "$truetype" >"$work/f"; damaged "truetype-cut-at-$n" "$work/f"
    done
    { head -c 12 "$font"; head -c 300 /dev/zero; tail -c +313 "$font"; } >"$work/f"; damaged cff-directory-zeroed "$work/f"
    head -c 20000 /dev/zero >"$work/f"; damaged no-font-at-all "$work/f"
else count skipped; count skipped; count skipped; count skipped; count skipped; count skipped; count skipped; count skipped; fi

# ---- large, but right ----
{ printf '<letter %s xml:lang="en"><meta><title>T</title></meta><body><p>' "$ns"
  yes 'the commission has examined the report of the surveyors and will' | head -c 10000000; printf 'end</p></body></letter>'; } >"$work/big.xml"
(cd "$work" && timeout 300 "$chancery" render big.xml -o big.pdf) >/dev/null 2>"$work/err"
if [ $? -eq 0 ] && [ -s "$work/big.pdf" ]; then count passed; else bad ten-megabyte-paragraph "not rendered"; fi

number() { grep -c "^$1\$" "$work/count"; }
echo "CASES $(number passed) $(number failed) $(number skipped)"
[ "$(number failed)" -eq 0 ]
