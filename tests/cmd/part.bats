#!/usr/bin/env bats
# Parts: in, out for a ticket, back, and always as many as the movements say.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

shop() { # a small shop without a pack: ten controllers and a ticket
  svc init
  svc part add CTRL --name controller --component controller --minimum 4
  svc part receive CTRL 10 --cost 800 --supplier 'Drive Systems' --reference DN-1
  svc ticket open --symptom 'does not drive'
} >/dev/null

at_coach() {
  svc init --policy coach-service
  svc part add MIRROR --component mirror
  svc part receive MIRROR 10 receipt_in_two_copies=true
  svc ticket open --symptom 'broken mirror'
} >/dev/null

drawn='proposal=true requisition=true channel=visit'
report='service_report=true user_signature=true approved=true channel=visit unused_part_returned=false'

balance() { # PART: on hand, reserved
  svc --json part show "$1" | json svc.part/1
  local reserved
  reserved=$(field reserved)
  echo "$(field on_hand) ${reserved:-0}"
}

sound() { # nothing that doctor finds, and the same records when they are worked out again
  run -0 svc doctor
  before=$(svc --jsonl part list && svc --jsonl part issues)
  run -0 svc doctor --rebuild
  [ "$before" = "$(svc --jsonl part list && svc --jsonl part issues)" ]
}

@test "a part comes in, is kept for a ticket, goes out, and is used or comes back" {
  shop
  [ "$(svc -q part reserve CTRL T1 3)" = I1 ]
  [ "$(balance CTRL)" = '10 3' ]
  [ "$(svc -q part issue CTRL T1 2)" = I2 ]
  [ "$(balance CTRL)" = '8 1' ]
  run -6 svc ticket close T1
  says I1
  run -0 svc part use I2 1
  run -0 svc part return I2
  [ "$(balance CTRL)" = '9 1' ]
  svc --json part issues --state settled | json svc.issue/1
  [ "$(field 0.used) $(field 0.returned) $(field 0.cost)" = '1 1 800.00' ]
  run -0 svc part return I1
  [ "$(balance CTRL)" = '9 0' ]
  run -0 svc ticket close T1
  sound
}

@test "a reservation that goes out whole is the issue itself" {
  shop
  svc part reserve CTRL T1 2 >/dev/null
  [ "$(svc -q part reserve CTRL T1 1)" = I1 ]
  [ "$(svc -q part issue CTRL T1 4)" = I1 ]
  [ "$(balance CTRL)" = '6 0' ]
  sound
}

@test "what goes is never more than is free" {
  shop
  before=$(svc --json log | sha256sum)
  run -6 svc part issue CTRL T1 11
  says 'wanted 11, free 10'
  run -6 svc part write-off CTRL 11 --reason rust
  [ "$before" = "$(svc --json log | sha256sum)" ]
  svc part reserve CTRL T1 7 >/dev/null
  before=$(svc --json log | sha256sum)
  svc ticket open --symptom other >/dev/null
  run -6 svc part issue CTRL T2 4
  says 'wanted 4, free 3' 'for whom 7 are kept'
  run -6 svc part count CTRL 6
  run -6 svc part use I1
  says 'I1 is reserved'
  run -6 svc part return I1 8
  says 'given 8, still out 7'
  run -0 svc part issue CTRL T1 8
  [ "$(balance CTRL)" = '2 0' ]
}

@test "movements are listed with the balance after each, whenever they were written down" {
  shop
  svc part count CTRL 8 --reason 'stocktaking' --at 2026-03-02T09:00:00+08:00 >/dev/null
  svc part count CTRL 8 --reason 'again' >/dev/null
  run -0 svc --tsv part moves CTRL
  [ "${#lines[@]}" = 4 ]
  [[ ${lines[1]} == *$'counted\t8\t8\t0\ttester'* ]]
  [[ ${lines[2]} == *$'received\t10\t18\t0\ttester\t\t\t\tDrive Systems\tDN-1' ]]
  [[ ${lines[3]} == *$'counted\t-10\t8\t0\ttester\t\t\tagain'* ]]
  svc --json part moves CTRL | json svc.movement/1
  [ "$(field 2.reason)" = again ]
  sound
}

@test "what is told of the past may leave no moment short" {
  shop
  svc part write-off CTRL 8 --reason rust >/dev/null
  run -4 svc part issue CTRL T1 1 --at 2026-03-01
  says 'before T1 was opened'
  run -6 svc part write-off CTRL 1 --reason rust --at 2026-03-02T09:00:00+08:00
  says 'free 0'
  run -4 svc part receive CTRL 1 --at 2026-03-03
  says 'a moment to come'
  svc part issue CTRL T1 2 >/dev/null
  run -4 svc part use I1 --at 2026-03-02T09:00:00+08:00
  sound
}

@test "stock names what has to be ordered" {
  shop
  svc part add FUSE >/dev/null
  run -0 svc --tsv part stock
  [ "${lines[1]}" = $'P1\tCTRL\tcontroller\t10\t0\t10\t4\t\t' ]
  run -0 svc -q part stock --below-minimum
  [ -z "$output" ]
  svc part reserve CTRL T1 8 >/dev/null
  svc --json part stock --below-minimum | json svc.stock/1
  [ "$(field 0.part) $(field 0.free) $(field 0.to_order) $(field 1.part)" = 'P1 2 2 ' ]
}

