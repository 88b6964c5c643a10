#!/usr/bin/env bats
# What nobody types is read from the unit's own tickets, and answers as if it had been typed.
load setup
load reply

setup() {
  scratch
  export SVC_POLICY_PATH=$HOME/packs:$SOURCE/policies
  mkdir packs
  cat >packs/lathes.yaml <<'YAML'
policy: lathes
title: {en: Lathes, zh: 车床}
effective: 2020-01-01
currency: CNY
timezone: Asia/Shanghai
facts:
  component: {one_of: {spindle: {en: spindle, zh: 主轴}, tailstock: {en: tailstock, zh: 尾座}}}
  items: {one_of: {visit: {en: home visit, zh: 上门费}}}
warranty:
  terms:
    - {clause: lathes.1, from: [replacement, purchase], lasts: 1 year, pauses: repair, remedy: repair}
    - {clause: lathes.2, from: repaired, lasts: 90 days, remedy: repair, when: {component: spindle, repaired: {is: known}}}
  after:
    - {clause: lathes.3, remedy: paid_repair}
returns:
  options:
    - {clause: lathes.4, remedy: refund, from: purchase, lasts: 3 years, when: {same_fault_repairs: {at_least: 2}}}
    - {clause: lathes.5, remedy: exchange, from: purchase, lasts: 3 years, when: {repair_days: {at_least: 23}}}
  exclusions:
    - {clause: lathes.6, when: {exchanged_without_fault: {at_least: 1}}, bars: exchange}
fees:
  - {clause: lathes.7, item: visit, when: {verdict: covered}, payer: company}
  - {clause: lathes.8, item: visit, when: {not: {verdict: covered}}, payer: customer, amount: 20.00}
YAML
}

ticket() { # SERIAL OPENED CLOSED OUTCOME FACT...
  local serial=$1 opened=$2 closed=$3 outcome=$4 number
  shift 4
  number=$(svc -q --now "$opened" ticket open "$serial" "${words[@]}" "$@")
  svc --now "$closed" ticket close "$number" --outcome "$outcome"
} >/dev/null

# A life: replaced after ten days in repair, then repaired twice, 15 and 8 days.
life() { # SERIAL FACT...
  local serial=$1
  shift
  words=()
  ticket "$serial" 2024-08-01T09:00+08:00 2024-08-11T09:00+08:00 replaced "$@"
  ticket "$serial" 2024-10-01T09:00+08:00 2024-10-16T00:30+08:00 repaired "$@"
  ticket "$serial" 2025-01-10T23:30+08:00 2025-01-18T09:00+08:00 repaired "$@"
}

# The unit's answer is that of the facts typed in, at every question and on the days about each end.
same() { # PACK SALE SERIAL FACT...
  local pack=$1 sale=$2 serial=$3 day ask noun verb asked
  local history=(replacement=2024-08-11 repaired=2025-01-18 repair_days=23 same_fault_repairs=2 exchanged_without_fault=0)
  shift 3
  for day in 2025-01-31 2025-07-01 2025-08-11 2025-08-12 2025-09-03 2025-09-04 2026-01-01 2027-07-01; do
    for ask in 'warranty check' 'return check want=refund' 'return check want=exchange' 'fee quote items=visit'; do
      [[ $pack != office-furniture || $ask != fee* ]] || continue
      read -r noun verb asked <<<"$ask"
      "$PROGRAM" --now "$day" --json "$noun" "$verb" "$serial" $asked "$@" >records.json || true
      "$PROGRAM" --now "$day" --json --policy "$pack" "$noun" "$verb" "$sale" "${history[@]}" $asked "$@" >typed.json || true
      grep -q '"verdict"' typed.json
      diff typed.json records.json
    done
  done
}

@test "two repairs, a replacement and 23 days in repair answer as typed: a pack that starts anew with a replacement" {
  svc init --policy office-furniture
  svc unit register D-1 --delivery 2024-06-01
  life D-1 fault=quality
  same office-furniture delivery=2024-06-01 D-1 fault=quality
  svc --json --now 2025-07-01 return check D-1 fault=quality want=refund | json svc.ask.return/1
  [ "$(field verdict)" = accepted ]
}

