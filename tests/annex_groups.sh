#!/bin/bash
# annex_groups.sh -- no page and no column of an annex has one row alone of a group, whatever the
# lengths of the groups; all names are there once, in order; a head stands over each part.
set -u
cd "${CHANCERY_SRC:-$(dirname "$0")/..}" || exit 2
program=${CHANCERY:-./chancery}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/groups.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
rc=0

# letter LAYOUT SUBTOTALS SEED: 60 groups of 2 to 9, some rows of two lines.
letter() {
    awk -v layout="$1" -v subtotals="$2" -v seed="$3" 'BEGIN {
        print "<letter xmlns=\"urn:chancery:letter:1\" kind=\"joint-letter\" xml:lang=\"en\">"
        print "<body><p>We write.</p></body><signatories numbered=\"yes\" columns=\"2\" layout=\"" \
            layout "\" subtotals=\"" subtotals "\">"
        x = seed
        for (g = 10; g < 70; g++) {
            x = (x * 1103515245 + 12345) % 2147483648
            n = 2 + int(x / 65536) % 8
            print "<group><head>H" g "</head>"
            for (i = 1; i <= n; i++) {
                x = (x * 1103515245 + 12345) % 2147483648
                role = int(x / 65536) % 3 ? "" : "<role>Chair of the guild</role>"
                print "<signatory status=\"signed\"><persName>G" g "N" i "</persName>" role \
                    "</signatory>"
            }
            print "</group>"
        }
        print "</signatories></letter>" }'
}

for layout in table columns blocks; do
    for seed in 1 2 3 4; do
        subtotals=$([ $((seed % 2)) = 0 ] && echo yes || echo no)
        letter $layout "$subtotals" $seed >"$tmp/l.xml"
        "$program" render "$tmp/l.xml" -o "$tmp/l.pdf" 2>"$tmp/err" || { cat "$tmp/err"; rc=1; continue; }
        pdftotext -bbox "$tmp/l.pdf" "$tmp/box"
        grep -o 'G[0-9][0-9]N[0-9]' "$tmp/l.xml" | sort >"$tmp/want"
        grep -o 'G[0-9][0-9]N[0-9]' "$tmp/box" | sort >"$tmp/got"
        cmp -s "$tmp/want" "$tmp/got" || { echo "$layout $seed: names are not there once"; rc=1; }
        awk -v layout=$layout -v name="$layout $seed" -F '[<>"]' '
            /<page / { page++; middle = $3 / 2 }
            />[GH][0-9][0-9](N[0-9])?</ {
                word = $(NF - 2)
                group = substr(word, 2, 2)
                place = page (layout == "columns" && $3 > middle ? "b" : "a")
                if (word ~ /^H/) { head[place " " group] = 1; next }
                line = place " " group
                if (layout == "blocks" && seen[line, $5]++) next # two names a row
                rows[line]++; all[group]++
            }
            END {
                for (line in rows) {
                    split(line, part, " ")
                    parts++
                    if (rows[line] == 1 && all[part[2]] > 1) {
                        print name ": a row alone of group " part[2] ", page " part[1]; bad = 1
                    }
                    if (!(line in head)) {
                        print name ": no head over group " part[2] ", page " part[1]; bad = 1
                    }
                }
                if (parts <= 60) { print name ": no group goes over a page"; bad = 1 }
                exit bad
            }' "$tmp/box" || rc=1
    done
done
exit $rc
