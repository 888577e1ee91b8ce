#!/bin/sh
# lists.sh            fails when src/sources.mk does not list the files that are there
# lists.sh --update   writes src/sources.mk anew
set -eu
cd "$(dirname "$0")/../.."
LC_ALL=C
export LC_ALL

# list VARIABLE FILE...: one make variable, a file a line
list() {
    name=$1
    shift
    if [ $# -eq 0 ]; then
        printf '\n%s =\n' "$name"
        return
    fi
    printf '\n%s =' "$name"
    for f in "$@"; do printf ' \\\n\t%s' "$f"; done
    printf '\n'
}

# files FOLDER PATTERN...: sorted, without what a build leaves behind
files() {
    dir=$1
    shift
    [ -d "$dir" ] || return 0
    for pattern in "$@"; do
        find "$dir" -name '.*' -prune -o -type f -name "$pattern" -print
    done | sort
}

room() {
    case $1 in
    input) files src/input '*.[ch]' '*.def' | grep -v '/gen_main\.c$' || : ;;
    *) files "src/$1" '*.[ch]' '*.def' ;;
    esac
}

make_lists() {
    echo "# The files of each room; written by tests/lint/lists.sh --update."
    for r in base input letter locale protocol figure style font text line page pdf job cli; do
        # shellcheck disable=SC2046  # names in this tree have no spaces
        list "${r}_sources" $(room "$r")
    done
    # shellcheck disable=SC2046
    list api_sources $(find src -maxdepth 1 -name '*.[ch]' ! -name chancery.h ! -name config.h | sort)
    # A program is named by the one source it has.
    # shellcheck disable=SC2046
    list unit_tests $(files tests/unit '*.c' | sed 's/\.c$//')
    # shellcheck disable=SC2046
    list test_tools $(find tests -maxdepth 1 -name '*.c' | sort | sed 's/\.c$//') \
        $(files tests/tools '*.c' | sed 's/\.c$//')
    # shellcheck disable=SC2046
    list bench_programs $(files bench '*.c' | sed 's/\.c$//')
    # shellcheck disable=SC2046
    list data_files $(files styles '*') $(files fonts '*')
    # shellcheck disable=SC2046
    list its_files $(files its '*.its' '*.loc')
    # shellcheck disable=SC2046
    list man_pages $(files doc '*.[1-9]')
    # shellcheck disable=SC2046
    list doc_files $(for f in README NEWS; do [ ! -f $f ] || echo $f; done) \
        $(files doc '*.md' | grep -v '^doc/letter-reference\.md$' || :)
}

if [ "${1:-}" = --update ]; then
    make_lists >src/sources.mk.new
    if cmp -s src/sources.mk.new src/sources.mk; then
        rm -f src/sources.mk.new
    else
        mv src/sources.mk.new src/sources.mk
    fi
    exit 0
fi
made=$(mktemp)
trap 'rm -f "$made"' EXIT
make_lists >"$made"
if ! diff -u src/sources.mk "$made"; then
    echo "src/sources.mk is behind the tree: run tests/lint/lists.sh --update"
    exit 1
fi
