#!/usr/bin/env bats
# The import of real records: what people brought to repair events. Where the files are not at hand, these tests are skipped.

load setup

setup() {
  scratch
  data=$SOURCE/../shared/data
  english=$data/OpenRepairData_v0.3_RestartProject_202204.csv
  german=$data/OpenRepairData_v0.3_anstiftung_202303.csv
  [[ -f $english && -f $german ]] || skip 'the Open Repair Data are not here'
  map=$SOURCE/tests/exchange/maps/open-repair.yaml
  breaker=$SOURCE/tests/exchange/make-broken.py
  export SVC_DB=$HOME/desk.db
  svc init >/dev/null
}

balance() { # READ ADDED UPDATED UNCHANGED REJECTED
  local wanted='"read":%d,"added":%d,"updated":%d,"unchanged":%d,"rejected":%d'
  # shellcheck disable=SC2059
  [[ $output == *$(printf "$wanted" "$@")* ]] || { echo "$output"; return 1; }
}

take() { # FILE OPTION...
  run svc import tickets "$@" --map "$map" --json --rejects rejects.csv
}

products() { # PRODUCT: how many rows of both files, counted by other means
  python3 - "$1" "$english" "$german" <<'PY'
import csv, sys
print(sum(row['product_category'] == sys.argv[1]
          for name in sys.argv[2:] for row in csv.DictReader(open(name, newline='', encoding='utf-8'))))
PY
}

@test "both real files are taken whole, and a second time change nothing" {
  take "$english"
  [ "$status" -eq 0 ]
  balance 23940 23940 0 0 0
  take "$german"
  [ "$status" -eq 0 ]
  balance 12399 12399 0 0 0
  take "$english"
  [ "$status" -eq 0 ]
  balance 23940 0 0 23940 0
  take "$german"
  balance 12399 0 0 12399 0
  for product in Lamp Laptop 'Coffee maker'; do
    [ "$(svc ticket list --product "$product" --count)" -eq "$(products "$product")" ]
  done
  [ "$(svc ticket list --product Lamp --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')" \
    -eq "$(products Lamp)" ]
  [ "$(svc customer list --count)" -eq 1 ]
  run svc ticket show open-repair:restart_3781 --json
  [ "$status" -eq 0 ]
  [[ $output == *'Nintendo 1.8kg'* ]]
}

@test "a rehearsal leaves every table as it was" {
  take "$german"
  sqlite3 "$SVC_DB" .dump >before
  take "$english" --dry-run
  [ "$status" -eq 0 ]
  balance 23940 23940 0 0 0
  sqlite3 "$SVC_DB" .dump | cmp - before
}

broken_and_mended() { # ENCODING OPTION...
  "$breaker" break "$english" broken.csv --encoding "$@" >expected.json
  take broken.csv --encoding "$1"
  [ "$status" -eq 9 ]
  balance 23940 21550 0 0 2390
  python3 - <<'PY'
import json
expected = json.load(open('expected.json'))['rejects']
lines = filter(None, open('rejects.csv', 'rb').read().split(b'\r\n')[1:])
found = [[int(line), field.decode(), reason.decode()]
         for line, field, reason in (row.split(b',', 3)[:3] for row in lines)]
assert found == expected, [row for row in found + expected if row not in found or row not in expected][:5]
PY
  "$breaker" mend rejects.csv broken.csv.good mended.csv --encoding "$1"
  take mended.csv --encoding "$1"
  [ "$status" -eq 0 ]
  balance 2390 2390 0 0 0
  [ "$(svc ticket list --count)" -eq 23940 ]
  [ "$(svc ticket list --text 充不进电 --count)" -gt 1000 ]
}

@test "broken rows of each kind in GB18030: set aside by line, field and reason, then mended" {
  broken_and_mended gb18030
}

@test "broken rows of each kind in UTF-8 behind a byte order mark" {
  broken_and_mended utf-8 --mark --seed 2
}
