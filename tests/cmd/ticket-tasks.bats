#!/usr/bin/env bats
# What goes with a ticket's course: duplicates, cancelling, passing up, tasks, checklists, urgency, repairs that come back.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy auto-4s >/dev/null
}

unchanged() { # EXIT ARGUMENT...: refused with this code, in one sentence, and nothing is written
  local wanted=$1 before
  shift
  before=$(svc --tsv log | sha256sum)
  gives "$wanted" "$@"
  [ "$(grep -c '^svc: ' <<<"$output")" = 1 ]
  [ "$before" = "$(svc --tsv log | sha256sum)" ]
}

value() { # FIELD of T1, or of another ticket
  svc --json ticket show "${2:-T1}" | json svc.ticket/1
  field "$1"
}

rebuilt() { # replay gives the same records
  local before
  before=$(svc --tsv ticket list | sha256sum)$(svc --tsv ticket tasks | sha256sum)
  gives 0 doctor --rebuild
  [ "$before" = "$(svc --tsv ticket list | sha256sum)$(svc --tsv ticket tasks | sha256sum)" ]
}

@test "a duplicate is closed in favour of the other, and both tell of it" {
  svc ticket open --symptom brakes >/dev/null
  svc ticket open --symptom 'brakes, second call' >/dev/null
  gives 0 ticket merge T2 T1 'called twice' --key m1
  first=$output
  gives 0 ticket merge T2 T1 'called twice' --key m1
  [ "$first" = "$output" ]
  [ "$(value state T2) $(value outcome T2) $(value merged T2)" = 'closed merged T1' ]
  gives 0 ticket show T1
  says 'ticket T2 merged' 'called twice'
  unchanged 6 ticket merge T2 T1
  unchanged 6 ticket merge T1 T2
  unchanged 6 ticket merge T1 T1
  unchanged 5 ticket merge T1 T9
  rebuilt
  gives 0 ticket reopen T2
  [ "$(value merged T2)" = '' ]
}

@test "tickets of different customers are no duplicates" {
  svc customer add Li >/dev/null
  svc customer add Riverside >/dev/null
  svc ticket open --customer C1 --symptom brakes >/dev/null
  svc ticket open --customer C2 --symptom brakes >/dev/null
  unchanged 6 ticket merge T2 T1
  says C1 C2
}

@test "what the pack says of cancelling binds; where it says nothing the customer may withdraw" {
  svc ticket open --symptom brakes >/dev/null
  unchanged 6 ticket cancel T1
  says auto-4s.01
  svc ticket advance T1 request_appointment >/dev/null
  svc ticket advance T1 book customer_consent=true time_stated=true customer_signature=true bay_free=true >/dev/null
  gives 0 ticket cancel T1 'sold the car'
  [ "$(value stage) $(value state) $(value outcome)" = 'cancelled closed cancelled' ]
  unchanged 6 ticket cancel T1
  svc --policy retail-store ticket open --symptom chair >/dev/null
  gives 0 --policy retail-store ticket cancel T2
  [ "$(value stage T2) $(value state T2) $(value outcome T2)" = 'receive closed cancelled' ]
  rebuilt
}

@test "a ticket is passed up and stays where it is" {
  svc ticket open --symptom brakes >/dev/null
  gives 0 ticket escalate T1 supervisor 'asks for a refund' --at 2026-03-02T09:30:00+08:00
  unchanged 4 ticket escalate T1 supervisor --at 2026-03-02T09:31:00+08:00
  unchanged 4 ticket escalate T1 supervisor --at 2020-01-01
  unchanged 4 ticket escalate T1 $'a\tb'
  unchanged 2 ticket escalate T1 ''
  unchanged 5 ticket escalate T9 supervisor
}

@test "a ticket that was passed up says to whom" {
  svc --now 2026-03-01T09:30:00+08:00 ticket open --symptom brakes >/dev/null
  gives 0 ticket escalate T1 supervisor
  [ "$(value escalated) $(value stage)" = 'supervisor new' ]
  rebuilt
}

# svc ticket done, svc ticket drop
@test "tasks are done, or dropped for a reason" {
  svc ticket open --symptom brakes >/dev/null
  svc ticket advance T1 request_appointment >/dev/null
  svc ticket advance T1 book customer_consent=true time_stated=true customer_signature=true bay_free=true >/dev/null
  svc ticket advance T1 cancel >/dev/null
  gives 0 --json ticket tasks T1
  [ "$(grep -o '"state":"open"' <<<"$output" | wc -l)" = 3 ]
  gives 0 -q ticket "done" J1 'freed at once' --at 2026-03-02T09:30:00+08:00
  [ "$output" = J1 ]
  unchanged 4 ticket "done" J3 --at 2026-03-02T09:29:00+08:00
  gives 0 --json ticket drop J2 'no tools were laid out'
  unchanged 6 ticket "done" J1
  unchanged 6 ticket drop J2 again
  unchanged 2 ticket drop J3
  unchanged 4 ticket "done" J3 --at 2026-03-03
  unchanged 5 ticket "done" J9
  unchanged 4 ticket "done" J3 $'a\x1bb'
  gives 0 --tsv --columns id,state ticket tasks T1
  says $'J1\tdone' $'J2\tdropped' $'J3\topen'
  gives 0 ticket tasks --state open --count
  [ "$output" = 1 ]
  rebuilt
}

