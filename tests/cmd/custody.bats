#!/usr/bin/env bats
# Who has what: one holder at a time, nothing twice, nothing forgotten when a ticket closes.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-05T10:00:00+08:00
  svc init --policy trade-terms >/dev/null
  svc unit register SN1 --delivery 2026-03-01 --price 300 >/dev/null
  svc ticket open SN1 >/dev/null
}

holder() { # GOODS: state and holder
  svc --tsv --columns state,holder custody list --limit 100 --sort id | tail -n +2 | sed -n "${1#G}p"
}

digest() { svc --json log | sha256sum; }

@test "a unit comes in, goes through the house and back to the customer" {
  run -0 svc -q custody receive T1 --description 'scratch on the left side' --place shelf-4
  [ "$output" = G1 ]
  svc --json custody show G1 | json svc.goods/1
  [ "$(field serial)" = SN1 ]
  [ "$(field unit)" = U1 ]
  [ "$(field receipt)" = G1 ]
  [ "$(field state) $(field holder)" = "held desk" ]
  run -6 svc ticket close T1
  says 'G1 is still in custody'
  run -0 svc custody move G1 bench
  [ "$(holder G1)" = $'held\tbench' ]
  run -0 svc custody handover G1 --signed-by 'the customer'
  [ "$(holder G1)" = $'settled\tcustomer' ]
  run -0 svc ticket close T1
  run -0 svc --tsv --columns verb custody history G1
  [ "$output" = $'verb\nreceived\nmoved\nhanded_over' ]
}

@test "nothing is in custody twice" {
  svc custody receive T1 >/dev/null
  svc ticket open SN1 >/dev/null
  before=$(digest)
  gives 6 custody receive T1
  says 'SN1 is in custody already: G1 of T1, held by desk'
  gives 6 custody receive T2 SN1
  gives 6 custody expect T2 U1
  gives 6 custody lend T2 SN1
  [ "$before" = "$(digest)" ]
  svc custody handover G1 >/dev/null
  gives 0 custody receive T2 SN1 -q
  [ "$output" = G2 ]
}

@test "a serial number that is no unit of ours, and one that two makers use" {
  gives 0 custody receive T1 CHARGER-9 --kind accessory --belongs customer
  gives 6 custody receive T1 CHARGER-9 --kind accessory
  svc unit register TWIN --brand one >/dev/null
  svc unit register TWIN --brand two >/dev/null
  gives 6 custody receive T1 TWIN
  says U2 U3
  gives 0 custody receive T1 U2
  gives 0 custody receive T1 U3
  gives 6 custody receive T1 U2
  gives 4 custody receive T1 --kind document
  says description
  gives 0 custody receive T1 --kind document --description 'warranty card'
  gives 0 custody receive T1 --kind document --description 'warranty card'
}

@test "to the factory and back, with a day" {
  svc custody receive T1 >/dev/null
  gives 0 custody ship G1 factory --carrier SF --tracking SF1 --due 2026-03-20
  [ "$(holder G1)" = $'away\tfactory' ]
  gives 0 custody list --holder factory --due ..2026-03-31 -q
  [ "$output" = G1 ]
  gives 6 custody ship G1 customer
  says 'G1 is away'
  gives 6 custody move G1 bench
  gives 0 custody receive G1 --json
  [[ $output != *due* && $output != *tracking* ]]
  [ "$(holder G1)" = $'held\tdesk' ]
  gives 0 custody handover G1
}

@test "a loaner is owed until it is back" {
  gives 0 custody lend T1 LOAN-7 --due 2026-04-01
  [ "$(holder G1)" = $'away\tcustomer' ]
  gives 6 ticket close T1
  gives 6 custody handover G1
  says loaner
  gives 0 custody receive T1 LOAN-7 -q
  [ "$output" = G1 ]
  [ "$(holder G1)" = $'settled\tdesk' ]
  gives 0 ticket close T1
  gives 6 custody lend T1 LOAN-7
  says 'T1 is closed already'
}

@test "what is expected comes, or is said not to come" {
  gives 0 custody expect T1
  gives 6 ticket close T1
  gives 6 custody move G1 bench
  gives 0 custody receive T1 -q
  [ "$output" = G1 ]
  gives 6 custody drop G1 'never mind'
  gives 0 custody keep G1 'left to be scrapped'
  [ "$(holder G1)" = $'settled\tdesk' ]
  gives 0 custody expect T1
  gives 2 custody drop G2
  gives 4 custody drop G2 "$(printf 'a\033b')"
  gives 0 custody drop G2 'repairs it himself'
  gives 0 ticket close T1
}

@test "the pack says who pays the way" {
  before=$(digest)
  gives 3 custody receive T1 --carrier SF --freight 18 fault=quality
  says confirmed
  gives 6 custody receive T1 --carrier SF --freight 18 --freight-payer customer fault=quality confirmed=true
  says trade-terms.09
  [ "$before" = "$(digest)" ]
  gives 0 custody receive T1 --carrier SF --freight 18 fault=quality confirmed=true --json
  says '"freight_payer":"company"'
  # the customer has paid the carrier: that goes back to him
  gives 0 log F1 --json
  says '"payer":"company"' '"amount":"18.00"' trade-terms.09
  gives 0 custody ship G1 customer --carrier SF --freight 20 --json
  says '"freight_payer":"company"'
  gives 5 log F2 # we have paid the carrier, and bear it
  gives 0 policy verify
}

