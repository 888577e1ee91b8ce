#!/bin/sh
# headers.sh -- each header compiles alone, and the public one as C++ too.  A header without
# an include guard is a piece of text for several inclusions, and is left out.
set -eu
cd "$(dirname "$0")/../.."
cc=${CC:-gcc}
command -v "$cc" >/dev/null || { echo "no $cc"; exit 77; }
flags=$(pkg-config --cflags libxml-2.0 fontconfig freetype2 harfbuzz icu-uc lcms2 libcrypto)
rc=0
for h in $(find src -name '*.h' | LC_ALL=C sort); do
    grep -q '^#ifndef C.*_H$' "$h" || continue
    # shellcheck disable=SC2086  # several flags
    printf '#include "%s"\ntypedef int one_declaration_more;\n' "${h#src/}" |
        "$cc" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -Isrc $flags \
            -fsyntax-only -x c - || { echo "$h does not stand alone"; rc=1; }
done
if command -v g++ >/dev/null && [ -f src/chancery.h ]; then
    g++ -std=c++11 -Wall -Werror -fsyntax-only -x c++ src/chancery.h || rc=1
fi
exit $rc
