#!/usr/bin/env bats
# A ticket from the counter to its end.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

documents=documents=contract,warranty_card,certificate

desk() {
  svc init --policy golf-carts
  svc customer add 'Riverside Golf Club'
  svc unit register GX-1 --customer 'Riverside Golf Club' --product golf_cart --manufacture 2024-04-20 --purchase 2024-05-06
} >/dev/null

@test "opening decides the coverage and prints the number" {
  desk
  run -0 svc ticket open GX-1 --symptom 'no power' component=motor cause=defect $documents
  [[ ${lines[0]} == "T1 is open" ]]
  [[ $output == *"covered until 2026-04-20"* ]]
  run -0 svc -q ticket open GX-1 --symptom 'again'
  [ "$output" = T2 ]
}

@test "a negative or incomplete verdict does not hinder the opening" {
  desk
  run -0 svc ticket open GX-1 --symptom x component=motor cause=overload $documents
  [[ $output == *excluded* ]]
  run -0 svc ticket open GX-1 --symptom x component=motor $documents
  [[ $output == *"more has to be known"* ]]
}

@test "the ticket keeps unit, customer and decision" {
  desk
  svc ticket open GX-1 --symptom 'no power' component=motor cause=defect $documents
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field unit)" = U1 ]
  [ "$(field customer)" = C1 ]
  [ "$(field state)" = open ]
  [ "$(field verdict)" = covered ]
  [ "$(field decisions.0.policy)" = golf-carts ]
  [ "$(field decisions.0.facts.component)" = motor ]
  [ "$(field decisions.0.answer.remedy)" = replace ]
  [ "$(field events.0.verb)" = opened ]
}

@test "facts that arrive are decided on again" {
  desk
  svc ticket open GX-1 --symptom x component=motor $documents
  run -0 svc ticket note T1 'was overloaded' cause=overload
  [[ $output == *excluded* ]]
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field verdict)" = excluded ]
  [ "$(field decisions.0.verdict)" = incomplete ]
  [ "$(field decisions.1.verdict)" = excluded ]
  [ "$(field decisions.1.facts.component)" = motor ]
  run -0 svc ticket show T1
  [[ $output == *"was overloaded"* ]]
}

@test "a note needs a text or a fact" {
  desk
  svc ticket open GX-1 --symptom x
  run -2 svc ticket note T1
  run -0 svc ticket note T1 'the customer called'
}

@test "close and reopen keep the order of states" {
  desk
  svc ticket open GX-1 --symptom x
  run -0 svc ticket close T1 --outcome repaired 'motor replaced'
  [[ ${lines[0]} == "T1 is closed" ]]
  run -6 svc ticket close T1
  run -0 svc ticket reopen T1 'the same again'
  run -6 svc ticket reopen T1
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field state)" = open ]
}

@test "an unknown serial number is refused, or registered in the same step" {
  desk
  run -5 svc ticket open GX-9 --symptom x
  [[ $output == *--register* ]]
  run -0 svc ticket open GX-9 --register --unit-field model=GX2 --symptom x --customer 'Riverside Golf Club' purchase=2026-02-01 manufacture=2026-01-01 component=motor cause=defect $documents
  [[ $output == *"covered until"* ]]
  svc --json unit show GX-9 | json svc.unit/1
  [ "$(field model)" = GX2 ]
  [ "$(field purchase)" = 2026-02-01 ]
  [ "$(field customer)" = C1 ]
  [ -z "$(field component)" ]
}

@test "when the opening fails, the unit is not registered either" {
  desk
  run -2 svc ticket open GX-9 --register --symptom x --opened 2026-02-30
  run -5 svc unit show GX-9
  run -5 svc ticket open GX-8 --register --symptom x --customer Nobody
  run -5 svc unit show GX-8
}

@test "a ticket needs no unit and no pack" {
  svc init
  run -0 svc ticket open --kind consult --symptom 'asks for a quotation'
  [[ ${lines[0]} == "T1 is open" ]]
}

@test "the list is filtered, sorted, limited and counted" {
  desk
  svc ticket open GX-1 --symptom 'no power' --opened 2026-02-01
  svc ticket open GX-1 --symptom 'brake squeals' --opened 2026-02-10 --kind complaint
  svc ticket open --symptom '电机异响' --product golf_cart --opened 2026-02-20
  svc ticket close T1
  run -0 svc -q ticket list --state open
  [ "$output" = $'T2\nT3' ]
  run -0 svc -q ticket list --kind complaint
  [ "$output" = T2 ]
  run -0 svc -q ticket list --unit GX-1 --sort -opened
  [ "$output" = $'T2\nT1' ]
  run -0 svc -q ticket list --opened 2026-02-05..
  [ "$output" = $'T2\nT3' ]
  run -0 svc -q ticket list --opened 2026-02-10
  [ "$output" = T2 ]
  run -0 svc -q ticket list --customer 'Riverside Golf Club'
  [ "$output" = $'T1\nT2' ]
  run -0 svc -q ticket list --text 异响
  [ "$output" = T3 ]
  run -0 svc -q ticket list --text POWER
  [ "$output" = T1 ]
  run -0 svc ticket list --count --product golf_cart
  run -0 svc -q ticket list --limit 1
  [ "$output" = T1 ]
  run -0 svc -q ticket list --closed ..2026-12-31
  [ "$output" = T1 ]
  svc --json ticket list | json svc.ticket/1
  svc --tsv ticket list | head -1 | grep -q '^id	'
}

@test "an empty list is no fault" {
  svc init
  run -0 svc ticket list
  run -0 svc --json ticket list
  [ "$output" = '[]' ]
}

@test "the same key opens one ticket, and shows it again" {
  desk
  svc --json ticket open GX-1 --symptom x component=motor cause=defect $documents --key call-1 >first
  svc --json ticket open GX-1 --symptom x component=motor cause=defect $documents --key call-1 >second
  cmp first second
  run -0 svc -q ticket list
  [ "$output" = T1 ]
  run -6 svc ticket open GX-1 --symptom y --key call-1
}

@test "a ticket that is not there is 5" {
  desk
  run -5 svc ticket show T99
  run -5 svc ticket close T99
}

@test "people read the desk's words in their language, scripts the ids" {
	svc init >/dev/null
	svc ticket open --symptom x --kind complaint --product Lamp >/dev/null
	gives 0 --lang zh ticket list
	[[ $output =~ 投诉 && $output =~ 未结单 && ! $output =~ complaint ]]
	gives 0 --lang zh ticket list --tsv
	[[ $output =~ complaint && $output =~ open ]]
}