@test "steps of a checklist are ticked or explained" {
  svc --policy appliances ticket open --symptom meter >/dev/null
  export SVC_POLICY=appliances
  gives 0 --json ticket checklist T1 delivery
  [ "$(grep -o '"state":"open"' <<<"$output" | wc -l)" = 5 ]
  gives 0 ticket tick T1 meets_contract --stage delivery
  gives 0 ticket tick T1 four_documents --stage delivery --explain 'the manual follows'
  gives 0 --tsv ticket checklist T1 delivery
  says $'meets_contract\tticked' 'the manual follows'
  gives 0 ticket tick T1 four_documents --stage delivery
  gives 0 --tsv ticket checklist T1 delivery
  [[ $output != *'the manual follows'* ]]
  unchanged 5 ticket tick T1 meets_contrac --stage delivery
  says 'did you mean meets_contract'
  unchanged 2 ticket tick T1 meets_contract
  gives 0 policy verify
  gives 0 ticket show T1
  says ticked
}

@test "priority and next due time follow the facts, and end with the ticket" {
  export SVC_POLICY=dept-workflow
  svc policy set dept-workflow resolve_time_p1 '4 hours' >/dev/null
  svc ticket open --symptom pump --variant f >/dev/null
  [ "$(value priority)$(value due)" = '' ]
  svc ticket note T1 important=true urgent=true >/dev/null
  [ "$(value priority) $(value due)" = 'p1 2026-03-02T05:30:00Z' ]
  gives 0 policy verify
  rebuilt
  svc ticket cancel T1 >/dev/null
  [ "$(value due)" = '' ]
}

@test "a repair that comes back names the one it comes back from" {
  export SVC_POLICY=golf-carts
  opening=(SN-1 --symptom 'does not start' component=motor cause=defect)
  svc --now 2026-01-05T09:00:00+08:00 ticket open "${opening[@]}" --register >/dev/null
  svc --now 2026-01-06T09:00:00+08:00 ticket close T1 --outcome repaired >/dev/null
  svc ticket open "${opening[@]}" >/dev/null
  [ "$(value repeats T2)" = T1 ]
  svc ticket open SN-1 --symptom 'flat tyre' component=frame cause=defect >/dev/null
  [ "$(value repeats T3)" = '' ]
}

@test "a step is told with its time, but not before the step before it" {
  svc --now 2026-03-01T09:00:00+08:00 ticket open --symptom brakes >/dev/null
  gives 0 ticket advance T1 request_appointment --at 2026-03-02T08:00:00+08:00
  unchanged 4 ticket advance T1 book customer_consent=true time_stated=true customer_signature=true bay_free=true --at 2026-03-02T07:59:00+08:00
  unchanged 4 ticket advance T1 book customer_consent=true time_stated=true customer_signature=true bay_free=true --at 2026-03-02T09:31:00+08:00
  gives 0 ticket advance T1 book customer_consent=true time_stated=true customer_signature=true bay_free=true --at 2026-03-02T09:00:00+08:00
  rebuilt
}

@test "a ticket does not begin in the middle, and begins anew when it is opened again" {
  unchanged 6 ticket open --symptom brakes stage=repair
  says auto-4s repair
  svc ticket open --symptom brakes >/dev/null
  svc ticket advance T1 receive walk_in=true >/dev/null
  unchanged 6 ticket advance T1 inspect stage=repair
}

@test "the story tells of the ticket and of its records in the order in which it happened, in both languages" {
  svc --now 2026-03-01T09:00:00+08:00 ticket open --symptom brakes >/dev/null
  at() {
    svc --now "2026-03-01T$1:00+08:00" "${@:2}" >/dev/null
  }
  at 09:10 ticket advance T1 request_appointment
  at 09:20 ticket advance T1 book customer_consent=true time_stated=true customer_signature=true bay_free=true
  at 09:30 ticket advance T1 cancel
  at 12:00 ticket "done" J1 'freed' --at 2026-03-01T09:40:00+08:00
  at 09:50 ticket drop J2 'none laid out'
  gives 0 ticket show T1
  said=$(sed '1,/^story:/d; s/^ *[-0-9]* [:0-9]*  tester  //; s/:.*//' <<<"$output")
  [ "$said" = "opened
ask for or propose an appointment
book the appointment
cancel the appointment
task J1 created
task J2 created
task J3 created
task J1 done
task J2 dropped" ]
  gives 0 --lang zh ticket show T1
  said=$(sed '1,/^经过：/d; s/^ *[-0-9]* [:0-9]*  tester  //; s/：.*//' <<<"$output")
  [ "$said" = "开单
提出预约
办理预约
取消预约
任务 J1 新建
任务 J2 新建
任务 J3 新建
任务 J1 完成
任务 J2 不再办理" ]
}
