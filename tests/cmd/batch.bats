#!/usr/bin/env bats
# A stream of questions: CSV, TSV and JSON lines.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

head='verdict,exit,remedy,starts,ends,days_left,labor,parts,freight_in,freight_out,clauses,missing'

questions() {
  cat <<'CSV'
component,manufacture,purchase,cause,claim,documents
motor,2023-05-10,2023-07-01,defect,2025-05-10,"contract,warranty_card,certificate"
motor,2023-05-10,2023-07-01,,2025-05-10,"contract,warranty_card,certificate"
motor,2023-05-10,2023-07-01,overload,2025-05-10,"contract,warranty_card,certificate"
CSV
}

@test "the input's columns come first, then the answer's, in order" {
  questions >in.csv
  run -0 svc --policy golf-carts warranty check --batch in.csv
  [ "${lines[0]}" = "component,manufacture,purchase,cause,claim,documents,$head" ]
  [[ ${lines[1]} == 'motor,2023-05-10,2023-07-01,defect,2025-05-10,"contract,warranty_card,certificate",covered,0,replace,2023-05-10,2025-05-10,0,free,free,'* ]]
  [[ ${lines[1]} == *,golf-carts.22* ]]
  [[ ${lines[2]} == *,incomplete,3,* && ${lines[2]} == *,cause ]]
  [[ ${lines[3]} == *,excluded,1,* ]]
}

@test "standard input, CRLF and a BOM are as good" {
  { printf '\xef\xbb\xbf'; questions | sed 's/$/\r/'; } >in.csv
  svc --policy golf-carts warranty check --batch <in.csv >out.csv
  questions >plain.csv
  svc --policy golf-carts warranty check --batch plain.csv >want.csv
  cmp <(tr -d '\r' <out.csv) want.csv
  svc --policy golf-carts warranty check --batch - <plain.csv | cmp - want.csv
}

@test "a bad line comes out with its exit code; the reason goes to stderr and the rest goes on" {
  { questions; printf 'motor,2023-02-30,2023-07-01,defect,2025-05-10,\n'; questions | sed 1d; } >in.csv
  run -9 --separate-stderr svc --policy golf-carts warranty check --batch in.csv
  [ "${#lines[@]}" = 8 ]
  [[ ${lines[4]} == 'motor,2023-02-30,2023-07-01,defect,2025-05-10,,,4,,,,,,,,,,' ]]
  [[ ${lines[7]} == *,excluded,1,* ]]
  [[ $stderr == *in.csv:5* && $stderr == *manufacture* ]]
}

@test "short lines are filled up, long ones are refused" {
  printf 'component,cause\nmotor\nmotor,defect,x\n' >in.csv
  run -9 --separate-stderr svc --policy golf-carts warranty check --batch in.csv
  [[ ${lines[1]} == motor,,incomplete,3,* ]]
  [[ ${lines[2]} == motor,defect,,4,* ]]
}

@test "an unknown column is wrong usage, and nothing comes out" {
  printf 'componnt,cause\nmotor,defect\n' >in.csv
  run -2 --separate-stderr svc --policy golf-carts warranty check --batch in.csv
  [ -z "$output" ]
  [[ $stderr == *component* ]]
  printf 'cause,cause\n' >in.csv
  run -4 --separate-stderr svc --policy golf-carts warranty check --batch in.csv
  run -4 --separate-stderr svc --policy golf-carts warranty check --batch /dev/null
}

@test "JSON lines carry whole answers, each with its exit" {
  printf '%s\n' '{"component":"motor","manufacture":"2023-05-10","purchase":"2023-07-01","cause":"defect","claim":"2025-05-10","documents":["contract","warranty_card","certificate"]}' \
    '{"component":"motor","manufacture":"2023-02-30"}' '' '{"component":' '{"componnt":1}' >in.jsonl
  run -9 --separate-stderr svc --policy golf-carts warranty check --batch in.jsonl
  [ "${#lines[@]}" = 4 ]
  json svc.ask.warranty/1 <<<"${lines[0]}"
  [ "$(field exit)" = 0 ]
  [ "$(field clauses.0)" = golf-carts.22 ]
  [[ ${lines[1]} == '{"exit":4,'* ]]
  [[ ${lines[3]} == '{"exit":2,'* ]]
  [[ $stderr == *in.jsonl:4* ]]
}

@test "TSV by name or by --format" {
  printf 'component\tcause\nmotor\tdefect\n' >in.tsv
  svc --policy golf-carts warranty check --batch in.tsv >a
  svc --policy golf-carts warranty check --batch --format tsv <in.tsv >b
  cmp a b
  head -1 a | grep -q "^component	cause	verdict	exit	"
}

