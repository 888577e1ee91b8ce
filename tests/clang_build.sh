#!/usr/bin/env bash
# clang_build.sh -- clang, too, takes the library, with warnings as errors: each file is read with the
# flags of the build, without making code of it.
set -eu
command -v clang >/dev/null || { echo "no clang"; exit 77; }
flags=$(make -s -C "$CHANCERY_BUILD" print-compile)
cd "$CHANCERY_BUILD"
find "$CHANCERY_SRC/src" -name '*.c' -print0 |
    xargs -0 -n 12 sh -c 'flags=$1; shift; for file; do
        eval "clang -fsyntax-only -Werror -Wno-unknown-warning-option $flags \"\$file\"" || exit 255; done' sh "$flags"