@test "stock knows the minimum that a pack promises" {
  svc init --policy golf-carts >/dev/null
  svc part add TYRE --component wear_part >/dev/null
  svc part add BRUSH --component wear_part --minimum 5 >/dev/null
  svc part add MOTOR --component motor >/dev/null
  svc part receive TYRE 1 >/dev/null
  svc --json part stock --below-minimum | json svc.stock/1
  [ "$(field 0.number) $(field 0.minimum) $(field 0.to_order) $(field 0.clause)" = 'TYRE 2 1 golf-carts.62' ]
  [ "$(field 1.number) $(field 1.minimum) $(field 1.to_order) $(field 1.clause)" = 'BRUSH 5 5 ' ]
  [ -z "$(field 2.number)" ]
}

@test "doctor finds a balance that somebody wrote into the file" {
  shop
  svc part issue CTRL T1 1 >/dev/null
  db() { python3 -c 'import sqlite3, sys; c = sqlite3.connect(".local/share/svc/desk.db"); c.execute(sys.argv[1]); c.commit()' "$1"; }
  db 'UPDATE part SET on_hand = 10'
  run -1 svc doctor
  says 'part P1: its movements give 9 on hand and 0 reserved, not 10 and 0'
  db 'UPDATE part SET on_hand = 9'
  db 'UPDATE issue SET quantity = 2'
  run -1 svc doctor
  says 'part P1: 1 went out for tickets, and its issues say 2'
  db "UPDATE issue SET quantity = 1, state = 'settled'"
  svc --json doctor | json svc.finding/1 || true
  run -1 svc doctor
  says 'issue I1: 1 of 1 pieces are still out'
  run -0 svc doctor --rebuild
}

@test "the pack decides whether a part goes out, and the decision can be derived again" {
  at_coach
  before=$(svc --json log | sha256sum)
  run -3 svc part issue MIRROR T1 1
  says proposal requisition approved
  run -6 svc part issue MIRROR T1 1 $drawn approved=false
  says coach-service.60 approved
  run -6 svc part issue MIRROR T1 1 $drawn approved=false --override 'urgent'
  says 'lets nobody'
  run -2 svc part issue MIRROR T1 1 nosuchfact=1
  [ "$before" = "$(svc --json log | sha256sum)" ]
  svc --json part issue MIRROR T1 1 $drawn --approved-by leader | json svc.issue/1
  [ "$(field approved_by) $(field old_part)" = 'leader owed' ]
  run -0 svc policy verify
  says '1 come out the same'
  run -0 svc ticket show T1
  says 'part issued' 'allowed (coach-service.60)'
}

@test "an issue is written off with the old part, or by coming back itself" {
  at_coach
  svc part issue MIRROR T1 2 $drawn --approved-by leader >/dev/null
  run -3 svc part use I1 1
  run -6 svc part use I1 1 $report
  says coach-service.61 old_part_returned
  run -0 svc part return I1 1
  run -0 svc part old-part I1 returned
  run -6 svc part old-part I1 returned
  run -0 svc part use I1 $report
  svc --json part issues | json svc.issue/1
  [ "$(field 0.state) $(field 0.old_part)" = 'settled returned' ]
  run -0 svc policy verify
  sound
}

@test "an old part that does not come back is explained" {
  shop
  svc part issue CTRL T1 1 --old-part >/dev/null
  svc part use I1 >/dev/null
  run -6 svc ticket close T1
  says 'an old part that is not back'
  run -2 svc part old-part I1
  run -2 svc part old-part I1 returned --explain burnt
  run -2 svc part old-part I1 --explain ' '
  run -0 svc part old-part I1 --explain 'burnt up'
  says 'burnt up'
  run -0 svc ticket close T1
}

@test "golf carts: a free part goes out against the old one" {
  svc init --policy golf-carts >/dev/null
  svc part add BATTERY --component battery >/dev/null
  svc part receive BATTERY 2 >/dev/null
  svc ticket open SN1 --register purchase=2025-09-01 manufacture=2025-08-01 cause=defect component=motor documents=contract,warranty_card >/dev/null
  run -3 svc part issue BATTERY T1 1
  says old_part_returned
  run -6 svc part issue BATTERY T1 1 old_part_returned=false
  says golf-carts.15
  svc --json part issue BATTERY T1 1 old_part_returned=true | json svc.issue/1
  [ "$(field old_part)" = returned ]
  run -0 svc part use I1
}

@test "a pack that says nothing of parts lets them go, and what was told is kept" {
  svc init --policy auto-4s >/dev/null
  svc part add FUSE >/dev/null
  svc part receive FUSE 3 >/dev/null
  svc ticket open --symptom dark >/dev/null
  run -0 svc part issue FUSE T1 1 walk_in=true --approved-by chief
  run -0 svc part use I1 quality_pass=true
  run -0 svc log --jsonl
  says '"marks":{"walk_in":"true"}' '"marks":{"quality_pass":"true"}'
  run -0 svc policy verify
}

