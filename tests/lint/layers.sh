#!/bin/sh
# layers.sh -- reads the #include lines of src/ and holds them against the house's rules:
# a file includes its own room, base/, the side rooms and rooms earlier on the way; a
# library has its own rooms; a .c file includes its own header first; the program
# includes the public header and nothing else of ours.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck disable=SC2016  # the program is awk's
find src -name '*.[ch]' | LC_ALL=C sort | xargs awk '
function bad(what) { printf "%s:%d: %s\n", FILENAME, FNR, what; wrong = 1 }

function room_of(path,   part, n) { # src/line/x.c -> line; src/api.c -> api
    n = split(path, part, "/")
    return n == 2 ? "api" : part[2]
}

# May a file of room `from` include a header of room `to`?
function ours(from, to) {
    if (from == to) return 1
    if (from == "cli") return 0
    if (to == "base") return 1
    if (from == "base") return 0
    if (from == "api") return 1
    if (from in side) return to == "input" || (to in side)
    if (to in side) return from != "input"
    return (from in order) && (to in order) && order[to] < order[from]
}

# May a file of room `from` include a third-party or system header?
function foreign(from, h) {
    if (h in standard) return 1
    if (h ~ /^libxml\//) return from == "input"
    if (h ~ /^fontconfig\// || h ~ /^(ft2build\.h$|freetype\/|FT_)/) return from == "font"
    if (h ~ /^unicode\//) return from == "locale" || from == "text"
    if (h ~ /^hb-subset/) return from == "pdf"
    if (h ~ /^hb(-[a-z-]*)?\.h$/) return from == "font" || from == "text" || from == "pdf"
    if (h ~ /^(hpdf.*|lcms2|png|zlib)\.h$/) return from == "pdf"
    if (h ~ /^openssl\//) return from == "base"
    if (h == "malloc.h") return from == "cli" # glibc: how much memory is kept
    if (h ~ /^(csv|jansson)\.h$/) return from == "job"
    return 0
}

BEGIN {
    n = split("input letter style text line page pdf job", w, " ")
    for (i = 1; i <= n; i++) order[w[i]] = i
    side["locale"]; side["protocol"]; side["font"]; side["figure"]
    n = split("assert ctype errno fcntl float inttypes limits locale math pthread " \
              "setjmp signal stdalign stdarg stdbool stddef stdint stdio stdlib string " \
              "strings time unistd dirent dlfcn getopt libgen poll wchar " \
              "sys/mman sys/stat sys/types sys/time sys/resource sys/wait", w, " ")
    for (i = 1; i <= n; i++) standard[w[i] ".h"]
}
FNR == 1 {
    room = room_of(FILENAME)
    own = ""
    if (FILENAME ~ /\.c$/) {
        own = FILENAME
        sub(/\.c$/, ".h", own)
        if ((getline ignored < own) < 0) own = ""
        else close(own)
        sub(/^src\//, "", own)
    }
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    h = $0; sub(/^[^"]*"/, "", h); sub(/".*$/, "", h)
    if (own != "" && h != own && room "/" h != own) bad("includes \"" h "\" before its own header \"" own "\"")
    own = ""
    if (h == "chancery.h") {
        if (room != "cli" && room != "api" && room != "job") bad("includes the public header")
        next
    }
    if (h !~ /\// && room != "api") next # a header of the same folder
    if (!ours(room, room_of("src/" h))) bad("room " room "/ may not include \"" h "\"")
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    h = $0; sub(/^[^<]*</, "", h); sub(/>.*$/, "", h)
    if (own != "") bad("includes <" h "> before its own header \"" own "\"")
    own = ""
    if (!foreign(room, h)) bad("room " room "/ may not include <" h ">")
}
# FreeType names its headers by macros; a table of ours is included by a macro, too.
/^[ \t]*#[ \t]*include[ \t]*FT_/ { if (!foreign(room, "FT_")) bad("room " room "/ may not: " $0) }
END { exit wrong }
'
