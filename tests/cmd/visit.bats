#!/usr/bin/env bats
# A visit from the departure to its end, and what it leaves to the next one.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T08:00:00+08:00 TZ=Asia/Shanghai
}

visit() { # PACK...: one from nine to eleven on Monday
  svc init ${1:+--policy "$1"}
  svc technician add crew-1
  svc ticket open --symptom cold
  svc dispatch assign T1 --technician E1 --from 2026-03-02T09:00 --to 2026-03-02T11:00 --travel 30
} >/dev/null

at() { # TIME: the rest of the test happens then
  export SVC_NOW=2026-03-02T$1+08:00
}

@test "the whole course; who is late is known from the events" {
  visit
  at 08:40:00
  gives 0 visit depart V1
  at 11:20:59
  gives 0 visit arrive V1
  svc --json visit show V1 | json svc.visit/1
  [ "$(field late)" = 20 ]
  at 11:30:00
  gives 0 visit start V1
  gives 6 ticket close T1
  says 'V1 is not over'
  at 12:00:00
  gives 0 visit finish V1
  svc --json visit show V1 | json svc.visit/1
  [ "$(field state)" = finished ]
  [ "$(field departed)" = 2026-03-02T00:40:00Z ]
  [ "$(field finished)" = 2026-03-02T04:00:00Z ]
  gives 0 ticket close T1
  gives 0 doctor --rebuild
  svc --json visit show V1 | json svc.visit/1
  [ "$(field late)" = 20 ]
  gives 0 visit list --state finished --technician E1 --count
  [ "$output" = 1 ]
  gives 0 --lang zh visit show V1
  says 已完成
}

@test "within the last minute of the window nobody is late" {
  visit
  at 11:00:59
  svc visit arrive V1 >/dev/null
  svc --json visit show V1 | json svc.visit/1
  [ "$(field late)" = 0 ]
}

@test "what happened is told afterwards, in its order" {
  visit
  at 12:00:00
  gives 0 visit depart V1 --at 2026-03-02T08:40 'by the ring road'
  gives 4 visit arrive V1 --at 2026-03-02T08:39
  gives 4 visit arrive V1 --at 2026-03-02T12:01
  gives 0 visit arrive V1 --at 2026-03-02T09:10
  gives 0 visit finish V1 --at 2026-03-02T10:00
  svc --json visit show V1 | json svc.visit/1
  [ "$(field arrived)" = 2026-03-02T01:10:00Z ]
  [ "$(field note)" = 'by the ring road' ]
}

@test "what is not allowed changes nothing" {
  visit
  before=$(svc --json log | sha256sum)
  gives 6 visit start V1
  gives 6 visit finish V1
  gives 6 visit drop V1
  gives 6 visit next V1 --from 2026-03-03T09:00 --to 2026-03-03T10:00
  says 'not over yet'
  gives 5 visit depart V9
  gives 5 visit next V9 --from 2026-03-03T09:00 --to 2026-03-03T10:00
  gives 5 visit show V9
  gives 4 visit cancel V1 "$(printf 'a\001b')"
  gives 2 visit depart V1 --at never
  gives 2 visit next V1
  [ "$before" = "$(svc --json log | sha256sum)" ]
  svc visit cancel V1 'the customer called' >/dev/null
  before=$(svc --json log | sha256sum)
  for verb in depart arrive start finish no-one-home cancel drop; do gives 6 visit $verb V1; done
  [ "$before" = "$(svc --json log | sha256sum)" ]
}

@test "a visit half done carries the rest to the next one" {
  visit
  at 09:10:00
  svc visit arrive V1 >/dev/null
  gives 0 visit finish V1 --remaining 'fit the second panel'
  gives 6 ticket close T1
  says 'V1 left something to do' 'svc visit next V1'
  gives 0 visit next V1 --from 2026-03-03T09:00 --to 2026-03-03T10:00 -q
  [ "$output" = V2 ]
  svc --json visit show V2 | json svc.visit/1
  [ "$(field follows)" = V1 ]
  [ "$(field note)" = 'fit the second panel' ]
  [ "$(field technician)" = E1 ]
  [ "$(field travel)" = 30 ]
  gives 6 visit next V1 --from 2026-03-04T09:00 --to 2026-03-04T10:00
  says 'follows V1 already'
  svc visit cancel V2 >/dev/null
  gives 6 ticket close T1
  gives 0 visit drop V1 'the customer does it'
  gives 6 visit drop V1
  gives 0 ticket close T1
  gives 0 doctor --rebuild
}

@test "nobody at home: the visit is over, and another may follow" {
  visit
  at 09:10:00
  svc visit depart V1 >/dev/null
  gives 0 visit no-one-home V1 'rang twice' --key rang
  gives 0 visit no-one-home V1 'rang twice' --key rang
  gives 0 log V1 --verb no_one_home --json
  [ "$(grep -o '"no_one_home"' <<<"$output" | wc -l)" -ge 1 ]
  gives 0 visit next V1 --from 2026-03-02T09:10 --to 2026-03-02T10:00 --technician crew-1 --travel 10
  gives 0 --lang zh ticket show T1
  says 安排 出发 无人在家
  gives 0 doctor
}

@test "what the pack says of one who comes late is shown" {
  visit furniture-store
  at 08:40:00
  svc visit depart V1 >/dev/null
  at 11:20:00
  gives 0 visit arrive V1 --dry-run
  says user_consent
  gives 0 visit arrive V1 user_consent=true
  says 'the rules say: apologise'
}

@test "doctor names who is in two places" {
  visit
  svc dispatch assign T1 --technician E1 --from 2026-03-02T12:00 --to 2026-03-02T13:00 --travel 0 >/dev/null
  gives 0 doctor
  python3 - "$HOME/.local/share/svc/desk.db" <<'PY'
import sqlite3, sys
desk = sqlite3.connect(sys.argv[1])
desk.execute("UPDATE visit SET starts = '2026-03-02T02:00:00Z' WHERE id = 2")
desk.commit()
PY
  gives 1 doctor
  says 'E1 is promised to V1 and V2 at the same time'
  gives 0 doctor --rebuild
}

@test "what was taken back stands in nobody's way" {
  visit
  svc --as counter visit cancel V1 >/dev/null
  gives 0 dispatch assign T1 --technician E1 --from 2026-03-02T10:00 --to 2026-03-02T11:00 --travel 0
  gives 6 --as counter undo
  says 'at the same time'
  gives 0 doctor
}

@test "who is at one customer's is not at another's" {
  visit
  svc dispatch assign T1 --technician E1 --from 2026-03-02T12:00 --to 2026-03-02T13:00 --travel 0 >/dev/null
  at 09:10:00
  svc visit arrive V1 >/dev/null
  gives 6 visit depart V2
  says 'E1 is still out on V1' 'svc visit finish V1'
  gives 6 visit arrive V2
  svc --as bench visit finish V1 >/dev/null
  gives 0 visit arrive V2
  gives 6 --as bench undo
  says 'E1 is still out on V2'
}
