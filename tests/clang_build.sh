#!/usr/bin/env bash
# clang_build.sh -- the library compiles with clang too, with warnings as errors.
set -eu
command -v clang >/dev/null || { echo "no clang"; exit 77; }
[ ! -f "$CHANCERY_SRC/config.status" ] || { echo "the tree is configured in place"; exit 77; }
# Beside the build it belongs to, and kept, so that only what changed is compiled again.
case $CHANCERY_BUILD in
"$CHANCERY_SRC"/*) dir=$CHANCERY_SRC/build-clang ;;
*) dir=$CHANCERY_BUILD/build-clang ;;
esac
mkdir -p "$dir"
cd "$dir"
if [ ! config.status -nt "$CHANCERY_SRC/configure" ]; then
    "$CHANCERY_SRC/configure" -q CC=clang --enable-werror --disable-shared
fi
make -s libch.la
