#!/usr/bin/env bats
# Violations: written down, reviewed, appealed against.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy furniture-store >/dev/null
  svc ticket open --symptom creaks >/dev/null
}

log_hash() { svc --json log | sha256sum; }

# Three of one month: PERSON
three() {
  local day
  for day in 03 10 20; do
    svc conduct log "$1" furniture-store.132 uniform=false --on "2026-02-$day" --evidence T1
  done
} >/dev/null

@test "a violation keeps its rule, its day, its facts and what shows it" {
  svc --json conduct log installer-7 furniture-store.132 uniform=false --on 2026-02-03 --evidence t1 | json svc.violation/1
  [ "$(field id)" = B1 ]
  [ "$(field occurred)" = 2026-02-03 ]
  [ "$(field evidence)" = T1 ]
  [ "$(field ticket)" = T1 ]
  [ "$(field facts.uniform)" = false ]
  [ "$(field state)" = logged ]
}

@test "fines and consequences, each finding with its records" {
  three installer-7
  svc conduct log somebody-else furniture-store.128 loss=12 >/dev/null
  run -1 svc conduct review installer-7 role=installer
  [[ $output == *furniture-store.152*B1,B2,B3* ]]
  [[ $output == *furniture-store.132*60.00*B1,B2,B3* ]]
  svc --json conduct review installer-7 role=installer >"$BATS_TEST_TMPDIR/reply" || [ $? = 1 ]
  json svc.review/1 <"$BATS_TEST_TMPDIR/reply"
  [ "$(field verdict)" = suspended ]
  [ "$(field answer.total)" = 60.00 ]
  [ "$(field findings.0.clause)" = furniture-store.152 ]
  [ "$(field findings.0.records)" = B1,B2,B3 ]
  [ "$(field findings.1.fine)" = 60.00 ]
}

@test "a review looks back to a day, and at the months of the ranking" {
  three installer-7
  run -1 svc conduct review installer-7 role=installer --as-of 2026-02-10
  [[ $output == fined* ]]
  [[ $output == *B1,B2* ]]
  [[ $output != *B3* ]]
  run -1 svc conduct review installer-7 role=installer --rank 2026-01=1 --rank 2026-02=1
  [[ $output == dismissed* ]]
  [[ $output == *furniture-store.149*2026-01,2026-02* ]]
  run -3 svc conduct review installer-7
  [[ $output == *role* ]]
  run -0 svc conduct review nobody-yet role=installer
}

@test "the role comes from the actor of that name" {
  svc actor add installer-7 --role installer >/dev/null
  export SVC_AS=installer-7
  three installer-7
  run -1 svc conduct review installer-7
  [[ $output == suspended* ]]
}

@test "what was reversed no longer counts" {
  three installer-7
  run -6 svc conduct uphold B1
  run -0 svc conduct appeal B1 --reason 'a summer uniform'
  run -6 svc conduct appeal B1 --reason again
  run -1 svc conduct review installer-7 role=installer
  [[ $output == suspended* ]]
  run -0 svc conduct uphold B1 --reason 'not on the list'
  run -0 svc conduct reverse B1 --reason 'it was on the list'
  run -6 svc conduct reverse B1 --reason again
  run -1 svc conduct review installer-7 role=installer
  [[ $output == fined* ]]
  [[ $output != *B1* ]]
  [ "$(svc --tsv conduct show installer-7 --columns state | sed -n 2p)" = reversed ]
  [ "$(svc conduct list --state reversed --count)" = 1 ]
}

@test "the people of a month by fines" {
  three installer-7
  svc conduct log installer-8 furniture-store.128 loss=12 --on 2026-02-11 >/dev/null
  svc conduct log installer-8 furniture-store.128 loss=12 --on 2026-02-12 >/dev/null
  svc conduct log installer-9 furniture-store.128 loss=12 --on 2026-01-31 >/dev/null
  run -0 svc --tsv conduct rank --month 2026-02 role=installer
  [ "${lines[1]}" = $'installer-8\t1\t2\t100.00\tB4,B5' ]
  [ "${lines[2]}" = $'installer-7\t2\t3\t60.00\tB1,B2,B3' ]
  [ "${#lines[@]}" = 3 ]
  run -0 svc --tsv conduct rank --month 2026-02
  [ "${lines[1]}" = $'installer-7\t1\t3\t\tB1,B2,B3' ]
  run -0 svc --json conduct rank role=installer
  [ "$output" = "[]" ]
}

@test "bad input is one sentence and writes nothing" {
  svc conduct log installer-7 furniture-store.128 loss=12 >/dev/null
  before=$(log_hash)
  run -4 svc conduct log installer-7 furniture-store.1288
  [[ $output == *"did you mean furniture-store.128?"* ]]
  run -5 svc conduct log installer-7 furniture-store.128 --evidence T1,V3
  [[ $output == *V3* ]]
  run -4 svc conduct log installer-7 furniture-store.128 --evidence photograph
  run -4 svc conduct log installer-7 furniture-store.128 --on 2026-03-03
  run -4 svc conduct log installer-7 furniture-store.128 loss=-5
  run -4 svc conduct log $'a\x1b' furniture-store.128
  run -4 svc conduct log "$(head -c 100000 /dev/zero | tr '\0' x)" furniture-store.128
  run -4 svc conduct log '' furniture-store.128
  run -5 svc conduct log E9 furniture-store.128
  run -5 svc conduct appeal B9 --reason x
  run -4 svc conduct appeal B1
  run -4 svc conduct reverse B1 --reason $'a\x07'
  run -4 svc conduct review installer-7 --rank 2026-13=1
  run -4 svc conduct review installer-7 --rank first
  run -4 svc conduct rank --month summer
  run -2 svc conduct review installer-7 nosuchfact=1
  [ "$before" = "$(log_hash)" ]
}

@test "without a pack anything is written down; a key counts once; a rebuild changes nothing" {
  svc --db other.db init >/dev/null
  export SVC_DB=other.db
  [ "$(svc -q conduct log installer-7 late --key a)" = B1 ]
  [ "$(svc -q conduct log installer-7 late --key a)" = B1 ]
  run -2 svc conduct review installer-7
  run -0 svc --tsv conduct rank
  [ "${lines[1]}" = $'installer-7\t1\t1\t\tB1' ]
  svc conduct reverse B1 --reason mistaken >/dev/null
  before=$(svc --json conduct list)
  svc doctor --rebuild >/dev/null
  [ "$before" = "$(svc --json conduct list)" ]
}

@test "both languages" {
  three installer-7
  run -1 svc --lang zh conduct review installer-7 role=installer
  [[ $output == *记录* ]]
  run -0 svc --lang zh conduct show installer-7
  [[ $output == *已记录* ]]
}
