#!/usr/bin/env bash
# The page of every sheet that follows a norm, measured in the finished PDF against the table
# tests/profiles/profiles.tsv: paper, margins, first-line indent, page numbers; the address and all
# that shows with it inside the window of the envelope, to 0.1 mm; fold marks and punch mark.  Then
# what does not fit a window: it is refused, and told where.
# CHANCERY: the program.
# shellcheck disable=SC2015  # ok cannot fail
set -u
top=${CHANCERY_SRC:-$(cd "$(dirname "$0")/.." && pwd)}
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top} LC_ALL=C.UTF-8
passed=0 failed=0 skipped=0
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-profiles.XXXXXX")
trap 'rm -rf "$work"' EXIT

ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "not ok: $*"
}

# letter LANG SHEET [PARAGRAPHS]: a letter of two pages, in $work/l.xml
letter() {
    awk -v n="${3-9}" -v sheet="$2" '{ sub(/STYLE/, sheet) }
        /^<p>/ { for (i = 0; i < n; i++) print; next } { print }' "$top/tests/profiles/$1.xml" >"$work/l.xml"
}

# The lines of the address as the letter has them; where the window has room for remarks, those too.
shown() {
    local what='<addressee.*</addressee>'
    [ "$(cut -f10 "$work/row")" = - ] || what="$what|<delivery>[^<]*</delivery>"
    tr -d '\n' <"$work/l.xml" | grep -oE "$what" |
        sed -e 's|</honorific>| |g' -e 's|</[a-zA-Z]*>|\n|g' -e 's|<[^>]*>||g' | sed '/^ *$/d'
}