@test "freight on the customer becomes a fee, and what the pack leaves open is as it was said" {
  svc custody receive T1 --carrier SF confirmed=false >/dev/null
  svc --json custody show G1 | json svc.goods/1
  [ "$(field freight_payer)" = customer ]
  gives 0 custody ship G1 customer --carrier SF --freight 20
  gives 0 log F1 --json
  says '"payer":"customer"' '"item":"freight"'
  svc custody handover G1 >/dev/null
  gives 6 ticket close T1
  says 'F1 is not paid'
  svc --db own.db init --policy golf-carts >/dev/null
  svc --db own.db ticket open --symptom x >/dev/null
  gives 0 --db own.db custody receive T1 X1 --freight 5 --freight-payer customer --collect --json
  says '"freight_payer":"customer"'
  gives 0 --db own.db log F1 --json
  says '"payer":"customer"'
}

@test "handing over goes with a step of the workflow, or neither is done" {
  svc --db auto.db init --policy auto-4s >/dev/null
  export SVC_DB=auto.db
  svc ticket open --symptom brakes >/dev/null
  svc custody receive T1 CAR-1 --event receive walk_in=true >/dev/null
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field stage)" = reception ]
  before=$(digest)
  gives 6 custody handover G1 --event hand_over settled=true
  says auto-4s.01
  [ "$before" = "$(digest)" ]
}

@test "a step is not before the one that stands, and not to come" {
  gives 0 custody receive T1 --at 2026-03-05T09:00:00+08:00
  before=$(digest)
  gives 4 custody move G1 bench --at 2026-03-05T08:59:59+08:00
  gives 4 custody move G1 bench --at 2026-03-05T10:00:01+08:00
  gives 4 custody expect T1 OTHER --at 2026-03-06
  [ "$before" = "$(digest)" ]
  gives 0 custody move G1 bench --at 2026-03-05T09:30:00+08:00
  svc --json custody show G1 | json svc.goods/1
  [ "$(field since)" = 2026-03-05T01:30:00Z ]
}

@test "a technician holds it by number, whoever names him how" {
  svc custody receive T1 >/dev/null
  gives 5 custody move G1 E7
  gives 2 custody move G1 customer
  gives 4 custody move G1 "$(printf 'a\001')"
}

@test "bad input writes nothing" {
  svc custody receive T1 >/dev/null
  before=$(digest)
  long=$(head -c 1000001 /dev/zero | tr '\0' x)
  gives 5 custody receive T9
  gives 5 custody move G9 bench
  gives 5 custody show G9
  gives 5 custody receive T1 U9
  gives 6 custody receive G1
  gives 2 custody receive G1 SN1
  gives 2 custody move G1
  gives 2 custody ship G1 factory --freight -1
  gives 2 custody receive T1 X --kind wheel
  gives 2 custody ship G1 customer --carrier SF nosuchfact=1
  gives 4 custody receive T1 "$(printf 'x\033[31m')" --kind accessory
  printf '%s' "$long" >long
  run -4 bash -c '"$PROGRAM" custody receive T1 --kind accessory --description "$(head -c 100000 long)"'
  [ "$before" = "$(digest)" ]
}

@test "a key replays the step, and replay gives the same things" {
  gives 0 custody receive T1 --key in-1 -q
  gives 0 custody receive T1 --key in-1 -q
  [ "$output" = G1 ]
  svc custody ship G1 factory >/dev/null
  before=$(svc --json custody list)
  gives 0 doctor --rebuild
  [ "$before" = "$(svc --json custody list)" ]
  gives 0 policy verify
}

@test "doctor finds what is in custody twice" {
  svc custody receive T1 >/dev/null
  svc ticket open SN1 >/dev/null
  svc custody receive T2 OTHER >/dev/null
  python3 - <<'PY'
import os, sqlite3
store = sqlite3.connect(os.path.expanduser('~/.local/share/svc/desk.db'))
store.execute("update goods set unit = 1, serial = 'SN1' where id = 2")
store.commit()
PY
  gives 1 doctor --json
  says '"finding":"custody"' 'SN1 is in custody twice'
}

@test "what has gone on elsewhere is not taken back" {
  svc --as one custody receive T1 >/dev/null
  svc --as two custody handover G1 >/dev/null
  svc ticket open SN1 >/dev/null
  svc --as one custody receive T2 >/dev/null
  before=$(digest)
  gives 6 --as two undo
  says 'SN1 is in custody already: G2 of T2'
  [ "$before" = "$(digest)" ]
  svc --as one undo >/dev/null
  svc --as one ticket close T1 >/dev/null
  gives 6 --as two undo
  says 'T1 is closed'
  svc --as one undo >/dev/null
  gives 0 --as two undo
  [ "$(holder G1)" = $'held\tdesk' ]
  gives 0 doctor
}

@test "in Chinese" {
  gives 0 --lang zh custody receive T1
  says 机器 在手 客户 服务台
}
