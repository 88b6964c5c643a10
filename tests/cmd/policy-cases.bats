#!/usr/bin/env bats
# Boundary cases of packs, and which rules the cases of a run exercise.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

write_pack() { # FILE PERIOD
  cat >"$1" <<PACK
policy: mini
title: {en: A small pack, zh: 小政策}
effective: 2020-01-01
currency: CNY
timezone: Asia/Shanghai
facts:
  hours_run: {number: {min: 0, max: 100000}, title: {en: hours run, zh: 运行小时}}
warranty:
  terms:
    - {clause: mini.01, from: purchase, lasts: $2, remedy: repair}
    - {clause: mini.02, when: {hours_run: {below: 500}}, from: purchase, lasts: $2, remedy: replace}
  exclusions:
    - {clause: mini.03, when: {cause: [misuse, liquid]}}
PACK
}

@test "the cases of a pack pass as they are written, and exercise every rule" {
  write_pack mini.yaml '1 year'
  svc policy cases ./mini.yaml >edges.yaml
  run -0 svc policy test edges.yaml --coverage
  [[ ${lines[-1]} == *" passed, 0 failed" && ${lines[-2]} == "3 of 3 rules exercised" ]]
}

@test "both sides of each edge stand among them, each once" {
  write_pack mini.yaml '1 year'
  svc policy cases ./mini.yaml >edges.yaml
  grep -q 'claim: 2025-03-18' edges.yaml
  grep -q 'claim: 2025-03-19' edges.yaml
  grep -q 'claim: 2024-03-17' edges.yaml
  grep -q 'hours_run: 499' edges.yaml
  grep -q 'hours_run: 500' edges.yaml
  grep -q 'cause: misuse' edges.yaml
  grep -q 'the day after 1 year from' edges.yaml
  [ "$(grep -o 'given: .*' edges.yaml | sort | uniq -d | wc -l)" -eq 0 ]
}

@test "a changed period fails the cases of the old one" {
  write_pack mini.yaml '1 year'
  svc policy cases ./mini.yaml >edges.yaml
  write_pack mini.yaml '11 months'
  run -1 svc policy test edges.yaml
  [[ $output == *2025-02-18* ]]
}

@test "only the asks that are wanted; one that the pack has no rules for is wrong usage" {
  svc policy cases golf-carts --ask warranty >edges.yaml
  [ "$(grep -c '  ask: warranty' edges.yaml)" -eq "$(grep -c '^- id:' edges.yaml)" ]
  write_pack mini.yaml '1 year'
  run -2 svc policy cases ./mini.yaml --ask fee
  run -2 svc policy cases ./mini.yaml --ask fees
}

@test "cases as JSON, and why in Chinese" {
  svc policy cases appliances --json | json svc.policy.cases/1
  run -0 --separate-stderr svc --lang zh policy cases appliances --ask warranty
  [[ $output == *"最后一天"* ]]
}

@test "the cases of every pack that ships pass" {
  for pack in "$SOURCE/policies"/*.yaml; do
    svc policy cases "$(basename "$pack" .yaml)" >"$(basename "$pack")" 2>>said
  done
  run -0 --separate-stderr svc policy test *.yaml --coverage
  [ -z "$stderr" ]
  [[ $output != *"no case exercises"* ]]
}

@test "no case of a pack that ships is incomplete without a reason, and no id stands twice" {
  packs=("$SOURCE/policies"/*.yaml)
  packs=("${packs[@]##*/}")
  run -0 python3 "$BATS_TEST_DIRNAME/policy_cases.py" "$PROGRAM" "${packs[@]%.yaml}"
}

@test "coverage names what no case exercises, by line, and keeps the last line" {
  write_pack mini.yaml '1 year'
  cat >few.yaml <<'CASES'
- id: mini/one
  policy: ./mini.yaml
  ask: warranty
  given: {purchase: 2025-03-01, claim: 2025-04-01, hours_run: 500, cause: defect}
  expect: {verdict: covered}
CASES
  run -0 svc policy test few.yaml --coverage
  [[ ${lines[0]} == *"mini.yaml:11: no case exercises mini.02: "* && ${lines[1]} == *"mini.yaml:13: no case exercises mini.03: "* ]]
  [[ ${lines[2]} == "1 of 3 rules exercised" && ${lines[3]} == "1 passed, 0 failed" ]]
  svc policy test few.yaml --coverage --json | json svc.policy.test/1
  [ "$(field rules)" = 3 ]
}
