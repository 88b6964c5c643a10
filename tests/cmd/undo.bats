#!/usr/bin/env bats
# The last command of who acts, taken back; nothing is erased.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00 SVC_AS=counter
  svc init --policy golf-carts >/dev/null
  svc customer add 'Riverside' --phone 1 >/dev/null
}

# What the desk says of itself, without its log.
records() {
  local noun
  for noun in customer unit ticket actor; do svc --json "$noun" list; done
}

sound() { # doctor finds nothing, and working all out again changes nothing
  records >before
  svc doctor >/dev/null || return
  svc doctor --rebuild >/dev/null || return
  records | cmp - before
}

@test "a command is taken back whole, and counts again when that is taken back" {
  records >start
  svc ticket open SN-9 --register --symptom dead cause=defect component=motor >/dev/null
  records >opened
  gives 0 undo --json
  json svc.undo/1 <<<"$output"
  [ "$(field events.0.subject) $(field events.0.verb) $(field events.0.gone)" = "T1 opened true" ]
  [ "$(field events.1.subject) $(field events.1.verb)" = "U1 registered" ]
  records | cmp - start
  gives 5 ticket show T1
  sound
  gives 0 undo
  says 'counts again: T1 opened' 'counts again: U1 registered'
  records | cmp - opened
  gives 0 policy verify
  sound
  gives 0 undo
  records | cmp - start
  gives 0 undo
  records | cmp - opened
  sound
  [ "$(svc --tsv --columns verb log U1 | tail -n +2 | paste -sd ' ')" = "registered undone redone undone redone" ]
}

@test "an edit, a note with its decision and a closing are taken back" {
  svc customer edit C1 --phone 2 >/dev/null
  svc undo >/dev/null
  [ "$(svc customer show C1 --tsv --columns phone | tail -n 1)" = 1 ]
  svc ticket open --symptom x --product cart cause=defect >/dev/null
  records >open
  svc ticket note T1 'burnt' cause=liquid >/dev/null
  svc --json ticket show T1 | json svc.ticket/1
  noted=$(field decisions.1.id)
  [ -n "$noted" ]
  svc undo >/dev/null
  records | cmp - open
  svc --json ticket show T1 | json svc.ticket/1
  [ -z "$(field decisions.1.id)" ]
  gives 0 policy verify
  svc ticket close T1 >/dev/null
  svc undo >/dev/null
  records | cmp - open
  sound
}

@test "a setting is taken back" {
  mkdir -p packs
  cat >packs/mini.yaml <<'YAML'
policy: mini
title: {en: A small pack, zh: 小政策}
effective: 2026-01-01
currency: CNY
timezone: Asia/Shanghai
settings:
  free_days: {type: duration, clause: mini.02, title: {en: days of free repair, zh: 免费维修天数}}
warranty:
  terms:
    - {clause: mini.01, from: purchase, lasts: {setting: free_days}, remedy: repair}
YAML
  ask() { svc --policy-path packs --policy mini warranty check purchase=2026-02-01 cause=defect >/dev/null; }
  run ask && [ "$status" -eq 3 ]
  svc --policy-path packs policy set mini free_days '30 days' >/dev/null
  run ask && [ "$status" -eq 0 ]
  svc undo >/dev/null
  run ask && [ "$status" -eq 3 ]
  sound
  svc undo >/dev/null
  run ask && [ "$status" -eq 0 ]
  sound
}

@test "each takes back what is his" {
  svc ticket open --customer C1 --symptom x >/dev/null
  svc customer add Zhao >/dev/null
  gives 0 undo
  before=$(svc --json log | sha256sum)
  SVC_AS=bench svc ticket note T1 'seen' >/dev/null
  SVC_AS=bench svc customer edit C1 --phone 3 >/dev/null
  after=$(svc --json log | sha256sum)
  [ "$before" != "$after" ]
  gives 0 undo # Zhao counts again
  gives 0 undo
  SVC_AS=bench svc undo >/dev/null
  [ "$(svc customer show C1 --tsv --columns phone | tail -n 1)" = 1 ]
}

@test "it is refused with the reason, and nothing is written" {
  svc ticket open --customer C1 --symptom x >/dev/null
  SVC_AS=bench svc ticket note T1 'seen' >/dev/null
  svc --json log >log.json
  gives 6 undo
  says 'T1 was noted since'
  SVC_AS=wu gives 6 undo
  says 'nothing to take back'
  svc --json log | cmp - log.json
  SVC_AS=bench svc undo >/dev/null
  gives 0 undo # what was taken back has built nothing
  sound
}

@test "a record that another one refers to stays" {
  SVC_AS=bench svc ticket open --customer Riverside --symptom x >/dev/null
  gives 6 undo
  says 'T1 refers to C1'
  SVC_AS=bench svc undo >/dev/null
  gives 0 undo
  gives 5 customer show C1
  SVC_AS=bench gives 6 undo # its customer is gone
  says 'C1 is gone'
  gives 0 undo
  SVC_AS=bench gives 0 undo
  sound
}

@test "what another one has taken the place of can't count again" {
  svc unit register SN-1 >/dev/null
  svc undo >/dev/null
  SVC_AS=bench svc unit register SN-1 >/dev/null
  gives 6 undo
  sound
}

@test "a rehearsal, a key, the desk itself and an import" {
  svc unit register SN-1 --key k >/dev/null
  svc --json log >log.json
  gives 0 undo --dry-run
  svc --json log | cmp - log.json
  gives 0 undo --key u
  gives 0 undo --key u # shows the first result
  gives 5 unit show SN-1
  gives 0 unit register SN-1 --key k -q # so does this
  [ "$output" = U1 ]
  gives 5 unit show SN-1
  printf 'serial\nA1\n' >units.csv
  svc import units units.csv >/dev/null
  gives 6 undo
  says 'import'
  svc --db own.db --as chen init >/dev/null
  gives 6 --db own.db --as chen undo
}

@test "an article is found no more, and again" {
  svc kb add 'Charger clicks' >/dev/null
  svc undo >/dev/null
  [ -z "$(svc kb search --all clicks -q)" ]
  sound
  svc undo >/dev/null
  [ "$(svc kb search --all clicks -q)" = K1 ]
  sound
}

@test "what must hold holds afterwards: debts, one holder, one place at a time" {
  svc ticket open SN-1 --register --symptom x >/dev/null
  SVC_AS=bench svc ticket close T1 >/dev/null
  svc ticket reopen T1 >/dev/null
  SVC_AS=bench svc custody receive T1 >/dev/null
  gives 6 undo # closed again, T1 would owe G1
  says 'G1 is still in custody'
  SVC_AS=bench svc custody handover G1 >/dev/null
  svc ticket close T1 >/dev/null
  SVC_AS=bench gives 6 undo
  says 'G1 is still in custody'
  svc ticket reopen T1 >/dev/null
  svc ticket open SN-1 --symptom y >/dev/null
  svc custody receive T2 >/dev/null
  SVC_AS=bench gives 6 undo
  says 'in custody already'
  sound
}

@test "a line of a batch is a command of its own" {
  printf '%s\n' '{"command":"customer add","arguments":["A"]}' '{"command":"customer add","arguments":["B"]}' \
    '{"command":"undo"}' | svc batch >answers
  [ "$(svc customer list --tsv --columns name | tail -n +2 | paste -sd ' ')" = "Riverside A" ]
  gives 0 undo
  [ "$(svc customer list --count -q)" = 3 ]
  sound
}
