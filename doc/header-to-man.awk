# header-to-man.awk -- the manual page chancery(3), made from the public header, which is the manual.
#
#     awk -v version=0.1.0 -f header-to-man.awk chancery.h >chancery.3
#
# What it relies on: the comment at the head of the file is the description; a line comment with
# ---- in it begins a section; elsewhere a comment that begins a line is about the declarations
# behind it.  Lines of a comment that stand further in by four columns are a display.
function roff(s) { # a line of text, made safe
    gsub(/\\/, "\\e", s)
    gsub(/-/, "\\-", s)
    if (s ~ /^[.']/) s = "\\&" s
    return s
}
function strip(s) { # the text of a line of a comment
    sub(/^\/\* ?/, "", s)
    sub(/^ \* ?/, "", s)
    sub(/ *\*\/$/, "", s)
    return s
}
function say(s) { # a line of the text of a comment
    if (s ~ /^ +- /) { sub(/^ +- /, "", s); quiet(); print ".IP \\(bu 2"; print roff(s); return }
    if (s ~ /^    /) { if (!display) { print ".PP"; print ".nf"; display = 1 } print roff(substr(s, 5)); return }
    quiet()
    if (s == "" || s == "*") { print ".PP"; return }
    if (s ~ /^[A-Z][a-z]+[:.]  ?/ || s ~ /^(Returns|Threads|Needs|Errors):/) print ".br"
    sub(/^ +/, "", s)
    print roff(s)
}
function quiet() { if (display) { print ".fi"; print ".PP"; display = 0 } }
function flush_block(   i) {
    if (nc == 0 && nd == 0) return
    if (nd > 0) {
        print ".PP"
        print ".nf"
        for (i = 1; i <= nd; i++) print "\\fB" roff(code[i]) "\\fR"
        print ".fi"
        print ".RS 4"
    } else print ".PP"
    for (i = 1; i <= nc; i++) say(text[i])
    quiet()
    if (nd > 0) print ".RE"
    nc = nd = 0
}
BEGIN {
    printf ".\\\" Made from chancery.h by doc/header-to-man.awk.\n"
    printf ".TH CHANCERY 3 \"\" \"Chancery %s\" \"Library Functions\"\n", version
    print ".SH NAME"
    print "chancery \\- the C library that typesets formal letters"
    print ".SH SYNOPSIS"
    print ".nf"
    print ".B #include <chancery.h>"
    print ".PP"
    print "cc ... $(pkg\\-config \\-\\-cflags \\-\\-libs chancery)"
    print ".fi"
    print ".SH DESCRIPTION"
    head = 1
}
head {
    if (NR == 1) next # the name and purpose
    if ($0 ~ /\*\/$/) { say(strip($0)); quiet(); head = 0; next }
    line = strip($0)
    if (line ~ /^-+$/) next
    if (line == "How it is used") { print ".SS How it is used"; next }
    say(line)
    next
}
/^#|^extern "C"|^}$/ && !inside { next }
/^\/\* ---- / {
    flush_block()
    title = $0
    sub(/^\/\* -+ /, "", title)
    sub(/ -+ \*\/$/, "", title)
    print ".SH " toupper(roff(title))
    next
}
/^\/\*/ {
    if (nd > 0) flush_block()
    text[++nc] = strip($0)
    inside = $0 !~ /\*\/$/
    next
}
inside { text[++nc] = strip($0); if ($0 ~ /\*\/$/) inside = 0; next }
/^$/ { flush_block(); next }
{
    sub(/^CHANCERY_API /, "")
    if (match($0, /^ +/) && RLENGTH > 12) sub(/^ +/, "        ")
    code[++nd] = $0
}
END {
    flush_block()
    print ".SH SEE ALSO"
    print ".BR chancery (1),"
    print ".BR chancery\\-letter (5),"
    print ".BR chancery\\-style (5)"
}
