#!/usr/bin/env bash
# make.sh CHANCERY OUT [NAME...] -- makes the gallery: each letter of gallery.txt rendered, its first
# pages as pictures, its source and the command beside them, in OUT/index.html.
# CHANCERY is the program; NAME: only these letters.
set -eu
[ $# -ge 2 ] || { echo "usage: make.sh CHANCERY OUT [NAME...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
chancery=$1 out=$2
shift 2
export CHANCERY_DATADIR=${CHANCERY_DATADIR:-$top}
pages=3 dpi=${GALLERY_DPI:-60}
mkdir -p "$out"

html() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'; }

wanted() {
    [ ${#names[@]} -gt 0 ] || return 0
    local n
    for n in "${names[@]}"; do [ "$n" != "$1" ] || return 0; done
    return 1
}

names=("$@")
{
    cat <<'HTML'
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Chancery: gallery</title>
<style>
body { font: 16px/1.45 serif; max-width: 66em; margin: 2em auto; padding: 0 1em; color: #222; }
section { margin: 0 0 3em; border-top: 1px solid #aaa; padding-top: 1em; }
img { border: 1px solid #bbb; margin: 0 1em 1em 0; max-width: 31%; vertical-align: top; }
pre { font-size: 12px; line-height: 1.35; overflow: auto; max-height: 30em; background: #f6f6f3; padding: 1em; }
</style></head><body>
<h1>Gallery</h1>
HTML
    while read -r name what; do
        case $name in '' | '#'*) continue ;; esac
        wanted "$name" || continue
        "$chancery" render "$top/samples/$name.xml" -o "$out/$name.pdf" 2>"$out/$name.log" ||
            { cat "$out/$name.log" >&2; exit 1; }
        rm -f "$out/$name.log"
        rm -f "$out/$name"-*.png
        pdftoppm -r "$dpi" -l "$pages" -png "$out/$name.pdf" "$out/$name"
        printf '<section id="%s">\n<h2>%s</h2>\n' "$name" "$(printf %s "$what" | html)"
        for page in "$out/$name"-*.png; do
            printf '<a href="%s.pdf"><img src="%s" alt="%s, page %d"></a>\n' "$name" "$(basename "$page")" "$name" \
                "$((10#$(basename "$page" .png | sed 's/.*-//')))"
        done
        printf '<p><code>chancery render samples/%s.xml -o %s.pdf</code></p>\n' "$name" "$name"
        printf '<details><summary>samples/%s.xml</summary>\n<pre>' "$name"
        html <"$top/samples/$name.xml"
        printf '</pre></details>\n</section>\n'
    done <"$here/gallery.txt"
    echo '</body></html>'
} >"$out/index.html.new"
mv "$out/index.html.new" "$out/index.html"
