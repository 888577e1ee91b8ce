#!/bin/bash
# annex_input.sh -- what can be wrong with a list of signatories: each fault is told with its place, an
# error ends the run, and what is only unwise is printed nevertheless.  Lists from a file say row and
# column.  Names that no column holds, of every script, stay within theirs.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

cd "$work" || exit 2

# letter ATTRIBUTES < CONTENT: its content begins on line 2
letter() {
    printf '<letter xmlns="urn:chancery:letter:1" kind="joint-letter" style="coalition" xml:lang="en"><meta><title>T</title></meta><body><p>We write.</p></body><signatories %s>\n' "$1"
    cat
    printf '</signatories></letter>\n'
}

# says NAME STATUS PATTERN: of l.xml
says() {
    "$chancery" render l.xml -o l.pdf >said 2>&1
    local got=$?
    if [ $got = "$2" ] && grep -qE "^$3" said; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not ok: $1: status $got, wanted $2 and $3:"
        head -8 said
    fi
}

ann='<signatory><persName>Ann Bell</persName></signatory>'
cp "$top/samples/images/signature-1.png" "$top/samples/images/signature-2.jpg" .
head -c 3000 signature-1.png >cut.png
head -c 3000 signature-2.jpg >cut.jpg
echo text >text.png
printf '\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\234\100\000\000\234\100\010\000\000\000\000\164\147\121\331\000\000\000\014\111\104\101\124\170\234\143\140\240\075\000\000\000\144\000\001\206\144\074\065\000\000\000\000\111\105\116\104\256\102\140\202' >large.png

while IFS='|' read -r name status pattern content; do
    [ -n "$name" ] || continue
    letter 'layout="table"' <<<"$content" >l.xml
    says "$name" "$status" "$pattern"
