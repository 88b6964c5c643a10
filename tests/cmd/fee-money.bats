#!/usr/bin/env bats
# What a ticket is charged, what is let go, what is paid.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy furniture-store >/dev/null
  svc ticket open --symptom creaks >/dev/null
}

log_hash() { svc --json log | sha256sum; }

@test "what the pack prices becomes a fee with its clause and its payer" {
  svc --json fee charge T1 --item 'visit*2' verdict=expired >"$BATS_TEST_TMPDIR/list"
  svc --json fee show F1 | json svc.fee/1
  [ "$(field ticket)" = T1 ]
  [ "$(field amount)" = 40.00 ]
  [ "$(field unit_price)" = 20.00 ]
  [ "$(field payer)" = customer ]
  [ "$(field state)" = charged ]
  [ "$(field clause)" = furniture-store.186 ]
  run -0 svc policy verify
}

@test "of two price lists the lower counts, and both are named" {
  svc fee charge T1 --item visit verdict=expired card_price.visit=15.00 >/dev/null
  svc --json fee show F1 | json svc.fee/1
  [ "$(field amount)" = 15.00 ]
  [ "$(field basis)" = card ]
  [ "$(field note)" = "list 20.00, card_price 15.00" ]
}

@test "what the company pays is free, and its cost is kept" {
  svc fee charge T1 --item delivery=45 --item upkeep >/dev/null
  svc --json fee show F1 | json svc.fee/1
  [ "$(field state)" = free ]
  [ "$(field amount)" = 0.00 ]
  [ "$(field cost)" = 45.00 ]
  svc --json fee balance T1 | json svc.balance/1
  [ "$(field cost)" = 45.00 ]
  [ "$(field unknown)" = 1 ]
  [ "$(field open)" = 0.00 ]
  run -0 svc --tsv fee free --from 2026-03-01
  [ "${lines[1]}" = $'delivery\tcompany\t1\t45.00\t0\t0.00\tF1' ]
  [ "${lines[2]}" = $'upkeep\tcompany\t1\t0.00\t1\t0.00\tF2' ]
  run -0 svc --tsv fee free --to 2026-03-01
  [ "${#lines[@]}" = 1 ]
  run -0 svc ticket cancel T1
}

@test "parts whose cost is given come along" {
  svc fee charge T1 --item visit verdict=expired parts_cost=12 >/dev/null
  svc --json fee balance T1 | json svc.balance/1
  [ "$(field charged)" = 32.00 ]
  [ "$(svc --tsv fee list --item parts --columns amount | tail -n 1)" = 12.00 ]
}

@test "parts are paid one by one, and never more than is owed" {
  svc fee charge T1 --item visit --item other_work=80 verdict=expired >/dev/null
  run -6 svc ticket cancel T1
  before=$(log_hash)
  run -6 svc fee pay T1 --amount 100.01
  [[ $output == *"more than the 100.00 owed"* ]]
  run -6 svc fee pay F1 --amount 21
  run -4 svc fee pay F1 --amount 0
  [ "$before" = "$(log_hash)" ]
  svc fee pay T1 --amount 30 >/dev/null
  svc --json fee show F1 | json svc.fee/1
  [ "$(field state)" = paid ]
  svc --json fee show F2 | json svc.fee/1
  [ "$(field state)" = charged ]
  [ "$(field paid)" = 10.00 ]
  svc fee pay F2 --amount 20 --receipt 000381 >/dev/null
  svc fee pay T1 >/dev/null
  run -6 svc fee pay T1
  run -0 svc ticket cancel T1
  svc --json fee receipt T1 | json svc.receipt/1
  [ "$(field open)" = 0.00 ]
  [ "$(field paid)" = 100.00 ]
  [ "$(field payments.0.receipt)" = T1-1 ]
  [ "$(field payments.2.receipt)" = 000381 ]
  [ "$(field payments.3.receipt)" = T1-2 ]
}

@test "the receipt is read in both languages" {
  svc fee charge T1 --item visit verdict=expired >/dev/null
  svc fee pay T1 --amount 5 >/dev/null
  run -0 svc fee receipt T1
  [[ $output == *"Still owed: 15.00"* ]]
  [[ $output == *T1-1* ]]
  run -0 svc --lang zh fee receipt T1
  [[ $output == *"15.00"* ]]
  [[ $output != *owed* ]]
  [[ $output == *客户* ]]
}

@test "a fee is let go for a reason, by whom the pack names" {
  svc fee charge T1 --item visit verdict=expired >/dev/null
  svc fee pay T1 --amount 5 >/dev/null
  run -2 svc fee waive F1
  svc fee waive F1 --reason goodwill >/dev/null
  run -6 svc fee waive F1 --reason again
  svc --json fee balance T1 | json svc.balance/1
  [ "$(field waived)" = 15.00 ]
  [ "$(field open)" = 0.00 ]
  run -0 svc --tsv fee free
  [ "${lines[1]}" = $'visit\tcustomer\t1\t0.00\t1\t15.00\tF1' ]
}

