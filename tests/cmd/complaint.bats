#!/usr/bin/env bats
# A complaint: its steps, what is owed, when it goes higher, and its end.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy service-code >/dev/null
  svc ticket open --kind complaint --symptom 'rude at the counter' >/dev/null
}

log_hash() { svc --json log | sha256sum; }

@test "the steps and what is owed, and which are done" {
  svc complaint step T1 apology --at 2026-03-02T09:30:00+08:00 >/dev/null
  svc complaint step T1 listen --skip 'hung up' >/dev/null
  svc --json complaint show T1 | json svc.complaint/1
  [ "$(field verdict)" = open ]
  [ "$(field steps.0.id)" = apology ]
  [ "$(field steps.0.owed)" = true ]
  [ "$(field steps.0.done)" = 2026-03-02T01:30:00Z ]
  [ "$(field steps.1.id)" = listen ]
  [ "$(field steps.1.skipped)" = "hung up" ]
  [ "$(field steps.2.id)" = write_down ]
  [ "$(field steps.2.done)" = "" ]
  run -0 svc --lang zh complaint show T1
  [[ $output == *投诉* ]]
}

@test "it ends only when all is done or explained" {
  run -6 svc ticket close T1
  [[ $output == *"apology is owed by service-code.32"* ]]
  svc complaint step T1 apology >/dev/null
  svc complaint step T1 listen >/dev/null
  svc complaint step T1 write_down --skip 'it was an e-mail' >/dev/null
  run -6 svc complaint close T1
  [[ $output == *"apologise is to be done by service-code.32"* ]]
  run -6 svc complaint close T1 --override why
  [[ $output == *nobody* ]]
  svc complaint step T1 apologise >/dev/null
  run -0 svc --lang zh ticket show T1
  [[ $output == *说明未做* ]]
  svc --json complaint close T1 --outcome settled --text 'she is content' | json svc.ticket/1
  [ "$(field state)" = closed ]
  [ "$(field outcome)" = settled ]
  run -6 svc complaint step T1 listen
  run -0 svc policy verify
}

@test "one in a workflow ends by it, when nothing is owed" {
  svc --db mall.db init --policy mall-service >/dev/null
  export SVC_DB=mall.db
  svc ticket open --kind complaint --symptom 'rude at the counter' >/dev/null
  for step in restate reorganise explain_by_asking retain follow_up; do
    svc ticket advance T1 "$step" >/dev/null
  done
  run -6 svc ticket advance T1 close apology_recorded=true followup_date_set=true
  [[ $output == *"apology is owed by mall-service.25"* ]]
  for step in apology thanks listen restate reorganise explain_by_asking retain follow_up; do
    svc complaint step T1 "$step" >/dev/null
  done
  run -0 svc complaint close T1 apology_recorded=true followup_date_set=true compensation=false concession=false
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field state)" = closed ]
  [ "$(field stage)" = closed ]
  run -0 svc policy verify
}

@test "what has to go higher has a day, and does not end before" {
  svc --db crm.db init --policy auto-crm >/dev/null
  export SVC_DB=crm.db
  svc ticket open --kind complaint --symptom 'not called back' >/dev/null
  run -3 svc complaint show T1
  run -3 svc complaint close T1
  [[ $output == *stage* ]]
  svc complaint step T1 stage=unsolved >/dev/null
  run -1 svc complaint show T1
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field due)" = 2026-03-04T15:59:59Z ]
  run -6 svc complaint close T1
  [[ $output == *"auto-crm.27 wants it escalated"* ]]
  svc complaint escalate T1 manager --text insists >/dev/null
  run -6 svc complaint escalate T1 manager
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field escalated)" = manager ]
  [ "$(field due)" = "" ]
  svc complaint step T1 report_to_business_head >/dev/null
  svc complaint step T1 tell_solution >/dev/null
  run -0 svc complaint close T1
  run -0 svc policy verify
}

@test "where the pack names who may, it ends all the same" {
  mkdir packs
  cat >packs/stoves.yaml <<'YAML'
policy: stoves
title: {en: Stoves, zh: 炉灶}
effective: 2024-01-01
currency: CNY
timezone: Asia/Shanghai
words:
  manager: {en: manager, zh: 经理}
  apology: {en: apology, zh: 道歉}
facts:
  stage: {one_of: {new: {en: new, zh: 新建}, done: {en: done, zh: 完成}}}
  event: {one_of: {finish: {en: finish, zh: 完成}}}
complaints:
  - {clause: stoves.1, owed: [apology]}
workflow:
  order: stoves.3
  start: [{clause: stoves.3, from: new}]
  ends: [{clause: stoves.3, stage: done}]
  overrides: [{clause: stoves.2, by: manager}]
  flow:
    - {clause: stoves.3, from: new, event: finish, to: done}
clauses:
  stoves.1: {en: "An apology is owed.", zh: 应当道歉。}
  stoves.2: {en: "The manager may go against it.", zh: 经理可以破例。}
  stoves.3: {en: "In this order.", zh: 按此顺序。}
YAML
  export SVC_POLICY_PATH=$PWD/packs SVC_DB=stoves.db
  svc init --policy stoves >/dev/null
  svc actor add counter --role clerk >/dev/null
  svc --as counter actor add boss --role manager >/dev/null
  svc --as counter ticket open --kind complaint --symptom cold >/dev/null
  run -6 svc --as counter ticket advance T1 finish
  run -8 svc --as counter complaint close T1 --override 'moved away'
  [[ $output == *manager*stoves.2* ]]
  run -0 svc --as boss complaint close T1 --override 'moved away'
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field state)" = closed ]
  run -0 svc policy verify
}

@test "bad input is one sentence and writes nothing" {
  svc ticket open --symptom cold >/dev/null
  svc complaint step T1 apology >/dev/null
  before=$(log_hash)
  run -4 svc complaint step T1 lisen
  [[ $output == *"did you mean listen?"* ]]
  run -6 svc complaint step T1 apology
  run -6 svc complaint step T2 apology
  run -6 svc complaint show T2
  run -5 svc complaint step T9 apology
  run -5 svc complaint show T9
  run -5 svc complaint escalate T9 manager
  run -5 svc complaint close T9
  run -2 svc complaint step T1
  run -2 svc complaint step T1 --skip why
  run -2 svc complaint step T1 nosuchfact=1
  run -4 svc complaint step T1 listen --at 2026-03-03
  run -4 svc complaint step T1 listen --skip $'a\x07'
  run -4 svc complaint step T1 listen --text $'a\x07'
  run -4 svc complaint step T1 "$(head -c 100000 /dev/zero | tr '\0' x)"
  run -4 svc complaint escalate T1 ''
  run -4 svc complaint escalate T1 $'a\x1b'
  [ "$before" = "$(log_hash)" ]
}

@test "without a pack any step is written down; a key counts once; a rebuild changes nothing" {
  svc --db other.db init >/dev/null
  export SVC_DB=other.db
  svc ticket open --kind complaint --symptom rude >/dev/null
  svc complaint step T1 called_back --key a >/dev/null
  svc complaint step T1 called_back --key a >/dev/null
  svc --json complaint show T1 | json svc.complaint/1
  [ "$(field steps.0.id)" = called_back ]
  svc complaint escalate T1 manager >/dev/null
  svc complaint close T1 >/dev/null
  before=$(svc --json ticket show T1)
  svc doctor --rebuild >/dev/null
  [ "$before" = "$(svc --json ticket show T1)" ]
}
