#!/usr/bin/env bats
# Who goes, and when: nothing is promised that can't be kept.
# The window is several words.
# shellcheck disable=SC2046
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T08:00:00+08:00 TZ=Asia/Shanghai
}

# Two technicians and a ticket of a customer in the suburb; $1: the pack.
crew() {
  svc init --policy "$1"
  svc customer add 'customer A' --zone suburb
  svc technician add crew-1 --skills gas,electrical --zones city,suburb --shift 'mon-fri 08:00-17:30'
  svc technician add crew-2 --skills gas --zones city --shift 'mon-sat 08:00-20:00'
  svc ticket open --symptom cold --customer C1
} >/dev/null

window() { # HOUR HOUR: on Monday
  printf -- '--from 2026-03-02T%s:00 --to 2026-03-02T%s:00 --travel 30' "$1" "$2"
}

@test "a check says yes, or which constraint fails and when it would fit" {
  crew auto-4s
  gives 0 dispatch check T1 --technician crew-1 $(window 09 11)
  svc --json dispatch check T1 --technician E1 $(window 09 11) | json svc.feasibility/1
  [ "$(field verdict)" = feasible ]
  svc dispatch assign T1 --technician E1 $(window 09 11) >/dev/null
  gives 1 dispatch check T1 --technician E1 $(window 10 12) --json
  printf '%s' "$output" | json svc.feasibility/1
  [ "$(field constraint)" = visit ]
  [ "$(field what)" = V1 ]
  [ "$(field slot_from)" = 2026-03-02T03:30:00Z ]
  [ "$(field slot_technician)" = E1 ]
  gives 1 dispatch check T1 --technician E1 $(window 08 09) --json
  says '"constraint":"shift"'
  gives 1 dispatch check T1 --technician E2 $(window 14 15) --needs electrical --json
  says '"constraint":"skill"' '"what":"electrical"' '"slot_technician":"E1"'
  gives 1 dispatch check T1 --technician E2 $(window 14 15) --json
  says '"constraint":"zone"' '"what":"suburb"'
  gives 1 dispatch check T1 --technician E1 --from 2026-03-02T07:00 --to 2026-03-02T08:10 --travel 30 --json
  says '"constraint":"travel"' '"slot_from":"2026-03-02T03:30:00Z"' # before the visit there is no room
  gives 0 --lang zh dispatch candidates T1 $(window 09 11)
  says 可行
}

@test "what does not fit is not promised" {
  crew auto-4s
  gives 0 dispatch assign T1 --technician E1 $(window 09 11) --minutes 60 --note 'ring twice' -q
  [ "$output" = V1 ]
  before=$(svc --json log | sha256sum)
  gives 6 dispatch assign T1 --technician E1 $(window 10 12)
  says 'crew-1 is taken by another visit: V1' '2026-03-02T11:30 to 2026-03-02T13:30'
  gives 6 dispatch assign T1 --technician E2 $(window 14 15)
  gives 6 dispatch reassign V1 --technician E2
  gives 6 dispatch reassign V1 --from 2026-03-02T07:00 --to 2026-03-02T09:00
  gives 5 dispatch assign T9 --technician E1 $(window 14 15)
  gives 5 dispatch assign T1 --technician E9 $(window 14 15)
  gives 5 dispatch reassign V9 --technician E1
  gives 4 dispatch assign T1 --technician E1 --from 2026-02-02T14:00 --to 2026-02-02T15:00 --travel 0
  says 'the window is over already'
  gives 4 dispatch assign T1 --technician E1 $(window 15 14)
  gives 4 dispatch assign T1 --technician E1 --from 2026-03-03 --to 2026-05-03
  gives 4 dispatch assign T1 --technician E1 $(window 14 15) --minutes=-1
  gives 4 dispatch assign T1 --technician E1 --from 2026-03-02T14:00 --to 2026-03-02T15:00 --travel=-1
  gives 4 dispatch assign T1 --technician E1 $(window 14 15) --minutes 9223372036854775807
  gives 4 dispatch assign T1 --technician E1 $(window 14 15) --note "$(printf 'a\001b')"
  gives 2 dispatch assign T1 --technician E1 --from 2026-03-02T14:00
  gives 2 dispatch assign T1 $(window 14 15)
  gives 2 dispatch reassign V1
  gives 2 dispatch reassign V1 --from 2026-03-02T14:00
  [ "$before" = "$(svc --json log | sha256sum)" ]
}