@test "only the role that the pack names may let go, or charge otherwise" {
  mkdir packs
  cat >packs/stoves.yaml <<'YAML'
policy: stoves
title: {en: Stoves, zh: 炉灶}
effective: 2024-01-01
currency: CNY
timezone: Asia/Shanghai
words: {manager: {en: manager, zh: 经理}}
facts:
  items: {one_of: {visit: {en: visit, zh: 上门}}}
  stage: {one_of: {new: {en: new, zh: 新建}, done: {en: done, zh: 完成}}}
  event: {one_of: {finish: {en: finish, zh: 完成}, waive: {en: let go, zh: 免收}, charge: {en: charge, zh: 收费}}}
fees:
  - {clause: stoves.1, item: visit, amount: 20.00, payer: customer}
workflow:
  order: stoves.3
  start: [{clause: stoves.3, from: new}]
  overrides: [{clause: stoves.2, by: manager}]
  flow:
    - {clause: stoves.3, from: new, event: finish, to: done}
clauses:
  stoves.1: {en: "A visit is 20.", zh: 上门费二十元。}
  stoves.2: {en: "The manager may go against it.", zh: 经理可以破例。}
  stoves.3: {en: "In this order.", zh: 按此顺序。}
YAML
  export SVC_POLICY_PATH=$PWD/packs SVC_POLICY=stoves
  svc actor add counter --role clerk >/dev/null
  svc --as counter actor add boss --role manager >/dev/null
  svc --as counter ticket open --symptom cold >/dev/null
  svc --as counter fee charge T2 --item visit >/dev/null
  run -8 svc --as counter fee waive F1 --reason friend
  [[ $output == *manager*stoves.2* ]]
  run -6 svc --as counter fee charge T2 --item visit=30
  [[ $output == *"visit costs 20.00 by stoves.1, not 30.00"* ]]
  run -8 svc --as counter fee charge T2 --item visit=30 --override far
  run -0 svc --as boss fee waive F1 --reason friend
  run -0 svc --as boss fee charge T2 --item visit=30 --override far
  svc --json fee show F2 | json svc.fee/1
  [ "$(field amount)" = 30.00 ]
  [ "$(field reason)" = far ]
  run -0 svc policy verify
}

@test "bad input is one sentence and writes nothing" {
  svc fee charge T1 --item visit verdict=expired >/dev/null
  before=$(log_hash)
  run -5 svc fee charge T9 --item visit
  run -3 svc fee charge T1 --item visit
  [[ $output == *"not known for the fee"* ]]
  run -3 svc fee charge T1 --item other_work verdict=expired
  run -6 svc fee charge T1
  run -6 svc fee charge T1 --item visit=21 verdict=expired
  run -6 svc fee charge T1 --item visit=21 verdict=expired --override why
  run -4 svc fee charge T1 --item 'visit*0' verdict=expired
  run -4 svc fee charge T1 --item 'visit=-3' verdict=expired
  run -4 svc fee charge T1 --item "$(head -c 100000 /dev/zero | tr '\0' x)" verdict=expired
  run -4 svc fee charge T1 --item $'vi\x1bsit' verdict=expired
  run -4 svc fee charge T1 --item visit verdict=expired --at 2026-04-01
  run -2 svc fee charge T1 --item visit nosuchfact=1
  run -5 svc fee pay F9
  run -5 svc fee pay T9
  run -4 svc fee pay T1 --receipt $'a\x07'
  run -4 svc fee pay T1 --at 2026-04-01
  run -4 svc fee pay T1 --at 2026-01-01
  run -5 svc fee waive F9 --reason x
  run -4 svc fee waive F1 --reason $'a\x07'
  run -4 svc fee waive F1 --reason x --at 2026-04-01
  run -5 svc fee balance T9
  run -5 svc fee receipt T9
  [ "$before" = "$(log_hash)" ]
  svc fee pay T1 >/dev/null
  svc ticket cancel T1 >/dev/null
  run -6 svc fee charge T1 --item visit verdict=expired
  [ "$(svc --tsv log | wc -l)" = 7 ]
}

@test "without a pack what a person says is charged; a key counts once; a rebuild changes nothing" {
  svc --db other.db init >/dev/null
  export SVC_DB=other.db
  svc ticket open --symptom cold >/dev/null
  run -3 svc fee charge T1 --item visit
  svc fee charge T1 --item visit=12.50 --key a >/dev/null
  svc fee charge T1 --item visit=12.50 --key a >/dev/null
  [ "$(svc fee list --count)" = 1 ]
  [ "$(svc -q fee pay T1 --amount 2.5 --at 2026-03-02T09:30:00+08:00)" = F1 ]
  before=$(svc --json fee list)
  svc doctor --rebuild >/dev/null
  [ "$before" = "$(svc --json fee list)" ]
}

@test "parts that were used are charged at what they cost, once" {
  svc part add HINGE --component hinge >/dev/null
  svc part receive HINGE 10 --cost 4.50 >/dev/null
  svc part issue HINGE T1 3 >/dev/null
  svc part use I1 2 >/dev/null
  svc fee charge T1 --item visit verdict=expired >/dev/null
  svc fee charge T1 --item adjustment verdict=expired >/dev/null
  run -0 svc --tsv fee list --columns item,amount
  [ "${lines[2]}" = $'parts\t9.00' ]
  [ "${lines[3]}" = $'adjustment\t20.00' ]
  [ "${#lines[@]}" = 4 ]
  run -0 svc policy verify
}