# Lines letter by letter from the end: so pdftotext gives words from right to left with their boxes.
backwards() {
    local line out i
    while read -r line; do
        out=
        for ((i = ${#line} - 1; i >= 0; i--)); do out+=${line:i:1}; done
        echo "$out"
    done
}

# measure RTL: what is wrong with $work/words (of the PDF) and $work/rules, by a row of the table
measure() {
    awk -F'\t' -v rtl="$1" -v shown="$work/shown" -v rules="$work/rules" '
        function mm(v) { return v ~ /in$/ ? v * 25.4 : v ~ /em$/ ? v * size * 25.4 / 72 : v + 0 }
        function say(what) { print what }
        function near(what, v, to, by) {
            if (v < to - by || v > to + by) say(what ": " sprintf("%.2f", v) " mm, not " to)
        }
        function outside(i, x, y, w, h) { # does the word stick out of the rectangle?
            return l[i] < x - 0.1 || t[i] < y - 0.1 || r[i] > x + w + 0.1 || b[i] > y + h + 0.1
        }
        function meets(i, x, y, w, h) {
            return p[i] == 1 && r[i] > x && l[i] < x + w && b[i] > y && t[i] < y + h
        }
        function holds(i, string,   k, all) { # words from i on make the string; gives the last
            all = text[i]
            for (k = i; length(all) < length(string);) {
                k++
                if (k > n || p[k] != p[i] || t[k] > t[i] + 2 || t[k] < t[i] - 2) return 0
                all = all " " text[k]
            }
            return all == string ? k : 0
        }
        FNR == 1 { file++ }
        file == 1 { for (i = 1; i <= NF; i++) f[i] = $i; next }
        file == 2 && $1 == "page" { pages++; wide = $2; high = $3; next }
        file == 2 {
            n++; p[n] = pages; l[n] = $2; t[n] = $3; r[n] = $4; b[n] = $5; text[n] = $6
        }
        END {
            split(f[3], paper, "x")
            near("width of the paper", wide, mm(paper[1]), 0.1)
            near("height of the paper", high, mm(paper[2]), 0.1)
            if (pages < 2) say("pages: " pages)
            left = mm(f[4]); right = mm(f[5]); head = mm(f[6]); foot = mm(f[7])
            # The text of page 2.
            from = rtl ? right : left
            least = wide; low = 0; above = high; size = 11.5
            for (i = 1; i <= n; i++) {
                if (p[i] != 2) continue
                out = t[i] < head - 2 || b[i] > high - foot + 2
                if (out) {
                    margin[i] = 1
                    k = t[i] < head
                    if (!(k in highest) || t[i] < highest[k]) highest[k] = t[i]
                    if (t[i] > lowest[k]) lowest[k] = t[i]
                    continue
                }
                if (l[i] < least) least = l[i]
                if (r[i] > most && text[i] !~ /(-|\.|,|;|:|\302\255|،|。|、|，)$/) most = r[i]
                if (t[i] < above) above = t[i]
                if (b[i] > low) low = b[i]
                at = rtl ? wide - r[i] : l[i]
                key = int(t[i] * 5)
                if (!(key in begins) || at < begins[key]) begins[key] = at
            }
            for (k in highest) # one line, of scripts of different height
                if (lowest[k] - highest[k] > 3) say("text in the margins of page 2, from " highest[k] " to " lowest[k] " mm")
            if (rtl) { near("right edge of the text", wide - most, right, 0.3)
            } else near("left edge of the text", least, left, 0.4)
            if (!rtl) near("right edge of the text", wide - most, right, 0.3)
            if (above < head - 0.1) say("the text of page 2 begins at " above " mm")
            if (low > high - foot + (rtl ? 0.3 : 0.1)) say("the text of page 2 ends at " low " mm")
            indent = mm(f[14])
            for (key in begins) {
                flush += begins[key] > from - 0.15 && begins[key] < from + 0.15
                moved += begins[key] > from + indent - 0.15 && begins[key] < from + indent + 0.15
                early += begins[key] < from - 0.4
            }
            if (flush < 3 || early) say("lines that start at the margin: " flush + 0 ", before it: " early + 0)
            if (moved < 2) say("first lines " f[14] " in: " moved + 0)
            # The number of page 2.
            if (f[13] != "-") {
                split(f[13], want, ";")
                for (i = 1; i <= n && !found; i++)
                    if (margin[i] && (last = holds(i, want[1])) && (want[2] == "head") == (t[i] < high / 2)) found = i
                if (!found) say("page 2 has no " want[1])
                else {
                    x = l[found]; y = r[last]
                    if (rtl) { x = l[last]; y = r[found]; if (x > y) { x = l[found]; y = r[last] } }
                    edge = want[2] == "head" ? t[found] : high - b[found]
                    if (edge < mm(want[4]) - 0.1) say("the number is " edge " mm from the edge")
                    if (want[3] == "center") near("middle of the number", (x + y) / 2, (left + wide - right) / 2, 0.3)
                    else if ((want[3] == "end") != rtl) near("end of the number", wide - y, right, want[3] == "end" ? 0.3 : 12)
                    else near("start of the number", x, left, want[3] == "start" ? 12 : 0.3)
                }
                one = want[1]; sub(/2/, "1", one); sub(/۲/, "۱", one)
                for (i = 1; i <= n; i++) if (p[i] == 1 && holds(i, one) && (t[i] < 20 || t[i] > high - 30)) say("page 1 has a number")
            }
            # The window.
            if (f[9] != "-") {
                split(f[9], w, " "); split(w[3], s, "x")
                wx = mm(w[1]); wy = mm(w[2]); ww = mm(s[1]); wh = mm(s[2]); back = f[10] == "-" ? 0 : mm(f[10])
                for (i = 1; i <= n; i++) {
                    if (!meets(i, wx, wy, ww, wh)) continue
                    inside[text[i]] = inside[text[i]] " " i
                    if (outside(i, wx, wy, ww, wh)) say("\"" text[i] "\" sticks out of the window: " l[i] " " t[i] " " r[i] " " b[i])
                    if (back && b[i] < wy + back + 0.1) returned++
                    else if (back && t[i] < wy + back - 0.1) say("\"" text[i] "\" reaches into the return line")
                }
                while ((getline line < shown) > 0) {
                    k = split(line, word, " ")
                    for (i = 1; i <= k; i++) {
                        looked++
                        if (!(word[i] in inside) && f[2] != "ja") say("\"" word[i] "\" is not in the window")
                    }
                }
                if (looked < 5) say("no address to look for")
                if (back && returned < 4 && f[2] != "ja") say("the return line has " returned + 0 " words")
                k = split(f[15], w, " "); split(w[3], s, "x")
                for (i = 1; k && i <= n; i++)
                    if (p[i] == 1 && b[i] < wy && outside(i, mm(w[1]), mm(w[2]), mm(s[1]), mm(s[2])))
                        say("\"" text[i] "\" is outside of the window of the sender")
                first = high
                for (i = 1; i <= n; i++) if (p[i] == 1 && t[i] > wy + wh && t[i] < first) first = t[i]
                if (first < mm(f[8]) - 0.5 || first > mm(f[8]) + 2) say("the text begins at " first " mm, not " f[8])
            }
            # The rules: those of the window, and the marks.
            k = f[11] == "-" ? 0 : split(f[11], fold, " ")
            if (f[12] != "-") fold[++k] = f[12]
            while ((getline line < rules) > 0) {
                split(line, v, " ")
                y = high - (v[3] + v[5] / 2) * 25.4 / 72; x = v[2] * 25.4 / 72; width = v[4] * 25.4 / 72
                if (f[9] != "-" && v[1] == 1 && x > wx - 0.1 && x + width < wx + ww + 0.1 && y > wy && y < wy + back + 0.1) ruled++
                if (x > 8) continue
                if (v[1] != 1) { say("a mark on page " v[1]); continue }
                marks++; hit = 0
                for (i = 1; i <= k; i++) if (y > mm(fold[i]) - 0.1 && y < mm(fold[i]) + 0.1) hit = 1
                if (!hit) say("a mark at " y " mm")
            }
            if (marks + 0 != k) say("marks: " marks + 0 ", not " k)
            if (back && ruled != 1) say("rules under the return line: " ruled + 0)
        }' "$work/row" "$work/words"
}

# read_pdf SQUARE: words of $work/l.pdf as "page W H" and "word left top right bottom TEXT" in mm, and its filled
# rectangles as "page x y width height" in points from below
read_pdf() {
    pdftotext -bbox "$work/l.pdf" - | awk -v square="$1" -F'"' 'BEGIN { OFS = "\t"; mm = 25.4 / 72 }
        /<page / { print "page", $2 * mm, $4 * mm }
        /<word / {
            s = $9; sub(/^>/, "", s); sub(/<.*/, "", s)
            gsub(/\342\200\216|\342\200\217|\330\234| /, "", s) # direction marks
            # Ideographs fill a square, 0.88 of the size above the baseline; the box goes by what
            # the font has room for, 1.151 above and 0.286 below.
            y = $4; b = $8; h = (b - y) / 1.437
            if (square) { y += 0.271 * h; b -= 0.166 * h }
            if (s != "") print "word", $2 * mm, y * mm, $6 * mm, b * mm, s
        }' >"$work/words"
    qpdf --qdf --object-streams=disable "$work/l.pdf" - |
        awk '/^%% Contents for page / { page = $5 }
            /^-?[0-9.]+ -?[0-9.]+ -?[0-9.]+ -?[0-9.]+ re f/ { print page, $1, $2, $3, $4 }' >"$work/rules"
}

# Each figure of the row, one millimetre off, must be missed.
controls() {
    local column
    cp "$work/row" "$work/true"
    for column in 3 4 5 6 8 9 11 12 13 14 15; do
        awk -F'\t' -v c=$column 'BEGIN { OFS = FS }
            c > NF || $c == "-" || $c == "0" { exit }
            # of a window the first figure, and by more than the indent in it; of a number where it
            # stands; a margin that is wider than the sheet has it
            c == 13 { sub(/center/, "end", $c) || sub(/end/, "center", $c); print; exit }
            { by = $c ~ /^[0-9.]+in/ ? 0.6 : c == 6 || c == 8 || c == 9 ? 12 : 1
              match($c, /^[0-9.]+/); v = substr($c, 1, RLENGTH); $c = v + by substr($c, RLENGTH + 1); print }' \
            "$work/true" >"$work/row"
        [ -s "$work/row" ] || continue
        [ -n "$(measure $rtl 2>&1)" ] && ok || bad "$sheet: column $column is off and nobody sees it"
    done
    cp "$work/true" "$work/row"
}

while IFS=$'\t' read -r sheet lang rest; do
    case $sheet in '#'* | '') continue ;; esac
    printf '%s\t%s\t%s\n' "$sheet" "$lang" "$rest" >"$work/row"
    letter "$lang" "$sheet"
    if ! "$chancery" render "$work/l.xml" -o "$work/l.pdf" 2>"$work/err"; then
        bad "$sheet, $lang: not set"
        head -3 "$work/err"
        continue
    fi
    case $lang in zh | ja) read_pdf 1 ;; *) read_pdf 0 ;; esac
    case $lang in fa | ar) rtl=1 ;; *) rtl=0 ;; esac
    case $rtl in 1) shown | backwards ;; *) shown ;; esac >"$work/shown"
    measure $rtl >"$work/wrong" 2>&1
    # The first sheets with a window are measured against false figures, too.
    case $sheet-$lang in din-5008-b-de | us-9-double-en | gost-r-7.0.97-ru) controls ;; esac
    if [ -s "$work/wrong" ]; then
        bad "$sheet, $lang:"
        head -8 "$work/wrong"
    else
        ok
    fi
