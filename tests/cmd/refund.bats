#!/usr/bin/env bats
# Money back as the pack grants it: not before the goods are here, and less what it takes off.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-05T10:00:00+08:00
  # the course of a visit is another test's; here a ticket ends when nothing is owed
  mkdir packs
  sed '/^  start: /d' "$SOURCE/policies/furniture-store.yaml" >packs/furniture-store.yaml
  cp -r "$SOURCE/policies/calendars" packs
  export SVC_POLICY_PATH=$PWD/packs
  svc init --policy furniture-store >/dev/null
  svc unit register SOFA-1 --invoice 2026-02-20 --payment 2026-02-20 --price 4000 >/dev/null
  svc ticket open SOFA-1 --kind return >/dev/null
}

good='documents=invoice condition=resalable sold_as=standard'

digest() { svc --json log | sha256sum; }

@test "the price goes back when the goods are here, less the card fee" {
  gives 0 refund open T1 $good payment_method=card --set card_fee_rate=0.006 --due 2026-03-12
  says 'T1 is refunded' furniture-store.171
  gives 0 fee list --tsv --columns item,amount,payer,state,basis,clause
  [ "${lines[1]}" = $'refund\t4000.00\tcompany\tcharged\trefund\tfurniture-store.171' ]
  [ "${lines[2]}" = $'card_fee\t24.00\tcustomer\tcharged\trefund\tfurniture-store.171' ]
  gives 6 refund pay T1
  says 'G1 has not come yet'
  gives 0 custody receive T1 SOFA-1 --carrier SF
  gives 0 custody keep G1 'back into stock'
  gives 6 ticket close T1
  says 'F1 is not paid back'
  gives 0 refund pay T1 --receipt P-1
  says 'T1 has 3976.00 paid back'
  gives 0 fee list --tsv --columns state,paid,receipt
  [ "${lines[1]}" = $'paid\t4000.00\tP-1' ]
  [ "${lines[2]}" = $'paid\t24.00\tP-1' ]
  gives 6 refund pay T1
  says 'nothing is to be paid back'
  gives 0 ticket close T1
  gives 0 policy verify
  gives 0 doctor
}

@test "an amount that is not stated is asked for, and taken as given" {
  before=$(digest)
  gives 3 refund open T1 $good payment_method=card
  says card_fee
  gives 2 refund open T1 $good payment_method=card --deduct nothing
  gives 4 refund open T1 $good payment_method=card --deduct card_fee=many
  svc ticket open --symptom 'no unit' --kind return >/dev/null
  before=$(digest)
  gives 3 refund open T2 $good invoice=2026-03-01 payment_method=cash
  says price
  [ "$before" = "$(digest)" ]
  gives 0 refund open T1 $good payment_method=card --deduct card_fee=20
  gives 0 fee list --tsv --columns amount
  [ "${lines[2]}" = 20.00 ]
}

@test "what the pack refuses is not done" {
  before=$(digest)
  gives 3 refund open T1
  gives 6 refund open T1 $good payment_method=cash sold_as=custom
  says furniture-store.180
  gives 6 refund open T1 documents=invoice condition=undamaged sold_as=standard payment_method=cash
  says furniture-store.175 resalable
  gives 5 refund open T9
  gives 5 refund pay T9
  gives 6 refund pay T1
  [ "$before" = "$(digest)" ]
  gives 0 refund open T1 $good payment_method=cash
  gives 6 refund open T1 $good payment_method=cash
  gives 2 refund pay T1 --receipt
}

@test "what a pack leaves to a person is decided by one, who says why" {
  svc --db own.db init --policy service-code >/dev/null
  export SVC_DB=own.db
  svc unit register X1 --purchase 2026-03-01 --price 100 >/dev/null
  svc ticket open X1 --kind return >/dev/null
  before=$(digest)
  gives 3 refund open T1
  says service-code.08
  [ "$before" = "$(digest)" ]
  gives 0 refund open T1 --override 'agreed with the customer on the phone'
  gives 0 policy verify
  gives 0 ticket show T1
  says 'agreed with the customer'
}

@test "a refund without return where no pack stands against it" {
  svc --db plain.db init >/dev/null
  export SVC_DB=plain.db
  svc unit register A1 --price 12.50 >/dev/null
  svc ticket open A1 --kind return >/dev/null
  gives 0 refund open T1 --without-return 'costs more to send than it is worth'
  gives 0 custody list --count
  [ "$output" = 0 ]
  gives 0 refund pay T1 --json
  gives 0 ticket close T1
}

@test "replay gives the same fees" {
  svc refund open T1 $good payment_method=cash --key back-1 >/dev/null
  svc refund open T1 $good payment_method=cash --key back-1 >/dev/null
  before=$(svc --json fee list)
  gives 0 doctor --rebuild
  [ "$before" = "$(svc --json fee list)" ]
}
