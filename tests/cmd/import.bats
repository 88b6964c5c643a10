#!/usr/bin/env bats
# Legacy records in: the command itself; the reading is tested beside lib/exchange.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

files() {
  printf 'id,name,when,problem\nold-1,甲公司,2025-04-12,no power\nold-2,甲公司,2025-13-01,brake\nold-3,customer B,2025-06-30,"a, b"\n' >old.csv
  printf 'into: tickets\nsource: old\ncolumns:\n  legacy_id: id\n  customer: name\n  opened: {column: when, date: "%%Y-%%m-%%d"}\n  symptom: problem\n' >map.yaml
  svc init >/dev/null
}

@test "the balance is told, and the rejects are named" {
  files
  run -9 svc import tickets old.csv --map map.yaml
  [[ ${lines[0]} == "3 read = 2 added + 0 updated + 0 unchanged + 1 rejected" ]]
  grep -q '^3,opened,bad_date,old-2' old.rejects.csv
}

@test "the same again changes nothing" {
  files
  run -9 svc import tickets old.csv --map map.yaml
  run -9 --separate-stderr svc --json import tickets old.csv --map map.yaml --rejects again.csv
  json svc.import/1 <<<"$output"
  [ "$(field read)" = 3 ]
  [ "$(field added)" = 0 ]
  [ "$(field unchanged)" = 2 ]
  [ "$(field rejected)" = 1 ]
  [ "$(field rejects_file)" = again.csv ]
}

@test "a rehearsal changes nothing and says the same" {
  files
  run -9 --separate-stderr svc import tickets old.csv --map map.yaml --dry-run
  [[ ${lines[0]} == "3 read = 2 added + 0 updated + 0 unchanged + 1 rejected" ]]
  run -0 svc ticket list -q
  [ -z "$output" ]
}

@test "all or nothing is nothing when one row is bad" {
  files
  run -4 svc import tickets old.csv --map map.yaml --all-or-nothing
  run -0 svc ticket list -q
  [ -z "$output" ]
}

@test "legacy numbers find the record afterwards" {
  files
  run svc import tickets old.csv --map map.yaml
  run -0 svc -q ticket show old:old-3
  run -0 svc ticket show old:old-1
  [[ $output == *"no power"* ]]
}

@test "standard input is a file, too" {
  files
  sed 2,3d old.csv | svc import tickets - --map map.yaml
  run -0 svc ticket list -q
  [ "$output" = T1 ]
}

@test "customers and units come the same way, without a map" {
  svc init >/dev/null
  printf 'name,phone\n甲公司,0755-5550123\n' >customers.csv
  run -0 svc import customers customers.csv
  printf 'serial,customer,purchase,policy\nGX-1,甲公司,2024-05-06,golf-carts\n' >units.csv
  run -0 svc import units units.csv
  svc --json unit show GX-1 | json svc.unit/1
  [ "$(field customer)" = C1 ]
}

@test "GB18030 is found by itself" {
  files
  iconv -f UTF-8 -t GB18030 old.csv >gb.csv
  run -9 svc import tickets gb.csv --map map.yaml
  run -0 svc customer show 甲公司
}

@test "wrong kinds and files are told in one sentence" {
  svc init >/dev/null
  run -2 svc import ticket x.csv
  [[ $output == *tickets* ]]
  run svc import tickets nowhere.csv
  [[ $status == 4 || $status == 5 ]]
  [[ $output == *nowhere.csv* ]]
}