@test "on a desk with actors one of them approves" {
  at_coach
  svc actor add tester --role leader >/dev/null
  run -5 svc part issue MIRROR T1 1 $drawn --approved-by nobody
  run -0 svc part issue MIRROR T1 1 $drawn --approved-by tester
}

@test "who the pack names goes against its refusal, and that is kept" {
  mkdir packs
  sed 's/^workflow:$/&\n  overrides: [{clause: coach-service.60, by: manager}]/; s/^words:$/&\n  manager: {en: manager, zh: 经理}/' "$SOURCE/policies/coach-service.yaml" >packs/coach-service.yaml
  cp -r "$SOURCE/policies/calendars" packs
  export SVC_POLICY_PATH=$PWD/packs
  at_coach
  svc actor add tester --role clerk >/dev/null
  svc --as tester actor add boss --role manager >/dev/null
  run -6 svc part issue MIRROR T1 1 $drawn approved=false
  run -8 svc part issue MIRROR T1 1 $drawn approved=false --override 'boss is away'
  says manager
  run -0 svc --as boss part issue MIRROR T1 1 $drawn approved=false --override 'customer waits'
  run -0 svc ticket show T1
  says 'customer waits'
  run -0 svc policy verify
}

@test "a key runs a movement once" {
  shop
  run -0 svc part receive CTRL 5 --key dn-2
  run -0 svc part receive CTRL 5 --key dn-2
  [ "$(balance CTRL)" = '15 0' ]
  run -6 svc part receive CTRL 6 --key dn-2
  run -0 svc part issue CTRL T1 1 --dry-run
  [ "$(balance CTRL)" = '15 0' ]
}

@test "bad input is one sentence and nothing written" {
  shop
  svc part issue CTRL T1 1 >/dev/null
  long=$(head -c 1000000 /dev/zero | tr '\0' x)
  before=$(svc --json log | sha256sum)
  bad() { # EXIT WORDS...
    local wanted=$1
    shift
    run --separate-stderr svc "$@"
    # shellcheck disable=SC2154
    ((status == wanted)) || { echo "svc ${*:0:60}: exit $status, expected $wanted: $stderr"; return 1; }
    [ -z "$output" ]
    [ "$(grep -c '^svc: ' <<<"$stderr")" = 1 ]
    [ "$before" = "$(svc --json log | sha256sum)" ]
  }
  for verb in edit show receive count moves; do
    case $verb in edit) more='--minimum 2' ;; receive | count) more=2 ;; *) more='' ;; esac
    bad 5 part $verb P9 $more
    bad 5 part $verb NOSUCH $more
  done
  for verb in reserve issue; do
    bad 5 part $verb P9 T1 1
    bad 5 part $verb P1 T9 1
    for quantity in 0 x 1.5 -- 99999999999999999999; do
      [ $quantity = -- ] || bad 4 part $verb P1 T1 $quantity
    done
    bad 4 part $verb P1 T1 -- -1
    bad 4 part $verb P1 T1 1 --at 2027-01-01
  done
  for verb in use return 'write-off' 'old-part'; do
    more=
    [ $verb = write-off ] && more='--reason x'
    [ $verb = old-part ] && more=returned
    bad 5 part $verb I9 $more
    bad 4 part $verb I1 $more --at 2027-01-01
    [ $verb = old-part ] || bad 4 part $verb I1 0 $more
  done
  bad 5 part issue P1 T1 1 --technician E9
  bad 2 part write-off I1
  bad 2 part write-off P1 --reason x
  bad 4 part count CTRL -- -1
  bad 4 part edit CTRL --minimum=-1
  bad 4 part add NEW --name "$(printf 'a\033[31m')"
  bad 4 part receive CTRL 1 --supplier "$(printf 'a\tb')"
  bad 4 part count CTRL 9 --reason "$(printf 'a\033[31m')"
  bad 4 part old-part I1 --explain "$(printf 'a\007')"
  bad 4 part issue CTRL T1 1 --approved-by "$(printf 'a\007')"
  bad 2 part receive CTRL 1 --cost=-1
  bad 6 part add CTRL
  printf '{"args":["part","receive","CTRL","1","--supplier","%s"]}\n' "$long" >lines
  run svc batch lines
  says '"exit":4'
  [ "$before" = "$(svc --json log | sha256sum)" ]
  bad 2 part receive CTRL
}

@test "people read it in Chinese" {
  shop
  svc part issue CTRL T1 1 >/dev/null
  run -0 svc --lang zh part issues
  says 已领出
  run -0 svc --lang zh part moves CTRL
  says 入库 已领出
  run -6 svc --lang zh part issue CTRL T1 99
  says 可用
  rm -r .local
  at_coach
  svc part issue MIRROR T1 1 $drawn --approved-by leader >/dev/null
  run -0 svc --lang zh ticket show T1
  says 领料：
  [[ $output != *'part issued'* ]]
}
