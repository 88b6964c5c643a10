#!/usr/bin/env bats
# An exchange is what the pack grants: the replacement goes on with the old unit's life, the old one is owed, the money is settled.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-05T10:00:00+08:00
  svc init --policy trade-terms >/dev/null
  svc customer add Riverside >/dev/null
  svc unit register SN1 --delivery 2026-02-20 --price 300 --model M1 --customer C1 >/dev/null
  svc ticket open SN1 --kind exchange fault=quality >/dev/null
}

good='confirmed=true documents=warranty_card condition=undamaged,accessories,packaging,serial_intact,seal_intact'

digest() { svc --json log | sha256sum; }
unit() { # UNIT FIELD
  svc --json unit show "$1" | json svc.unit/1
  field "$2"
}

@test "a fault is exchanged, and the replacement goes on with the sale of the old one" {
  gives 0 exchange open T1 --serial SN2 $good --due 2026-03-20
  says 'T1 is exchanged' trade-terms.19
  [ "$(unit SN2 replaces)" = U1 ]
  [ "$(unit SN2 delivery)" = 2026-02-20 ]
  [ "$(unit SN2 replacement)" = 2026-03-05 ]
  [ "$(unit SN2 customer)" = C1 ]
  [ "$(unit SN2 model)" = M1 ]
  gives 0 custody list --tsv --columns kind,serial,state,holder,freight_payer,due
  [ "${lines[1]}" = $'exchange\tSN2\theld\tdesk\tcompany\t' ]
  [ "${lines[2]}" = $'unit\tSN1\texpected\tcustomer\tcustomer\t2026-03-20' ]
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field outcome)" = exchanged ]
  gives 0 unit history SN1
  says replaced by=U2
}

@test "before receipt: nothing closes until both have arrived" {
  svc exchange open T1 --serial SN2 $good >/dev/null
  gives 6 ticket close T1
  gives 0 custody ship G1 customer --carrier SF --freight 20
  SVC_NOW=2026-03-08T10:00:00+08:00 gives 0 custody handover G1
  [ "$(unit SN2 replacement)" = 2026-03-08 ]
  export SVC_NOW=2026-03-09T10:00:00+08:00
  gives 6 ticket close T1
  says 'G2 is still in custody'
  gives 0 custody receive T1 SN1 --carrier SF --freight 18
  gives 0 custody keep G2 'kept for the maker'
  gives 0 ticket close T1
  gives 0 policy verify
  gives 0 doctor
}

@test "a unit that is here already is not expected again" {
  svc custody receive T1 >/dev/null
  svc exchange open T1 --serial SN2 $good >/dev/null
  gives 0 custody list --count
  [ "$output" = 2 ]
  gives 0 custody list --state expected --count
  [ "$output" = 0 ]
}

@test "what the pack refuses is not done, and what it misses is named" {
  before=$(digest)
  gives 3 exchange open T1 --serial SN2
  says confirmed condition
  gives 6 exchange open T1 --serial SN2 confirmed=false documents=warranty_card condition=undamaged,accessories,packaging,serial_intact,seal_intact
  says trade-terms.25 confirmed
  gives 6 exchange open T1 --serial SN2 $good cause=liquid
  says trade-terms.60
  gives 6 exchange open T1 --serial SN2 $good cause=liquid --override 'the customer insists'
  says 'lets nobody go against it'
  gives 6 exchange open T1 --serial SN2 $good --without-return 'not worth the freight'
  gives 2 exchange open T1 $good
  gives 2 exchange open T1 --serial SN2 $good nosuchfact=1
  gives 5 exchange open T9 --serial SN2 $good
  gives 6 exchange open T1 --serial SN1 $good
  gives 4 exchange open T1 --serial "$(printf 'a\033b')" $good
  gives 2 exchange open T1 --serial SN2 --price -1 $good
  gives 4 exchange open T1 --serial SN2 $good --text "$(printf 'a\001')"
  [ "$before" = "$(digest)" ]
  svc exchange open T1 --serial SN2 $good >/dev/null
  before=$(digest)
  gives 6 exchange open T1 --serial SN3
  says 'granted already'
  gives 6 refund open T1
  [ "$before" = "$(digest)" ]
}

