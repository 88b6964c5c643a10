#!/usr/bin/env bash
# lint.sh ROOT BUILD CHECK: format, tidy, shell, man or size. One plain line where a tool is absent.
set -u
root=$1 build=$2 check=$3
cd "$root" || exit 1

# Everything under version control (or, outside of git, everything that is not built).
files() { # PATTERN...
  if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files -co --exclude-standard -- "$@"
  else
    for pattern in "$@"; do find . -path ./build\* -prune -o -name "${pattern##*/}" -print; done
  fi
}
tool() { command -v "$1" >/dev/null || { echo "skipped: $1 is not installed"; exit 77; }; }

case $check in
format)
  tool clang-format
  files '*.c' '*.h' | xargs clang-format --dry-run -Werror
  ;;
tidy)
  tool clang-tidy
  # a small fixed set: real mistakes, no taste
  checks='-*,bugprone-assignment-in-if-condition,bugprone-infinite-loop,bugprone-suspicious-memset-usage,bugprone-posix-return'
  checks+=',bugprone-suspicious-realloc-usage,bugprone-branch-clone,bugprone-misplaced-widening-cast,bugprone-signed-char-misuse'
  checks+=',misc-redundant-expression,readability-misleading-indentation,readability-duplicate-include'
  files 'lib/*.c' 'cmd/*.c' | xargs -P "$(nproc)" -n 8 clang-tidy -p "$build" --quiet --warnings-as-errors='*' --checks="$checks" 2>/dev/null
  ;;
shell)
  tool shellcheck
  { files '*.sh' '*.bash' '*.bats'; printf '%s\n' bootstrap .ci/run tests/soak tests/bench/run; } | grep -v '^completions/' | xargs shellcheck -x -S warning
  ;;
man)
  tool mandoc
  files 'man/*.1' 'man/*.5' 'man/*.7' | xargs mandoc -T lint -W warning
  ;;
size)
  # files of at most 800 lines; functions of at most 80
  long=$(files 'lib/*.[ch]' 'cmd/*.[ch]' 'include/*.h' | xargs wc -l | awk '$2 != "total" && $1 > 800')
  functions=$(files 'lib/*.c' 'cmd/*.c' | xargs awk 'FNR == 1 {open = 0}
    /^\{/ {open = FNR}
    /^\}[^;]*$/ && !/^\}.*;/ && open {if (FNR - open > 80) print FILENAME ":" open ": a function of " FNR - open " lines"; open = 0}')
  [ -z "$long$functions" ] || { printf '%s\n' "$long" "$functions"; exit 1; }
  ;;
esac