@test "two repairs, a replacement and 23 days in repair answer as typed: a pack whose terms pause in repair" {
  svc init --policy lathes
  svc unit register L-1 --purchase 2024-06-01
  life L-1 component=spindle cause=defect
  same lathes purchase=2024-06-01 L-1 component=spindle cause=defect
  svc --json --now 2025-07-01 warranty check L-1 component=spindle cause=defect | json svc.ask.warranty/1
  [ "$(field starts)" = 2024-08-11 ]
  [ "$(field ends)" = 2025-09-03 ] # a year and 23 days
}

@test "what is typed wins, and what the unit's record says is not lost" {
  svc init --policy lathes
  svc unit register L-1 --purchase 2024-06-01 --replacement 2024-12-01
  life L-1 component=spindle cause=defect
  svc --json --now 2025-07-01 warranty check L-1 | json svc.ask.warranty/1
  [ "$(field ends)" = 2025-12-09 ] # eight days since the replacement of the record, which is the later one
  svc --json --now 2025-07-01 warranty check L-1 repair_days=0 | json svc.ask.warranty/1
  [ "$(field ends)" = 2025-12-01 ]
  svc --json --now 2025-07-01 warranty check L-1 更换日期=2024-08-11 | json svc.ask.warranty/1
  [ "$(field ends)" = 2025-09-03 ]
}

@test "a batch answers from the records, too" {
  svc init --policy lathes
  svc unit register L-1 --purchase 2024-06-01
  svc unit register L-2 --purchase 2024-06-01
  life L-1 component=spindle cause=defect
  printf 'serial\nL-1\nL-2\n' >units.csv
  svc --now 2025-07-01 warranty check --batch units.csv >answers.csv
  grep -q '^L-1,covered,0,repair,2024-08-11,2025-09-03,' answers.csv
  grep -q '^L-2,expired,1,paid_repair,2024-06-01,2025-06-01,' answers.csv
}

@test "a new ticket is decided on with the unit's past, and keeps what it was decided on" {
  svc init --policy lathes
  svc unit register L-1 --purchase 2024-06-01
  life L-1 component=spindle cause=defect
  svc -q --now 2025-07-01 ticket open L-1 component=spindle cause=defect >/dev/null
  svc --json --now 2025-07-02 ticket show T4 | json svc.ticket/1
  [ "$(field decisions.0.facts.repair_days)" = 23 ]
  [ "$(field decisions.0.facts.same_fault_repairs)" = 2 ]
  svc --json --now 2025-07-11 warranty check L-1 component=spindle cause=defect --explain | json svc.ask.warranty/1
  [ "$(field ends)" = 2025-09-13 ] # the open one counts to the day of the claim
  svc --now 2025-07-21 ticket note T4 'spindle bearing' component=spindle
  svc --json --now 2025-07-21 ticket show T4 | json svc.ticket/1
  [ "$(field decisions.1.facts.repair_days)" = 23 ]
}

@test "other faults are not counted, and where the records can't tell, the counter is asked" {
  svc init --policy lathes
  svc unit register L-1 --purchase 2024-06-01
  words=()
  ticket L-1 2024-08-01 2024-08-05 repaired component=spindle
  ticket L-1 2024-09-01 2024-09-05 repaired component=tailstock
  ticket L-1 2024-10-01 2024-10-05 repaired component=spindle
  run -0 svc --now 2025-07-01 -q return check L-1 component=spindle want=refund
  run -1 svc --now 2025-07-01 -q return check L-1 component=tailstock want=refund
  svc --json --now 2025-07-01 return check L-1 want=refund | json svc.ask.return/1 || true
  [ "$(field missing.0)" = same_fault_repairs ]
}

@test "where nobody named a component, the words of the customers tell faults apart" {
  svc init --policy lathes
  svc unit register L-1 --purchase 2024-06-01
  words=(--symptom 'it hums')
  ticket L-1 2024-08-01 2024-08-05 repaired
  ticket L-1 2024-09-01 2024-09-05 repaired
  words=(--symptom 'it leaks')
  ticket L-1 2024-10-01 2024-10-05 repaired
  svc -q --now 2025-01-01 ticket open L-1 --symptom 'It hums' >/dev/null
  svc -q --now 2025-01-01 ticket open L-1 --symptom 'it squeaks' >/dev/null
  svc --json ticket show T4 | json svc.ticket/1
  [ "$(field decisions.0.facts.same_fault_repairs)" = 2 ]
  svc --json ticket show T5 | json svc.ticket/1
  [ "$(field decisions.0.facts.same_fault_repairs)" = 0 ]
}
