#!/bin/bash
# Heads and feet, from what the page pass prints: the letterhead drawn, black and left out stands and
# leaves the text at the same places; the catchword is on every page but the last; and what an original,
# a draft and a copy have in common.
# CHANCERY: the program.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
chancery=${CHANCERY:-$top/chancery}
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
unset SOURCE_DATE_EPOCH
passed=0 failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-heads.XXXXXX")
trap 'rm -rf "$work"' EXIT

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
    for form in style drawn black blank; do ok "$lang $form" pages $form --letterhead=$form; done
    ok "$lang the style draws it" same style drawn
    grep -v 802020 "$work/drawn" >"$work/rest"
    ok "$lang drawn in colour" test "$(grep -c 802020 "$work/drawn")" -ge 2
    ok "$lang no colour in black" test "$(grep -c 802020 "$work/black")" -eq 0
    sed 's/802020/000000/' "$work/drawn" >"$work/as-black"
    sed 's/802020/000000/' "$work/black" >"$work/now-black"
    ok "$lang the same in black" test "$(wc -l <"$work/as-black")" -eq "$(wc -l <"$work/now-black")"
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
letter en 1 ''
ok "one page" pages one
ok "one page has no catchword" is "$(on one '…/')" ""

echo "CASES $passed $failed 0"
[ $failed -eq 0 ]
