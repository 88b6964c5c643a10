#!/usr/bin/env bats
# May the customer return or exchange it?
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

@test "a return within the term is accepted until a day" {
  run -0 svc --policy trade-terms return check want=refund fault=quality delivery=2026-02-25 claim=2026-03-02 confirmed=true condition=complete,undamaged,accessories,packaging,serial_intact,seal_intact,unused documents=invoice,warranty_card,delivery_note
  [[ ${lines[0]} == "accepted until 2026-03-04"*": refund"* ]]
}

@test "after the term it is refused, and exits 1" {
  run -1 svc --policy trade-terms return check want=refund fault=quality delivery=2026-02-01 claim=2026-03-02 confirmed=true condition=complete,undamaged,accessories,packaging,serial_intact,seal_intact,unused documents=invoice,warranty_card,delivery_note
  [[ ${lines[0]} == refused* ]]
}

@test "the JSON is the whole answer" {
  svc --policy trade-terms --json return check want=refund fault=quality delivery=2026-02-25 claim=2026-03-02 confirmed=true condition=complete,undamaged,accessories,packaging,serial_intact,seal_intact,unused documents=invoice,warranty_card,delivery_note | json svc.ask.return/1
  [ "$(field verdict)" = accepted ]
  [ "$(field deadline)" = 2026-03-04 ]
  [ "$(field entitled.0)" = refund ]
}

@test "without what the customer wants it is incomplete" {
  run -3 svc --policy trade-terms return check fault=quality delivery=2026-02-25 confirmed=true condition=complete,undamaged,accessories,packaging,serial_intact,seal_intact,unused documents=invoice,warranty_card,delivery_note
  [[ $output == *"(want)"* ]]
}

@test "a unit of the desk is found by its serial number" {
  svc init --policy trade-terms
  svc unit register P-1 --delivery 2026-02-25
  run -0 svc return check P-1 want=refund fault=quality confirmed=true condition=complete,undamaged,accessories,packaging,serial_intact,seal_intact,unused documents=invoice,warranty_card,delivery_note
}

@test "a batch of returns keeps the order" {
  printf 'want,fault,delivery,claim,confirmed,condition,documents\nrefund,quality,2026-02-25,2026-03-02,true,"complete,undamaged,accessories,packaging,serial_intact,seal_intact,unused","invoice,warranty_card,delivery_note"\nrefund,quality,2026-02-01,2026-03-02,true,"complete,undamaged,accessories,packaging,serial_intact,seal_intact,unused","invoice,warranty_card,delivery_note"\n' >in.csv
  run -0 svc --policy trade-terms return check --batch in.csv
  [[ ${lines[1]} == *,accepted,0,refund,* ]]
  [[ ${lines[2]} == *,refused,1,* ]]
}
