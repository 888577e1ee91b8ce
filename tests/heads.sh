#!/bin/bash
# Heads and feet, from what the page pass prints: the letterhead drawn, black and left out stands and
# leaves the text at the same places; the catchword is on every page but the last; and what an original,
# a draft and a copy have in common.
# CHANCERY: the program.
# shellcheck source=tests/frame.sh
. "$(dirname "$0")/frame.sh"

ok() { # NAME, then a command that must succeed
    local name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else
        echo "not ok: $name: $*"
        failed=$((failed + 1))
    fi
}

# letter LANG PARAGRAPHS META ATTACHMENTS: in $work/letter.xml, in the sheet of $work
letter() {
    local i text="The crossings of the upper river were surveyed by both sides in the autumn, and the reports were found complete. "
    [ "$1" = fa ] && text="گذرگاه‌های بالادست رود در پاییز از سوی هر دو طرف بررسی شد و گزارش‌ها کامل بود. "
    {
        echo "<letter xmlns='urn:chancery:letter:1' xml:lang='$1' style='sheet.xml'><meta><idno type='reference'>NF-12</idno>$3</meta>"
        echo "<sender><orgName>Forum</orgName><motto>Together</motto></sender><addressee><persName>A. Orlo</persName></addressee><body>"
        for ((i = 0; i < $2; i++)); do echo "<p>$text$text$text</p>"; done
        echo "</body>${4-}</letter>"
    } >"$work/letter.xml"
}

# pages NAME OPTION...: what the page pass prints, in $work/NAME
pages() {
    local name=$1
    shift
    if "$chancery" render "$work/letter.xml" --dump=pages "$@" >"$work/dump" 2>"$work/$name.err"; then
        grep -v '^font' "$work/dump" | sed 's/  f[0-9]* /  /' >"$work/$name" # fonts are numbered as they come
        return
    fi
    head -3 "$work/$name.err"
    return 1
}

same() { cmp -s "$work/$1" "$work/$2"; }
# The pages on which a text stands, as "1 2".
on() { awk -v t="$2" '$1 == "page" { p = $2 } index($0, t) && p != last { printf "%s%s", sep, p; sep = " "; last = p }' "$work/$1"; }
is() { [ "$1" = "$2" ] || { echo "got '$1', not '$2'"; return 1; }; }

# ---- the letterhead ----
cat >"$work/sheet.xml" <<'END'
<style xmlns="urn:chancery:style:1" name="heads" extends="letter">
  <running page="first" place="foot" end="…/{next}"/>
  <running page="next" place="foot" start="{page-label}" end="…/{next}"/>
  <running page="next" place="head" when="last" center="the end"/>
  <role name="letterhead-name" colour="#802020"/>
  <role name="letterhead-rule" colour="#802020"/>
</style>
END
for lang in en fa; do
    letter $lang 18 ''
    for form in drawn black blank; do
        [ $lang$form = fablack ] || ok "$lang $form" pages $form --letterhead=$form
    done
    ok "$lang drawn in colour" test "$(grep -c 802020 "$work/drawn")" -ge 2
    if [ $lang = en ]; then
        ok "no colour in black" test "$(grep -c 802020 "$work/black")" -eq 0
        sed 's/  #802020//' "$work/drawn" >"$work/as-black"
        ok "the same in black" same as-black black
    fi
    # Every line of the pages without it is one of those with it, and what lacks is the letterhead.
    ok "$lang nothing moves" is "$(diff "$work/drawn" "$work/blank" | grep -c '^>')" 0
    ok "$lang what is left out" is "$(diff "$work/drawn" "$work/blank" | grep -cE '^<')" \
        "$(diff "$work/drawn" "$work/blank" | grep -cE '^< .*("Forum"|"Together"|rule)')"
    ok "$lang it is left out" test "$(diff "$work/drawn" "$work/blank" | grep -c '^<')" -ge 3

    # ---- the catchword ----
    n=$(grep -c '^page' "$work/drawn")
    ok "$lang several pages" test "$n" -ge 3
    ok "$lang catchword" is "$(on drawn '…/')" "$(seq -s ' ' $((n - 1)))"
    ok "$lang last only" is "$(on drawn 'the end')" "$n"
