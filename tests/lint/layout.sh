#!/usr/bin/env bash
# layout.sh -- clang-format decides the layout of C files; nobody discusses it.
set -u
cd "$(dirname "$0")/../.." || exit 2
command -v clang-format >/dev/null || { echo "clang-format is missing"; exit 77; }
case $(clang-format --version) in *' 14.'*) ;; *) echo "clang-format is not version 14"; exit 77 ;; esac
bad=$(find src bench tests -name '*.[ch]' -exec clang-format --dry-run {} + 2>&1 | grep -c 'clang-format-violations')
[ "$bad" -eq 0 ] || { echo "$bad places are laid out otherwise: clang-format -i src/*.[ch] src/*/*.[ch] bench/*.c tests/*/*.c"; exit 1; }