@test "reassign gives another technician, another time, or both" {
  crew auto-4s
  svc technician edit E2 --zones '' >/dev/null
  svc dispatch assign T1 --technician E1 $(window 09 11) >/dev/null
  gives 0 dispatch reassign V1 --technician crew-2 --from 2026-03-02T10:00 --to 2026-03-02T12:00
  svc --json visit show V1 | json svc.visit/1
  [ "$(field technician)" = E2 ]
  [ "$(field starts)" = 2026-03-02T02:00:00Z ]
  gives 0 dispatch assign T1 --technician E1 $(window 09 11)
  gives 0 doctor --rebuild
  SVC_NOW=2026-03-02T09:30:00+08:00 svc visit depart V1 >/dev/null
  gives 6 dispatch reassign V1 --technician E1
  says 'only a planned visit'
}

@test "a closed ticket gets no visit, and a key plans one visit" {
  crew auto-4s
  gives 0 dispatch assign T1 --technician E1 $(window 09 11) --key plan-1 -q
  gives 0 dispatch assign T1 --technician E1 $(window 09 11) --key plan-1 -q
  [ "$output" = V1 ]
  gives 0 visit list --count
  [ "$output" = 1 ]
  gives 6 dispatch assign T1 --technician E1 $(window 12 13) --key plan-1
  svc init --db other.db >/dev/null
  svc --db other.db technician add crew-1 >/dev/null
  svc --db other.db ticket open --symptom cold >/dev/null
  svc --db other.db ticket close T1 >/dev/null
  gives 6 --db other.db dispatch assign T1 --technician E1 $(window 12 13)
  says 'closed already'
}

@test "the rules of the pack bind, and their decision is kept" {
  crew decoration
  svc technician edit E2 --zones '' >/dev/null
  saturday='--technician E2 --from 2026-03-07T10:00 --to 2026-03-07T11:00 --travel 0'
  before=$(svc --json log | sha256sum)
  gives 3 dispatch assign T1 $saturday
  says severity
  gives 6 dispatch assign T1 $saturday severity=normal
  says decoration.26 'the nearest window that fits: 2026-03-06T'
  [ "$before" = "$(svc --json log | sha256sum)" ]
  gives 0 dispatch assign T1 $saturday severity=emergency
  gives 0 policy verify
  gives 0 ticket show T1
  says 'visit V1 planned' dispatched
  gives 4 dispatch check T1 --technician E1 $(window 09 11) travel_minutes=abc
  gives 2 dispatch check T1 --technician E1 $(window 09 11) nosuchfact=1
}

@test "what the rules say beside is shown" {
  crew furniture-store
  gives 0 dispatch assign T1 --technician E1 $(window 09 11)
  says 'leave by 2026-03-02 08:00'
  gives 1 dispatch check T1 --technician E1 $(window 10 11) user_consent=true --json
  says '"then":"apologise,explain,reschedule"'
}

