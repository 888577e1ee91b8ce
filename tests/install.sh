#!/usr/bin/env bash
# install.sh -- an installed Chancery works from any prefix: the program finds its data beside
# itself, another program links with the library through pkg-config, nothing but chancery_
# names is exported, and the XML catalogue leads to the schema.
set -eu
unset CHANCERY_DATADIR
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "$*"; }

make -s -C "$CHANCERY_BUILD" install DESTDIR="$TMPDIR/root" >"$TMPDIR/log" 2>&1 ||
    { cat "$TMPDIR/log"; exit 1; }
# Moved, so that nothing can be found where configure was told.
built=$(find "$TMPDIR/root" -type d -path '*/share/chancery' -prune)
prefix=$TMPDIR/elsewhere
mv "${built%/share/chancery}" "$prefix"

# From a folder where no tree is near.
mkdir "$TMPDIR/empty"
cd "$TMPDIR/empty"
if "$prefix/bin/chancery" render "$CHANCERY_SRC/samples/joint-letter.xml" -o a.pdf &&
    "$CHANCERY" render "$CHANCERY_SRC/samples/joint-letter.xml" -o b.pdf && cmp a.pdf b.pdf; then
    ok
else
    bad "the installed program does not render what the built one does"
fi

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
pc() { pkg-config --define-variable=prefix="$prefix" "$@" chancery; }
cat >use.c <<'C'
#include <chancery.h>
#include <stdio.h>
#include <string.h>
int main(int n, char **arg)
{
    chancery_engine *engine = NULL;
    if (strcmp(chancery_version(), CHANCERY_VERSION) != 0 || n != 2)
        return 1;
    if (chancery_engine_new(NULL, &engine) != CHANCERY_OK)
        return 2;
    chancery_job *job = chancery_job_new(engine);
    chancery_status status = chancery_job_render_file(job, arg[1]);
    for (size_t i = 0; i < chancery_job_diagnostics(job); i++)
        fputs(chancery_job_diagnostic_text(job, i), stderr);
    if (status == CHANCERY_OK)
        status = chancery_job_write(job, "c.pdf");
    chancery_job_free(job);
    chancery_engine_free(engine);
    return status == CHANCERY_OK ? 0 : 3;
}
C
# shellcheck disable=SC2046  # several flags
if gcc -std=c11 -Wall -Wextra -Werror use.c $(pc --cflags --libs) -o use &&
    LD_LIBRARY_PATH=$prefix/lib ./use "$CHANCERY_SRC/samples/joint-letter.xml" && cmp a.pdf c.pdf; then
    ok
else
    bad "a program linked with the shared library does not render the same"
fi
if [ "$(pc --modversion)" = "$("$prefix/bin/chancery" --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)" ]; then
    ok
else
    bad "chancery.pc and chancery --version name different versions"
fi

others=$(nm -D --defined-only "$prefix/lib/libchancery.so" | awk '$3 !~ /^chancery_/ { print $3 }')
if [ -z "$others" ]; then ok; else bad "exported beyond the public header: $others"; fi
declared=$(grep -oE 'CHANCERY_API[^;(]*\bchancery_[a-z_]+\(' "$prefix/include/chancery.h" | grep -oE 'chancery_[a-z_]+\($' | tr -d '(' | sort -u)
exported=$(nm -D --defined-only "$prefix/lib/libchancery.so" | awk '{ print $3 }' | sort -u)
if [ "$declared" = "$exported" ]; then ok; else
    bad "the header and the library differ:"
    diff <(echo "$declared") <(echo "$exported") || :
fi

if command -v xmlcatalog >/dev/null; then
    found=$(xmlcatalog "$prefix/share/chancery/schema/catalog.xml" urn:chancery:letter:1)
    if [ -f "${found#file://}" ]; then ok; else bad "the catalogue leads to '$found'"; fi
fi
echo "CASES $passed $failed 0"
[ "$failed" -eq 0 ]
