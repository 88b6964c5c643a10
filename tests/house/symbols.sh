#!/usr/bin/env bash
# What libsvc exports is what its public headers declare, no more and no less.
set -u
root=$1 library=$2
declared=$(cat "$root"/include/svc/*.h | tr '\n' ' ' | grep -oE 'SVC_PUBLIC [^;{]*\(' | grep -oE 'svc_[a-z0-9_]+\(' | tr -d '(' | sort -u)
exported=$(nm -D --defined-only "$library" | awk '$2 ~ /[A-Z]/ {print $3}' | sed 's/@.*//' | sort -u)
[ -n "$declared" ] || { echo 'no declarations found'; exit 1; }
difference=$(diff <(printf '%s\n' "$declared") <(printf '%s\n' "$exported"))
if [ -n "$difference" ]; then
  printf 'declared (<) and exported (>) symbols differ:\n%s\n' "$difference"
  exit 1
fi