done
# Where attachments count their own pages, none goes on to the next; and a catchword without a number.
sed '1s/$/<pages attachments="own"\/>/; s|<running page="next" place="foot".*|<running page="next" place="foot" when="continues" end=".../..."/>|' "$work/sheet.xml" >"$work/own.xml"
letter en 18 '' '<attachments><attachment><head>Map</head><p>Text.</p></attachment></attachments>'
sed -i 's/sheet.xml/own.xml/' "$work/letter.xml"
ok "attachments of their own" pages own
n=$(grep -c '^page' "$work/own")
ok "a catchword without a number" is "$(on own '.../...')" "$(seq -s ' ' 2 $((n - 2)))"
letter en 1 ''
ok "one page" pages one
ok "one page has no catchword" is "$(on one '…/')" ""

# ---- several senders, two languages ----
cp "$top/samples/images/emblem.png" "$work"
cat >"$work/joint.xml" <<'END'
<style xmlns="urn:chancery:style:1" name="joint" extends="letter">
  <letterhead languages="sides">
    <emblem width="17mm" place="center" gap="3mm"/>
    <part name="orgName" role="letterhead-name"/>
    <part name="motto" role="letterhead-motto"/>
    <rule thickness="0.5pt"/>
  </letterhead>
  <role name="letterhead-name" size="12pt" leading="15pt" case="as-is"/>
</style>
END
joint() { # LANG SENDERS, then what the page pass prints: in $work/joint
    echo "<letter xmlns='urn:chancery:letter:1' xml:lang='$1' style='joint.xml'>$2<body><p>Text.</p></body></letter>" >"$work/letter.xml"
    pages joint
}
sender() { echo "<sender><orgName>$1</orgName>${2-}<figure role='emblem' src='emblem.png' alt='Herons'/></sender>"; }
# The middles of images and of the lines of text, in whole points, left to right by line: "Y: X X".
middles() {
    awk '$1 == "image" { n = split($0, w, /[ ]+/); print int($3), int($2 + $4 / 2) }
        $1 == "text" && /"(One|Two|Three|Four|Five|Six|Seven)/ { for (i = 1; i < NF; i++) if ($i == "w") print int($3), int($2 + $(i + 1) / 2) }' "$work/joint" |
        sort -n | awk '{ if ($1 != y) printf "%s%s:", (NR > 1 ? "\n" : ""), $1; printf " %s", $2; y = $1 } END { print "" }' | sed 's/^[0-9]*://'
}
# One and the other stand in the middles of columns of equal width, in as many rows.
joint en "$(sender One)$(sender Two)"
ok "two senders" is "$(middles | tr '\n' ';')" " 198 399; 198 399;"
joint en "$(sender One)$(sender Two)$(sender Three)"
ok "three senders" is "$(middles | tr '\n' ';')" " 164 299 433; 164 299 433;"
joint fa "$(sender One)$(sender Two)$(sender Three)"
ok "the first is at the right" is "$(awk '/"(One|Two|Three)/ { print int($2), $0 }' "$work/joint" | sort -rn | grep -oE 'One|Two|Three' | tr '\n' ' ')" "One Two Three "
long="Intergovernmental"
joint en "$(for i in One Two Three Four Five; do sender "$i of the $long"; done)"
ok "five that do not fit in one row" is "$(middles | awk '{ print NF }' | tr '\n' ' ')" "3 3 2 2 "
ok "no word is too wide" is "$(grep -c W6001 "$work/joint.err")" 0
joint en "$(for i in One Two Three Four Five Six Seven; do sender "$i Communities for the Administration of International Watercourses of the North"; done)"
ok "seven of many words" is "$(middles | awk '{ print NF }' | tr '\n' ' ')" "2 2 2 2 2 2 1 1 "
two="<orgName xml:lang='en'>One</orgName><orgName xml:lang='ar'>المنتدى</orgName><motto xml:lang='en'>Together</motto><motto xml:lang='ar'>معا</motto>"
for lang in en ar; do
    joint $lang "<sender>$two<figure role='emblem' src='emblem.png' alt='Herons'/></sender>"
    ok "$lang its language left, Arabic right" is "$(awk '/"One"|"Together"/ { print "left", ($2 < 250) } /^image/ { print "middle", ($2 + $4 / 2 > 294 && $2 + $4 / 2 < 301) } /المنتدى|معا/ { print "right", ($2 > 350) }' "$work/joint" | sort | tr '\n' ' ')" \
        "left 1 left 1 middle 1 right 1 right 1 "
    # The middle of the emblem is that of the text beside it, from the first baseline less a line to the last.
    ok "$lang one beside the other" test "$(awk '/^image/ { m = $3 + $6 / 2 } /"One"/ { a = $3 - 11 } /معا/ { b = $3 + 4 } END { d = m - (a + b) / 2; print (d > -8 && d < 8) }' "$work/joint")" = 1
    ok "$lang blank" pages joint --letterhead=blank
    ok "$lang all of it is left out" is "$(grep -cE '^image|^rule|"One"|معا' "$work/joint")" 0
