#!/bin/sh
# scripts.sh -- shell scripts pass shellcheck (warnings and errors) where it is installed.
set -eu
cd "$(dirname "$0")/../.."
command -v shellcheck >/dev/null || { echo "no shellcheck"; exit 77; }
# shellcheck disable=SC2046
shellcheck -x -S warning bootstrap .ci/run tests/run $(find tests -name '*.sh' | LC_ALL=C sort)