done <"$top/tests/profiles/profiles.tsv"

# ---- what does not fit ----

# refused NAME CODE LINE:COLUMN TEXT: the letter in $work/l.xml is refused there, and told so
refused() {
    rm -f "$work/no.pdf"
    if "$chancery" render "$work/l.xml" -o "$work/no.pdf" 2>"$work/err" || [ -e "$work/no.pdf" ]; then
        bad "$1: is set"
    elif ! grep -qE "l\.xml:$3: error: .*$4.*\[$2 " "$work/err"; then
        bad "$1: told otherwise:"
        grep error "$work/err"
    else
        ok
    fi
}
# edit EXPRESSION...: changes the letter
edit() { sed -i -E "$@" "$work/l.xml"; }
# set_well NAME: nothing is wrong with the letter
set_well() {
    "$chancery" render "$work/l.xml" --dump=pages >"$work/pages" 2>"$work/err" && ok || {
        bad "$1:"
        grep -A3 error "$work/err"
    }
}

for sheet in din-5008-a swiss-right french-nf us-9 japan-long-3; do
    letter en $sheet 1
    edit 's|<addrLine>10100|<addrLine>Post box 7, under the arcade of the upper market, third door from the well</addrLine>&|'
    refused "$sheet: a long line" E6023 '4:[0-9]+' 'does not fit into its window'
    [ "$(grep -cE 'error: .*[789] lines.* 6.*E6022' "$work/err")" -eq 1 ] && ok || bad "$sheet: seven lines"