done
joint fr "<sender><orgName xml:lang='fr'>One</orgName><orgName xml:lang='en'>Two</orgName></sender>"
ok "two of one direction: its own at the start" is "$(awk '/"One"/ { a = $2 } /"Two"/ { b = $2 } END { print (a < b) }' "$work/joint")" 1

# The sheet says how it is drawn, and the option goes before it.
for form in black blank; do
    sed -i "s/<letterhead .*languages/<letterhead print=\"$form\" languages/; s/\(\"letterhead-name\" \).*size/\1colour=\"#802020\" size/" "$work/joint.xml"
    joint en "$(sender One)$(sender Two)"
    cp "$work/joint" "$work/by-style"
    ok "$form by style" pages joint --letterhead=$form
    ok "$form by style: the same" same by-style joint
    ok "$form by style: drawn after all" pages joint --letterhead=drawn
    ok "$form by style: in colour" is "$(grep -c '#802020' "$work/joint")" 2
done
sed -i 's/<role name="letterhead-name"/<running page="first" place="foot" center="{sender}"\/>&/' "$work/joint.xml"
joint en "$(sender One)$(sender Two)$(sender Three)"
ok "their names at the foot" is "$(awk '/\[footer/ { match($0, /".*"/); printf "%s", substr($0, RSTART + 1, RLENGTH - 2) }' "$work/joint")" "One, Two and Three"

# ---- classification ----
secret="<attachments><attachment classification='secret' copy='yes'><head>Map</head><p marking='official'>Text.</p></attachment></attachments>"
handling="<classification level='restricted'/><handling>By order<lb/>Until 2036</handling>"
for lang in en fa; do
    word=RESTRICTED high=SECRET copy=Copy
    [ $lang = fa ] && word=محدود high=سری copy=رونوشت
    letter $lang 14 "$handling" "$secret"
    ok "$lang a higher attachment" pages high
    n=$(grep -c '^page' "$work/high")
    ok "$lang the highest level on every page" is "$(grep -c "\"$high\".*er\]" "$work/high")" $((2 * n))
    ok "$lang its own level once" is "$(grep -c "\"$word\"" "$work/high")" 1
    ok "$lang warning" grep -q W3200 "$work/high.err"
    ok "$lang copy of a document" is "$(on high "\"$copy\"")" "$n"
    ok "$lang handling on page 1" is "$(on high '2036')" 1
done
# By style each part has its own level on its pages; a part without one has that of what it is in.
sed '1s/$/<pages classification="own"\/>/' "$work/sheet.xml" >"$work/own.xml"
letter en 14 "$handling" "<attachments><attachment classification='secret'><head>Map</head><p>Text.</p></attachment><attachment><head>Key</head><letter xml:lang='fr'><meta><classification level='official'/></meta><body><p>Texte.</p></body></letter></attachment><attachment><head>List</head></attachment></attachments>"
sed -i 's/sheet.xml/own.xml/' "$work/letter.xml"
ok "levels by page" pages own
n=$(grep -c '^page' "$work/own")
ok "levels by page: their order" is "$(awk '$1 == "page" { p = $2 } /[re]r\]/ && match($0, /"[A-Z]+"/) { print p, substr($0, RSTART + 1, RLENGTH - 2) }' "$work/own" | sort -nu | awk '{ printf "%s ", $2 }')" \
    "$(printf 'RESTRICTED %.0s' $(seq $((n - 3))))SECRET OFFICIEL RESTRICTED "