@test "candidates come in the order of the pack's rules, else by what they have to do" {
  crew auto-4s
  svc technician edit E2 --zones '' >/dev/null
  svc technician add crew-3 >/dev/null
  svc dispatch assign T1 --technician E1 $(window 15 16) >/dev/null
  gives 0 dispatch candidates T1 $(window 09 11) --tsv
  [ "$(cut -f1,3,4 <<<"${lines[1]}")" = $'E2\tfeasible\t' ]
  [ "$(cut -f1,3,4 <<<"${lines[2]}")" = $'E3\tfeasible\t' ]
  [ "$(cut -f1,3,4 <<<"${lines[3]}")" = $'E1\tfeasible\t' ]
  gives 0 dispatch candidates T1 $(window 09 11) --needs gas,electrical -q
  [ "$output" = $'E1\nE2\nE3' ]
  gives 0 dispatch candidates T1 $(window 15 16) --json
  says '"constraint":"visit"'
  gives 5 dispatch candidates T9 $(window 09 11)
}

@test "the pack chooses among candidates" {
  crew dept-workflow
  svc technician edit E1 --skills electrical --shift 'mon-fri 09:00-17:30' >/dev/null
  svc technician edit E2 --skills electrical --zones '' --shift '' >/dev/null
  svc technician add crew-3 --skills mechanical >/dev/null
  gives 0 dispatch candidates T1 $(window 10 11) --needs electrical variant=a -q
  [ "${lines[0]}" = E2 ] # free first
  svc dispatch assign T1 --technician E2 $(window 15 16) --needs electrical variant=a >/dev/null
  gives 0 dispatch candidates T1 $(window 10 11) --needs electrical variant=a -q
  [ "$output" = $'E1\nE2\nE3' ] # fewest open jobs first
  gives 3 dispatch candidates T1 $(window 10 11) variant=a
  says needs
}

@test "the board shows a day: visits, absences, free time" {
  crew auto-4s
  svc dispatch assign T1 --technician E1 $(window 09 11) >/dev/null
  svc technician absence E1 --from 2026-03-02T14:00 --to 2026-03-02T15:00 >/dev/null
  gives 0 dispatch board --day 2026-03-02 --technician E1 --tsv --columns from,to,what,record,state
  [ "${lines[1]}" = $'2026-03-02T00:00:00Z\t2026-03-02T00:30:00Z\tfree\t\t' ]
  [ "${lines[2]}" = $'2026-03-02T01:00:00Z\t2026-03-02T03:00:00Z\tvisit\tV1\tplanned' ]
  [ "${lines[3]}" = $'2026-03-02T03:00:00Z\t2026-03-02T06:00:00Z\tfree\t\t' ]
  [ "${lines[4]}" = $'2026-03-02T06:00:00Z\t2026-03-02T07:00:00Z\tabsence\tL1\t' ]
  [ "${lines[5]}" = $'2026-03-02T07:00:00Z\t2026-03-02T09:30:00Z\tfree\t\t' ]
  gives 0 dispatch board --json
  says '"name":"crew-2"'
  gives 0 --lang zh dispatch board
  says 空闲
  gives 5 dispatch board --technician E9
}

@test "a small shop without a pack plans its visits too" {
  svc init >/dev/null
  svc technician add crew-1 >/dev/null
  svc ticket open --symptom cold >/dev/null
  gives 0 dispatch assign T1 --technician crew-1 --from 2026-03-02T09:00 --to 2026-03-02T10:00
  says 'counts as 0 minutes'
  gives 6 dispatch assign T1 --technician crew-1 --from 2026-03-02T09:59 --to 2026-03-02T11:00 --travel 0
  gives 0 dispatch candidates T1 --from 2026-03-02T09:59 --to 2026-03-02T11:00 --travel 0 -q
  [ "$output" = E1 ]
}

@test "of many at once one gets the hour" {
  crew auto-4s
  for number in 1 2 3 4; do
    {
      code=0
      "$PROGRAM" dispatch assign T1 --technician E1 $(window 09 11) -q >/dev/null 2>&1 || code=$?
      echo $code >"exit.$number"
    } &
  done
  wait
  [ "$(sort exit.* | tr '\n' ' ')" = '0 6 6 6 ' ]
  gives 0 visit list --count
  [ "$output" = 1 ]
}