@test "a serial number fills the facts of the unit" {
  svc init --policy golf-carts >/dev/null
  svc unit register GX-1 --manufacture 2024-04-20 --purchase 2024-05-06 >/dev/null
  svc unit register A-1 --policy appliances --acceptance 2025-03-01 >/dev/null
  printf 'serial,component,cause,documents\nGX-1,motor,defect,"contract,warranty_card,certificate"\nA-1,main_unit,defect,\nNONE,motor,defect,\n' >in.csv
  run -9 --separate-stderr svc warranty check --batch in.csv
  [[ ${lines[1]} == *,covered,0,replace,2024-04-20,2026-04-20,* ]]
  [[ ${lines[2]} == *,covered,0,*appliances* ]]
  [[ ${lines[3]} == *,,5,* ]]
  [[ $stderr == *serial* ]]
  printf '{"serial":"GX-1","component":"motor","cause":"defect","documents":["contract","warranty_card","certificate"]}\n' >in.jsonl
  run -0 svc warranty check --batch in.jsonl
  [[ $output == *'"ends":"2026-04-20"'* ]]
}

@test "a serial of null is none" {
  svc init --policy golf-carts >/dev/null
  printf '%s\n' '{"serial":null,"component":"motor","manufacture":"2024-04-20"}' '{"component":"motor","manufacture":"2024-04-20"}' >in.jsonl
  run -0 svc warranty check --batch in.jsonl
  [ "${lines[0]}" = "${lines[1]}" ]
  [[ ${lines[0]} == '{"exit":3,'* ]]
}

@test "a partner at the other end of a pipe gets its answer before it asks again" {
  mkfifo ask answer
  svc --policy golf-carts warranty check --batch <ask >answer &
  exec 7>ask 8<answer
  printf 'component,cause\nmotor,defect\n' >&7
  read -r -t 10 first <&8
  read -r -t 10 second <&8
  [[ $first == component,cause,verdict,* ]]
  [[ $second == motor,defect,incomplete,3,* ]]
  exec 7>&-
  wait $!
  exec 8<&-
}

@test "a closed pipe ends it quietly" {
  { questions; yes "$(questions | sed 1d)" | head -9000; } >in.csv
  for jobs in 1 4; do
    run --separate-stderr bash -c "'$PROGRAM' --policy golf-carts warranty check --batch --jobs $jobs in.csv | head -1"
    [ -z "$stderr" ]
  done
}

@test "as many broken lines as there are cost no more each" {
  { echo component,purchase; yes 'motor,15 March' | head -80000; } >in.csv
  run -9 bash -c "timeout 60 '$PROGRAM' --policy golf-carts warranty check --batch in.csv 2>told >answers"
  [[ $(tail -n 1 told) == *"80000 of 80000"* ]]
}

@test "a full disk is told" {
  [ -w /dev/full ] || skip "no /dev/full"
  { questions; yes "$(questions | sed 1d)" | head -9000; } >in.csv
  for jobs in 1 4; do
    run bash -c "'$PROGRAM' --policy golf-carts warranty check --batch --jobs $jobs in.csv >/dev/full"
    [ "$status" = 70 ]
    [[ $output == "svc: "* ]]
  done
}

@test "facts beside a batch are wrong usage" {
  run -2 svc --policy golf-carts warranty check --batch cause=defect </dev/null
}

write_version() { # FILE EFFECTIVE LASTS
  cat >"$1" <<PACK
policy: two
title: {en: Two versions, zh: 两个版本}
effective: $2
currency: CNY
timezone: Asia/Shanghai
settings:
  extra: {type: duration, default: 1 day, clause: two.02, title: {en: extra time, zh: 附加期限}}
clauses:
  two.01: {en: Repaired free of charge, zh: 免费维修}
  two.02: {en: A little more, zh: 附加期限}
warranty:
  terms:
    - {clause: two.01, from: purchase, lasts: $3, remedy: repair}
    - {clause: two.02, from: purchase, lasts: {setting: extra}, remedy: repair}
PACK
}

@test "each line is answered by the version under which it was sold" {
  mkdir -p packs/two
  write_version packs/two/2020-01-01.yaml 2020-01-01 '1 year'
  write_version packs/two/2025-01-01.yaml 2025-01-01 '2 years'
  printf 'purchase,claim\n2024-06-01,2025-06-02\n2025-06-01,2026-06-02\n2024-06-01,2025-06-01\n2025-06-01,2027-06-02\n' >in.csv
  run -0 svc --policy-path packs --policy two warranty check --batch in.csv
  [[ ${lines[1]} == *,expired,1,*,2025-06-01,-1,* ]]
  [[ ${lines[2]} == *,covered,0,*,2027-06-01,* ]]
  [[ ${lines[3]} == *,covered,0,*,2025-06-01,0,* ]]
  [[ ${lines[4]} == *,expired,1,*,2027-06-01,-1,* ]]
}

