#!/usr/bin/env bash
# Each public header compiles alone, as strict C11 and as C++ would read it.
set -u
root=$1
status=0
for header in "$root"/include/svc/*.h; do
  for compiler in gcc clang; do
    command -v "$compiler" >/dev/null || continue
    printf '#include "svc/%s"\n' "$(basename "$header")" |
      "$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$root/include" -fsyntax-only -x c - || {
      echo "$(basename "$header") does not compile alone with $compiler"
      status=1
    }
  done
done
exit $status
