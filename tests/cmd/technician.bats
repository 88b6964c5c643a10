#!/usr/bin/env bats
# Technicians: skills, zones, hours of duty, absences, what they have to do.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T08:00:00+08:00 TZ=Asia/Shanghai
  svc init --policy auto-4s >/dev/null
}

@test "add, edit, show and list" {
  gives 0 technician add crew-1 --skills gas,electrical --zones city --shift 'mon-fri 08:00-17:30; sat 09:00-12:00'
  svc --json technician show crew-1 | json svc.technician/1
  [ "$(field id)" = E1 ]
  [ "$(field state)" = active ]
  [ "$(field zones)" = city ]
  gives 0 technician edit crew-1 --skills gas
  gives 0 technician list --json --skills gas
  says '"skills":"gas"'
  gives 0 technician add crew-2 -q
  [ "$output" = E2 ]
  gives 0 technician list --count
  [ "$output" = 2 ]
  gives 6 technician add crew-1
}

@test "a shift that nobody understands is refused" {
  svc technician add crew-1 >/dev/null
  before=$(svc --json log | sha256sum)
  for shift in 'weekdays' 'mon-fri' 'mon-fri 08:00-25:00' 'mon 8-17'; do
    gives 4 technician edit crew-1 --shift "$shift"
    says 'not understood as a shift' 'mon-fri 08:00-12:00'
  done
  gives 4 technician add "$(printf 'a\001b')"
  gives 5 technician edit E9 --skills gas
  gives 5 technician absence E9 --from 2026-03-04 --to 2026-03-05
  gives 5 technician load E9
  gives 5 technician leave E9
  gives 2 technician edit E1
  gives 2 technician absence E1 --from 2026-03-04
  gives 4 technician absence E1 --from 2026-03-06 --to 2026-03-04
  says 'ends before it begins'
  gives 4 technician absence E1 --from 2026-03-04 --to 2026-03-05 --reason "$(head -c 100000 /dev/zero | tr '\0' x)"
  gives 4 technician load --from 2026-03-04 --to 2026-03-03
  gives 6 technician return E1
  [ "$before" = "$(svc --json log | sha256sum)" ]
}

@test "an absence names the visits that fall into it" {
  svc technician add crew-1 >/dev/null
  svc ticket open --symptom cold >/dev/null
  svc dispatch assign T1 --technician E1 --from 2026-03-04T09:00 --to 2026-03-04T10:00 --travel 0 >/dev/null
  gives 0 technician absence crew-1 --from 2026-03-04 --to 2026-03-05 --reason training
  says 'V1 of T1 has to be reassigned'
  gives 0 technician absences --technician E1 --json
  says '"reason":"training"'
  gives 1 dispatch check T1 --technician E1 --from 2026-03-05T23:00 --to 2026-03-06T01:00 --travel 0
  says 'crew-1 is away: L1' '2026-03-06 00:00'
}

@test "load counts what is taken and what is free" {
  svc technician add crew-1 --shift 'mon-fri 08:00-12:00 13:00-17:00' >/dev/null
  svc technician add crew-2 >/dev/null
  svc ticket open --symptom cold >/dev/null
  svc dispatch assign T1 --technician E1 --from 2026-03-02T09:00 --to 2026-03-02T10:00 --minutes 90 --travel 30 >/dev/null
  svc technician absence crew-1 --from 2026-03-02T13:00 --to 2026-03-02T15:00 >/dev/null
  gives 0 technician load --from 2026-03-02 --to 2026-03-03 --tsv
  [ "${lines[1]}" = $'E1\tcrew-1\t1\t120\t240' ]
  [ "${lines[2]}" = $'E2\tcrew-2\t0\t0\t' ]
  gives 0 technician load crew-1 --json
  says '"schema":"svc.load/1"'
}

@test "one who leaves has no open visits, and gets none" {
  svc technician add crew-1 >/dev/null
  svc ticket open --symptom cold >/dev/null
  svc dispatch assign T1 --technician E1 --from 2026-03-04T09:00 --to 2026-03-04T10:00 --travel 0 >/dev/null
  gives 6 technician leave E1
  says V1
  svc visit cancel V1 >/dev/null
  gives 0 technician leave E1
  gives 6 dispatch assign T1 --technician E1 --from 2026-03-04T09:00 --to 2026-03-04T10:00 --travel 0
  says 'crew-1 has left'
  gives 0 technician return E1
  gives 0 dispatch assign T1 --technician E1 --from 2026-03-04T09:00 --to 2026-03-04T10:00 --travel 0
  gives 0 doctor --rebuild
}

@test "in Chinese" {
  svc technician add 一组 --skills 电工 --shift 'mon-fri 08:00-17:30' >/dev/null
  gives 0 --lang zh technician show 一组
  says 技能 在职
  gives 4 --lang zh technician edit 一组 --shift abc
  says 班次
}

@test "the shell completes technicians and visits" {
  svc technician add crew-1 --skills gas >/dev/null
  svc ticket open --symptom cold >/dev/null
  svc dispatch assign T1 --technician E1 --from 2026-03-04T09:00 --to 2026-03-04T10:00 --travel 0 >/dev/null
  gives 0 complete -- technician show cr
  says crew-1
  gives 0 complete -- visit depart ''
  says V1
  gives 0 complete -- visit list --technician cr
  says crew-1
}
