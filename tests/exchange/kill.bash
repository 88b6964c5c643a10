#!/usr/bin/env bash
# Kills an import at random moments and looks at what is left: a sound store with whole rows, which the same command
# completes. COUNT kills (5), ROWS rows (12000), SEED of the moments, SVC the program.
set -euo pipefail
svc=${SVC:-$(dirname "$0")/../../build/cmd/svc}
count=${COUNT:-5}
rows=${ROWS:-12000}
RANDOM=${SEED:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export HOME=$folder XDG_CONFIG_HOME=$folder XDG_DATA_HOME=$folder XDG_CACHE_HOME=$folder LANG=C

cat >map.yaml <<'YAML'
into: tickets
source: old
columns:
  legacy_id: id
  opened: date
  product: product
  symptom: problem
  customer: {column: who}
YAML
awk -v rows="$rows" 'BEGIN {
  print "id,date,product,problem,who"
  for (i = 1; i <= rows; i++)
    printf "%d,2024-%02d-%02d,Lamp %d,flickers,Customer %d\n", i, i % 12 + 1, i % 28 + 1, i % 7, i % 500
}' >in.csv

fail() {
  echo "kill $1: $2" >&2
  exit 1
}
command=("$svc" --db desk.db import tickets in.csv --map map.yaml --json)
figure() { # NAME: a number of the JSON on standard input
  sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"
}
sound() {
  python3 - <<'PY'
import sqlite3
store = sqlite3.connect('desk.db')
print(store.execute('pragma integrity_check').fetchone()[0])
PY
}

"$svc" --db desk.db init >/dev/null
begin=$(date +%s%N)
"${command[@]}" >/dev/null
whole=$((($(date +%s%N) - begin) / 1000))

within=0
for ((i = 1; i <= count; i++)); do
  rm -f desk.db desk.db-wal desk.db-shm
  "$svc" --db desk.db init >/dev/null
  moment=$(((RANDOM * 32768 + RANDOM) % whole))
  "${command[@]}" >/dev/null 2>&1 &
  sleep "$((moment / 1000000)).$(printf %06d $((moment % 1000000)))"
  kill -9 $! 2>/dev/null || true
  wait $! 2>/dev/null || true
  [ "$(sound)" = ok ] || fail "$i" 'the store is damaged'
  kept=$("$svc" --db desk.db ticket list --count)
  [ "$kept" -eq 0 ] || [ "$kept" -eq "$rows" ] || within=$((within + 1))
  balance=$("${command[@]}")
  [ "$(figure unchanged <<<"$balance")" -eq "$kept" ] || fail "$i" "$kept rows were in, but then: $balance"
  [ "$(figure added <<<"$balance")" -eq $((rows - kept)) ] || fail "$i" "$kept rows were in, but then: $balance"
  [ "$("$svc" --db desk.db ticket list --count)" -eq "$rows" ] || fail "$i" 'tickets are missing'
  [ "$("$svc" --db desk.db customer list --count)" -eq 500 ] || fail "$i" 'customers came twice or not at all'
done
echo "$count kills, $within of them between the first row and the last: each store sound, each import completed"