ok "levels by page: head and foot" is "$(grep -cE '"(RESTRICTED|SECRET|OFFICIEL)".*er\]' "$work/own")" $((2 * n))
letter en 1 '' "<attachments><attachment classification='secret'><head>Map</head></attachment></attachments>"
sed -i 's/sheet.xml/own.xml/' "$work/letter.xml"
ok "a letter without a level" pages own
ok "a letter without a level: its page" is "$(on own '"SECRET"')" 2
# Lower start side: below all text, at the same edge as the text.
edge() { awk -v t="$2" 'index($0, t) { print int($2); exit }' "$work/$1"; }
letter en 14 "$handling"
ok "handling" pages own
n=$(grep -c '^page' "$work/own")
ok "the letter's level twice on every page" is "$(grep -c '"RESTRICTED".*er\]' "$work/own")" $((2 * n))
ok "handling at the start side" is "$(edge own 'By order')" "$(edge own 'A. Orlo')"
ok "handling is text" grep -q '"By order".*\[P\]' "$work/own"
ok "handling is low" test "$(awk '/"By order"/ { print int($3) }' "$work/own")" -gt 720

levels() { # NAME PATTERN MARKING CLASSIFICATION: of a paragraph and of the letter
    sed "s/<body>/<body><p marking='$3'>First<\/p><list type='ordered'><item marking='unclassified'>Second<\/item><\/list>/" "$work/letter.xml" >"$work/marked.xml"
    "$chancery" render "$work/marked.xml" --dump=pages >"$work/marked" 2>&1
    ok "$1" grep -q -- "$2" "$work/marked"
}
letter en 1 "<classification level='confidential'/>"
levels "a portion mark" '"(C)' confidential
levels "a portion mark of an item" '"(U)' confidential
levels "a paragraph above the letter" E3201 secret
letter fa 1 "<classification level='confidential'/>"
levels "a portion mark in words" '"(محدود)' restricted
letter en 1 ''
levels "a paragraph of a letter without a level" E3201 official

letter en 1 "<classification level='restricted'/>"
sed -i "s/<\/letter>/<encl><item marking='secret'>Map<\/item><\/encl>&/" "$work/letter.xml"
ok "a level in the list of enclosures" pages encl
ok "a level in the list of enclosures: warning" grep -q 'W3200' "$work/encl.err"
ok "a level in the list of enclosures: its mark" grep -q '"(S)"' "$work/encl"
ok "a level in the list of enclosures: on the page" is "$(grep -c '"SECRET".*er\]' "$work/encl")" 2

# ---- draft, copy, file copy ----
inside="<drafter>N. Vass</drafter>"
for lang in en fa; do
    letter $lang 14 "<title>T</title>$inside"
    sed -i 's/<\/letter>/<distribution><item>Archive<\/item><\/distribution>&/' "$work/letter.xml"
    for form in original draft copy file-copy; do
        [ $lang$form = facopy ] || ok "$lang $form" pages $form --as=$form
    done
    n=$(grep -c '^page' "$work/original")
    for form in draft copy; do
        [ $lang$form != facopy ] || continue
        # What is new is the mark, an artifact at the head of every page.
        ok "$lang $form: nothing moves" is "$(diff "$work/original" "$work/$form" | grep -c '^<')" 0
        ok "$lang $form: its mark" is "$(diff "$work/original" "$work/$form" | grep '^>' | grep -c '\[header\]')" "$n"
        ok "$lang $form: its mark alone" is "$(diff "$work/original" "$work/$form" | grep -c '^>')" "$n"
    done
    for form in original draft copy; do ok "$lang $form: not the drafter" is "$(grep -cE 'Vass|Archive' "$work/$form")" 0; done
    ok "$lang file copy: the drafter" is "$(grep -cE 'Vass|Archive' "$work/file-copy")" 2
    if [ $lang = en ]; then
        "$chancery" render "$work/letter.xml" --as=file-copy --letterhead=blank -o "$work/file-copy.pdf" 2>/dev/null
        "$chancery" verify "$work/letter.xml" "$work/file-copy.pdf" >"$work/verify" 2>&1
        ok "file copy: the digest" is $? 0
    fi
done

# A draft shows no signature, and what is under it stays where it is.
letter en 1 "<title>T</title>"
sed -i "s/<\/letter>/<closer><signed><persName>C. Brod<\/persName><figure role='signature' src='emblem.png' alt='Signature'\/><\/signed><seal><figure role='seal' src='emblem.png' alt='Seal'\/><\/seal><\/closer>&/" "$work/letter.xml"
for form in original draft; do ok "signed $form" pages $form --as=$form; done
ok "the original is signed" is "$(grep -c '^image' "$work/original")" 2
ok "a draft is not" is "$(grep -c '^image' "$work/draft")" 0
ok "the name stands where it stood" is "$(grep 'C. Brod' "$work/draft")" "$(grep 'C. Brod' "$work/original")"

finish