done
letter en din-5008-b 1
edit 's|<addrLine>10100|<addrLine>Post box 7</addrLine>&|'
refused "seven lines" E6022 "4:$(sed -n 4p "$work/l.xml" | awk '{ print index($0, "<addrLine>10100") }')" '7 lines.* 6'
letter en din-5008-b 1
edit 's|Palace of the Estates|& of the upper river and of the islands|; s|<role>[^<]*</role>||'
refused "a long line" E6023 '4:[0-9]+' 'does not fit into its window'
edit 's|and of the islands|<lb/>&|'
set_well "the line divided"
letter en din-5008-b 1
edit 's|<orgName>Government of Exampleland</orgName>||; s|Minister of Waterways|& and of the crossings of the upper and the lower river|'
set_well "a long office takes two lines"
letter en us-9 1
edit 's|xml:lang="en"|xml:lang="fa"|'
refused "lines of a higher script" E6020 '4:[0-9]+' 'too high for its window'
letter de din-5008-b 1
edit 's|Verband der Flussgemeinden|& am oberen und unteren Lauf der drei großen Ströme und der Inseln|'
refused "a long return line" E6024 '3:[0-9]+' 'return line'
grep -q 'form name="return"' "$work/err" && ok || bad "a long return line: no hint"
edit 's|</sender>|<form name="return">Flussgemeinden, Kaistraße 12, 40210 Rabenholm</form>&|'
set_well "a return line in other words"
grep -q '"Flussgemeinden, ' "$work/pages" && ok || bad "the other words are not printed"
letter de din-5008-a 1
edit 's|<address><addrLine>Kai|<orgName>Geschäftsstelle</orgName><orgName>Abteilung für Brücken</orgName><orgName>Referat Pfeiler</orgName>&|'
refused "a letterhead of six lines" E6025 '3:[0-9]+' 'letterhead ends'
letter en us-9-double 1
edit 's|<addrLine>40210|<addrLine>Second court</addrLine><addrLine>Third staircase</addrLine><addrLine>Left door</addrLine>&|'
refused "a sender too high for his window" E6026 '3:[0-9]+' 'letterhead ends'
letter en din-5008-c 1
refused "a sheet that is not there" E4001 '1:[0-9]+' 'din-5008-c'
grep -q "did you mean 'din-5008-[ab]'" "$work/err" && ok || bad "a sheet that is not there: no hint"

# Paper that has its letterhead has its marks and its return line; all else stands where it stood.
letter de din-5008-b
for form in drawn blank; do
    "$chancery" render "$work/l.xml" --letterhead=$form --dump=pages 2>/dev/null >"$work/$form"
done
grep -v '^rule' "$work/drawn" | awk '/^text/ && $3 > 140 { sub(/ f[0-9]+ /, " "); print }' >"$work/drawn.text"
awk '/^text/ && $3 > 140 { sub(/ f[0-9]+ /, " "); print }' "$work/blank" >"$work/blank.text"
cmp -s "$work/drawn.text" "$work/blank.text" && [ -s "$work/blank.text" ] && ok || bad "blank paper: the text stands elsewhere"
grep -q '^rule' "$work/drawn" && ! grep -q '^rule' "$work/blank" && ok || bad "blank paper: marks or rules"
grep -q '"Verband' "$work/blank" && bad "blank paper: the return line is printed" || ok

echo "CASES $passed $failed $skipped"
[ $failed -eq 0 ]