@test "who the pack names may go against it, and the reason stays" {
  mkdir packs
  sed -e 's/^  order: trade-terms.20$/&\n  overrides: [{clause: trade-terms.33, by: manager}]/' \
    -e 's/^freight: .*/words:\n  manager: {en: manager, zh: 经理}\n&/' "$SOURCE/policies/trade-terms.yaml" >packs/trade-terms.yaml
  cp -r "$SOURCE/policies/calendars" packs
  svc actor add counter --role clerk >/dev/null
  svc --as counter actor add boss --role manager >/dev/null
  gives 8 --as counter --policy-path packs exchange open T1 --serial SN2 $good cause=liquid --override 'a good customer'
  says manager
  gives 0 --as boss --policy-path packs exchange open T1 --serial SN2 $good cause=liquid --override 'a good customer' --without-return 'not worth the freight'
  gives 0 --as boss custody list --kind unit --count
  [ "$output" = 0 ]
  gives 0 --as boss ticket show T1
  says 'a good customer' 'not worth the freight'
  gives 0 --as boss policy verify
}

@test "without a fault: the difference is the customer's, no time begins anew, and it is granted once" {
  svc unit register SN7 --delivery 2026-03-03 --price 300 --customer C1 >/dev/null
  svc ticket open SN7 --kind exchange fault=none cause=none condition=undamaged,packaging,serial_intact,seal_intact documents=warranty_card >/dev/null
  gives 0 exchange open T2 --serial SN8 --price 380
  [ -z "$(unit SN8 replacement)" ]
  [ "$(unit SN8 price)" = 380.00 ]
  gives 0 fee list --tsv --columns item,amount,payer,state,clause
  [ "${lines[1]}" = $'price_difference\t80.00\tcustomer\tcharged\ttrade-terms.31' ]
  svc custody ship G1 customer >/dev/null
  svc custody handover G1 >/dev/null
  svc custody receive T2 SN7 >/dev/null
  svc custody keep G2 'back into stock' >/dev/null
  gives 6 ticket close T2
  says 'F1 is not paid'
  svc fee pay F1 >/dev/null
  gives 0 ticket close T2
  svc ticket open SN8 --kind exchange fault=none cause=none condition=undamaged,packaging,serial_intact,seal_intact documents=warranty_card >/dev/null
  gives 6 exchange open T3 --serial SN9
  says trade-terms.38
}

@test "a term of the warranty grants a replacement as well" {
  svc --db golf.db init --policy golf-carts >/dev/null
  export SVC_DB=golf.db
  svc unit register GC1 --manufacture 2025-06-01 --purchase 2025-07-01 >/dev/null
  svc ticket open GC1 component=motor cause=defect >/dev/null
  gives 0 exchange open T1 --serial GC2 --manufacture 2026-01-15 documents=warranty_card,contract
  says golf-carts.22
  [ "$(unit GC2 purchase)" = 2025-07-01 ]
  [ "$(unit GC2 manufacture)" = 2026-01-15 ]
  svc ticket open GC2 component=charger cause=defect >/dev/null
  gives 6 exchange open T2 --serial GC3 documents=warranty_card,contract
  gives 0 policy verify
}

@test "one from stock, and one that is another customer's" {
  svc unit register STOCK --manufacture 2026-01-01 >/dev/null
  svc customer add Li >/dev/null
  svc unit register THEIRS --customer C2 >/dev/null
  gives 6 exchange open T1 --serial THEIRS $good
  gives 0 exchange open T1 --serial U2 $good
  [ "$(unit STOCK customer)" = C1 ]
  [ "$(unit STOCK replaces)" = U1 ]
  [ "$(unit STOCK manufacture)" = 2026-01-01 ]
}

@test "what the maker is to pay for it stands with the ticket" {
  gives 0 exchange recover T1 'Acme Motors' 210 --text 'claim 5512' --json
  says '"payer":"supplier"' '"amount":"210.00"' '"reason":"Acme Motors"'
  gives 4 exchange recover T1 Acme -5
  gives 5 exchange recover T9 Acme 5
  gives 0 ticket close T1
}

@test "a desk without a pack keeps record of what it is told" {
  svc --db plain.db init >/dev/null
  export SVC_DB=plain.db
  svc unit register A1 --purchase 2026-01-01 >/dev/null
  svc ticket open A1 --kind exchange >/dev/null
  gives 0 exchange open T1 --serial A2 --without-return 'burnt'
  [ "$(unit A2 replaces)" = U1 ]
  gives 0 custody list --count
  [ "$output" = 1 ]
}

@test "a key replays it, and replay gives the same" {
  gives 0 exchange open T1 --serial SN2 $good --key ex-1 -q
  gives 0 exchange open T1 --serial SN2 $good --key ex-1 -q
  before=$(svc --json custody list; svc --json unit list)
  gives 0 doctor --rebuild
  [ "$before" = "$(svc --json custody list; svc --json unit list)" ]
  gives 0 --lang zh ticket show T1
}