done <<END
twice|0|l\.xml:2:[0-9]+: warning: 'Ann Bell' .*first in l\.xml, line 2, column 1 \[W3057|$ann$ann
an empty name|1|l\.xml:2:1: error: .*\[E3016|<signatory><persName/></signatory>
no name|1|l\.xml:2:1: error: .*\[E3016|<signatory><role>Mayor</role></signatory>
an unknown state|1|l\.xml:2:[0-9]+: error: .*\[E2|<signatory status="sined"><persName>Ann</persName></signatory>
an unknown country|1|l\.xml:2:1: error: 'QX' .*\[E3053|<signatory><persName>Ann</persName><country>QX</country></signatory>
a code of nowhere|1|l\.xml:2:1: error: 'ZZ' .*\[E3053|<signatory><persName>Ann</persName><country>ZZ</country></signatory>
a code that is none|1|l\.xml:2:1: error: 'TZA' .*\[E3053|<signatory><persName>Ann</persName><country code="TZA">Tanzania</country></signatory>
a group without rows|1|l\.xml:2:[0-9]+: error: .*\[E2|<group><head>North</head></group>
a list without rows|1|l\.xml:1:[0-9]+: error: .*\[E2|
END
for layout in table blocks; do
    while read -r file status code; do
        letter "layout=\"$layout\"" >l.xml <<END
<signatory status="signed"><persName>Ann Bell</persName>
<figure src="$file" alt="Signature of Ann Bell"/></signatory>
END
        says "$layout, $file" "$status" "l\.xml:3:[0-9]+: error: .*$file.*\[$code"
    done <<'END'
none.png 1 E1001
text.png 1 E7010
cut.png 1 E7012
cut.jpg 1 E7012
large.png 6 E7014
END
done
for layout in columns run-in 'table" show="number name role'; do
    letter "layout=\"$layout\"" <<<"${ann/<\/signatory>/<figure src=\"signature-2.jpg\" alt=\"Signature\"/></signatory>}" >l.xml
    says "a picture without a place, $layout" 0 'l\.xml:2:[0-9]+: warning: .*\[W3059'
done
for layout in table blocks; do
    letter "layout=\"$layout\"" <<<"${ann/<\/signatory>/<figure src=\"signature-1.png\" alt=\"Signature\"/></signatory>}" >l.xml
    "$chancery" render l.xml --dump=pages 2>/dev/null | awk '
        $1 == "image" { n++; if ($6 > 34.1 || $4 > 110) bad = 1 } END { exit bad || n != 1 }' &&
        passed=$((passed + 1)) || { failed=$((failed + 1)); echo "not ok: a picture in $layout"; }
done

# Lists from a file: row and column.
while IFS='|' read -r name status pattern text; do
    [ -n "$name" ] || continue
    printf '%b' "$text" >list.csv
    echo '<letter xmlns="urn:chancery:letter:1" kind="joint-letter" xml:lang="en"><body><p>We write.</p></body><signatories href="list.csv"/></letter>' >l.xml
    says "list: $name" "$status" "$pattern"
done <<'END'
a column that nobody knows|1|list\.csv:1:6: error: .*organization.*\[E3022|name,organization\nAnn,Guild\n
a column twice|1|list\.csv:1:11: error: .*\[E3022|name,role,name\nAnn,Mayor,Ann\n
no column of names|1|list\.csv:1:1: error: .*\[E3023|role\nMayor\n
too many fields|1|list\.csv:3:1: error: .*\[E3024|name,role\nAnn,Mayor\nBob,Mayor,Orlo\n
a state|1|list\.csv:3:1: error: .*\[E3025|name,status\nAnn,signed\nBob,sined\n
a date|1|list\.csv:2:5: error: .*2026-02-30.*\[E3025|name,date\nAnn,2026-02-30\n
a language|1|list\.csv:2:5: error: .*\[E3025|name,lang\nAnn,in English\n
a country|1|list\.csv:2:1: error: .*QX.*\[E3053|name,country\nAnn,QX\n
a name|1|list\.csv:3:1: error: .*\[E3016|name,role\nAnn,Mayor\n,Mayor\n
a quote inside a field|1|list\.csv:2:1: error: .*\[E3021|name\n"Ann" Bell\n
a quote that is never closed|1|list\.csv:3:5: error: .*\[E3021|name,role\nAnn,Mayor\nBob,"Mayor\n
bytes that are no text|1|list\.csv:3:1: error: .*\[E3020|name\nAnn\nB\xff\n
a header alone|1|list\.csv:1:1: error: .*\[E3026|name,role\n
twice, with both rows|0|list\.csv:4:1: warning: 'Ann Bell' .*first in list\.csv, line 2, column 1 \[W3057|name\nAnn Bell\nBob\nAnn Bell\n
a line end in a field|0|chancery: warning|name,role\r\n"Ann\nBell","The ""Mayor"""\r\n
END

# Names that no column holds: told by a warning, cut, and on no other column.
{ while read -r lang word; do
    name=$word$word$word$word
    name=$name$name
    echo "<signatory status=\"signed\" xml:lang=\"$lang\"><persName>$name</persName><role>$name</role></signatory>"
done | letter 'layout="table" numbered="yes"' >l.xml; } <<'END'
en Llanfairpwll
ru Достопримечательск
el Αλεξανδρούπολις
ar المستنصرية
fa دانشگاهیان
ps ښوونکيښوونکي
he ירושלימיים
hi अन्तर्राष्ट्रीय
th กรุงเทพมหานคร
zh 中华人民共和国
ja ほっかいどう
ko 대한민국
END
says 'a name longer than its column' 0 'l\.xml:2:[0-9]+: warning: .*\[W6001'
for row in 3 4 5 6 7 8 9; do
    grep -qE "^l\.xml:$row:[0-9]+: warning: .*\[W6001" said || { echo "not ok: no word of row $row"; failed=$((failed + 1)); }
done
"$chancery" render l.xml --dump=pages 2>/dev/null | awk '
    function text() { match($0, /".*"/); return substr($0, RSTART + 1, RLENGTH - 2) }
    $1 == "text" && text() ~ /^(Name|Title|Signature)$/ { start[text()] = $2 }
    $1 == "text" && /\[T[HD]/ && $2 > 0 && start["Title"] {
        w = $7; if ($6 != "w") next
        if ($2 < start["Title"] - 1 && $2 > start["Name"] - 1 && $2 + w > start["Title"]) bad = 1
        if ($2 > start["Title"] - 1 && $2 < start["Signature"] - 1 && $2 + w > start["Signature"]) bad = 1
        n++
    }
    END { exit bad || n < 60 }' && passed=$((passed + 1)) ||
    { failed=$((failed + 1)); echo "not ok: a name runs over another column"; }
finish