@test "settings of the desk hold in a batch, from their day on" {
  mkdir -p packs
  write_version packs/two.yaml 2020-01-01 '1 day'
  export SVC_POLICY_PATH=$PWD/packs
  svc init --policy two >/dev/null
  printf 'purchase,claim\n2026-03-01,2026-03-11\n2026-03-01,2026-03-31\n' >in.csv
  run -0 svc warranty check --batch in.csv
  [[ ${lines[1]} == *,expired,1,* && ${lines[2]} == *,expired,1,* ]]
  svc policy set two extra '60 days' --from 2026-03-20 >/dev/null
  run -0 svc warranty check --batch in.csv
  [[ ${lines[1]} == *,expired,1,* ]]
  [[ ${lines[2]} == *,covered,0,*,2026-04-30,30,* ]]
  run -0 svc warranty check --batch in.csv --set extra='20 days'
  [[ ${lines[1]} == *,covered,0,* && ${lines[2]} == *,expired,1,* ]]
}

@test "a folder is no file of questions" {
  mkdir folder
  run -4 --separate-stderr svc --policy golf-carts warranty check --batch folder
  [[ $stderr == *"can't read folder"* ]]
}

# Lines of every kind, some thousands of them: good, short, bad, quoted over line ends.
many() {
  questions
  for _ in {1..200}; do
    questions | sed 1d
    printf 'motor,2023-02-30,,,,\n\n"mot\nor",2023-05-10,2023-07-01,"de""fect",2025-05-10,"contract, x"\nmotor\n'
  done
}

@test "several threads give the same answers and the same faults, in order" {
  many >in.csv
  many | sed 1d >more.csv
  cat more.csv more.csv more.csv >>in.csv
  run -9 --separate-stderr svc --policy golf-carts warranty check --batch in.csv
  want=$output told=$stderr
  for jobs in 1 2 5; do
    run -9 --separate-stderr svc --policy golf-carts warranty check --batch --jobs "$jobs" in.csv
    [ "$output" = "$want" ]
    [ "$stderr" = "$told" ]
  done
  run -9 --separate-stderr bash -c "cat in.csv | '$PROGRAM' --policy golf-carts warranty check --batch --jobs 2"
  [ "$output" = "$want" ]
  [ "${stderr//standard input/in.csv}" = "$told" ]
}

@test "a quote that stands wrong means the same to several threads as to one" {
  { many; printf 'mo"tor,2023-05-10,2023-07-01,defect,2025-05-10,\n"motor,2023-05-10,,,,\n'; many | sed 1d; many | sed 1d; } >in.csv
  run -9 --separate-stderr svc --policy golf-carts warranty check --batch in.csv
  want=$output told=$stderr
  run -9 --separate-stderr svc --policy golf-carts warranty check --batch --jobs 2 in.csv
  [ "$output" = "$want" ]
  [ "$stderr" = "$told" ]
}

@test "JSON lines by several threads, also where some name a unit" {
  svc init >/dev/null
  svc unit register SN-1 --policy golf-carts --component motor --manufacture 2024-04-20 >/dev/null
  for i in {1..2000}; do
    printf '{"component": "motor", "manufacture": "2024-04-20", "cause": "defect"}\n{"component": 7}\n'
    ((i == 1500)) && printf '{"serial": "SN-1", "cause": "defect"}\n'
  done >in.jsonl || true
  run --separate-stderr svc --policy golf-carts warranty check --batch in.jsonl
  want=$output told=$stderr
  [ "${#lines[@]}" -ge 4001 ]
  run --separate-stderr svc --policy golf-carts warranty check --batch --jobs 3 in.jsonl
  [ "$output" = "$want" ]
  [ "$stderr" = "$told" ]
}

@test "with several threads, too, a partner at the other end of a pipe gets its answer before it asks again" {
  mkfifo ask answer
  svc --policy golf-carts warranty check --batch --jobs 2 <ask >answer &
  exec 7>ask 8<answer
  printf 'component,cause\nmotor,defect\nmo' >&7
  read -r -t 10 first <&8
  read -r -t 10 second <&8
  [[ $first == component,cause,verdict,* && $second == motor,defect,incomplete,3,* ]]
  printf 'tor,wear\n' >&7
  read -r -t 10 third <&8
  [[ $third == motor,wear,* ]]
  exec 7>&-
  wait $!
  exec 8<&-
}

@test "the number of threads has its bounds" {
  run -2 svc --policy golf-carts warranty check --batch --jobs 0 in.csv
  run -2 svc --policy golf-carts warranty check --batch --jobs 65 in.csv
}
