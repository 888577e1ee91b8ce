#!/bin/bash
# An installed program works from any prefix: installed, moved, and run with the tree out of sight;
# a program of someone else's builds against the installed header and library.
# CHANCERY_BUILD: a finished build.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
build=${CHANCERY_BUILD:-$top}
unset CHANCERY_DATADIR
work=$(mktemp -d "${TMPDIR:-/tmp}/chancery-install.XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { echo "not ok: $*"; failed=$((failed + 1)); }

make -s -C "$build" install prefix="$work/first" >"$work/log" 2>&1 || { tail -20 "$work/log"; bad 'make install'; }
mv "$work/first" "$work/second place"
prefix="$work/second place"
cp "$top/samples/two-pages.xml" "$work/l.xml"
cd "$work" || exit 1

if "$prefix/bin/chancery" render l.xml -o l.pdf 2>err && [ -s l.pdf ]; then ok; else bad 'the moved program'; cat err; fi
for f in share/chancery/schema/letter.rng share/chancery/schema/catalog.xml share/chancery/styles/letter.xml \
    share/chancery/fonts/fonts.conf share/gettext/its/chancery.its \
    share/gettext/its/chancery.loc include/chancery.h lib/libchancery.a lib/libchancery.so \
    lib/pkgconfig/chancery.pc share/man/man1/chancery.1 share/man/man3/chancery.3; do
    if [ -e "$prefix/$f" ]; then ok; else bad "$f is not installed"; fi
done
# The manual page made from the header tells of every call, and man finds nothing wrong with it.
page="$prefix/share/man/man3/chancery.3"
untold=$(grep -oE 'chancery_[a-z_0-9]+\(' "$top/src/chancery.h" | sort -u | while read -r call; do
    grep -qF "${call//-/\\-}" "$page" || echo "$call"; done)
if [ -z "$untold" ]; then ok; else bad "not in chancery(3): $untold"; fi
if command -v man >/dev/null; then
    if man --warnings -l "$page" 2>&1 >/dev/null | grep -q .; then bad 'chancery(3) has warnings'; else ok; fi
fi
cat >user.c <<'C'
#include <chancery.h>
#include <stdio.h>
#include <string.h>
int main(void)
{
    chancery_engine *engine = NULL;
    if (strcmp(chancery_version(), CHANCERY_VERSION) != 0 || chancery_engine_new(NULL, &engine) != CHANCERY_OK)
        return 1;
    chancery_job *job = chancery_job_new(engine);
    int status = job ? (int)chancery_job_render_file(job, "l.xml") : 1;
    if (status == 0)
        status = (int)chancery_job_write(job, "user.pdf");
    for (size_t i = 0; job && i < chancery_job_diagnostics(job); i++)
        fputs(chancery_job_diagnostic_text(job, i), stderr);
    chancery_job_free(job);
    chancery_engine_free(engine);
    return status;
}
C
if ${CC:-cc} -std=c11 -Wall -Werror -I"$prefix/include" user.c -L"$prefix/lib" -lchancery -Wl,-rpath,"$prefix/lib" -o user 2>err &&
    ./user && cmp -s l.pdf user.pdf; then ok; else bad 'a program of its own with the shared library'; cat err; fi
others=$(nm -D --defined-only "$prefix/lib/libchancery.so" | awk '$2 ~ /[A-Z]/ && $2 != "A" && $3 !~ /^chancery_/ { print $3 }' | head -5)
if [ -z "$others" ]; then ok; else bad "other names are exported: $others"; fi
unversioned=$(nm -D --defined-only "$prefix/lib/libchancery.so" | awk '$3 ~ /^chancery_/ && $3 !~ /@@CHANCERY_[0-9]/ { print $3 }' | head -5)
if [ -z "$unversioned" ]; then ok; else bad "names without a version: $unversioned"; fi

echo "CASES $passed $failed 0"
[ $failed -eq 0 ]
