#!/usr/bin/env bats
# A repair, from what was found to the report: what it costs and whether the customer agrees, the work, its check, what came of it.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

furniture() { # a ticket after the warranty
  svc init --policy furniture-store
  svc customer add 'Riverside Club' --phone 555-0100
  svc unit register SN1 --product cabinet --customer C1 --purchase 2024-01-01 --invoice 2024-01-01 --payment 2024-01-01
  svc ticket open SN1 --symptom 'door hangs' cause=defect
} >/dev/null

small_shop() { # no pack at all
  svc init
  svc customer add 'Riverside Club'
  svc unit register SN1 --customer C1
  svc ticket open SN1 --symptom dead
} >/dev/null

at_check() {
  svc init --policy auto-4s
  svc ticket open --symptom brakes
  svc ticket advance T1 receive walk_in=true
  svc ticket advance T1 start_repair customer_signature=true other_requirements_asked=true technician_prenotified=true \
    items_explained=true no_open_questions=true supplied_by=company aftermarket_part=false
  svc ticket advance T1 inspect
} >/dev/null

of_ticket() { # FIELD
  svc --json ticket show T1 | json svc.ticket/1
  field "$1"
}

@test "a diagnosis decides the coverage again and is remembered" {
  furniture
  run -0 svc repair diagnose T1 component=door cause=misuse --text 'hinge torn off'
  says 'furniture-store'
  [ "$(of_ticket note)" = 'hinge torn off' ]
  run -0 svc --tsv log T1 --verb diagnosed
  run -0 svc policy verify
}

@test "the pack says what each line costs, who pays and by which clause" {
  furniture
  svc --json repair quote T1 --line visit --line 'adjustment*2' first_installation=false >reply
  grep -q '"item":"visit","state":"quoted","quantity":1,"unit_price":"20.00","amount":"20.00","payer":"customer","basis":"list","clause":"furniture-store.186"' reply
  grep -q '"item":"adjustment","state":"quoted","quantity":2,"unit_price":"20.00","amount":"40.00"' reply
  [ "$(svc -q repair quote T1 --line visit first_installation=false)" = F3 ]
  svc --json log F1 | grep -q '"verb":"void"' # the same item again takes the earlier one's place
  run -0 svc policy verify
  run -0 svc ticket show T1
  says 'quoted' 'items=visit'
}

@test "covered work is the company's, and nobody has to approve it" {
  svc init --policy furniture-store >/dev/null
  svc unit register SN2 --product cabinet --purchase 2026-01-01 --invoice 2026-01-01 --payment 2026-01-01 >/dev/null
  svc ticket open SN2 --symptom 'drawer sticks' cause=defect >/dev/null
  svc --json repair quote T1 --line visit first_installation=false >reply
  grep -q '"amount":"0.00","payer":"company","basis":"free"' reply
  run -0 svc repair log T1 --process 'drawer planed' --hours 0.5
}

@test "an amount that the pack states is not talked away, one that it leaves open is given" {
  furniture
  before=$(svc --json log | sha256sum)
  gives 6 repair quote T1 --line visit=99 first_installation=false
  says 'visit costs 20.00 by furniture-store.186, not 99'
  gives 3 repair quote T1 --line parts first_installation=false
  says 'not known for the quote: parts_cost'
  [ "$before" = "$(svc --json log | sha256sum)" ]
  run -0 svc repair quote T1 --line visit=20.00 --line other_work first_installation=false
  gives 6 repair approve T1
  says 'F2 has no amount yet'
  run -0 svc repair quote T1 --line other_work=30 first_installation=false
  run -0 svc --tsv --columns id,state repair approve T1 --by 'the secretary'
  [ "${lines[*]:1}" = $'F1\tapproved F3\tapproved' ]
}

@test "work that the customer pays waits for his word" {
  furniture
  svc repair quote T1 --line visit first_installation=false >/dev/null
  gives 6 repair log T1 --process 'door rehung' --hours 1
  says 'has not approved F1 (furniture-store.186)'
  gives 6 repair result T1 repaired
  run -0 svc repair approve T1 --by 'the secretary' --text 'by telephone'
  says approved
  gives 6 repair approve T1
  says 'no quote that waits'
  run -0 svc --json repair log T1 --process 'door rehung' --hours 1.5
  says '"hours":1.5'
  run -0 svc ticket show T1
  says 'by the secretary' 'by telephone'
}

@test "what the customer declines is not done" {
  furniture
  svc repair quote T1 --line visit first_installation=false >/dev/null
  run -0 svc repair decline T1 --by 'the secretary'
  says declined
  gives 6 repair log T1 --process 'door rehung'
  says 'has declined F1'
  svc repair quote T1 --line adjustment first_installation=false >/dev/null
  svc repair approve T1 >/dev/null
  run -0 svc repair log T1 --process 'door adjusted'
}

@test "the past may be told late, the future not, nor an answer before the question" {
  furniture
  svc --now 2026-03-02T08:00:00+08:00 ticket open SN1 --symptom other >/dev/null
  svc --now 2026-03-02T09:00:00+08:00 repair quote T2 --line visit first_installation=false >/dev/null
  before=$(svc --json log | sha256sum)
  gives 4 repair approve T2 --at 2026-03-02T09:31:00+08:00
  gives 4 repair approve T2 --at 2026-03-02T08:59:00+08:00
  gives 4 repair log T2 --process x --at 2026-03-02T07:59:00+08:00
  gives 4 repair log T2 --process x --at 2027-01-01
  [ "$before" = "$(svc --json log | sha256sum)" ]
  run -0 svc repair approve T2 --at 2026-03-02T09:10:00+08:00
  svc --json repair log T2 --process 'door rehung' --at 2026-03-02T09:20:00+08:00 | json svc.work/1
  [ "$(field 'done')" = 2026-03-02T01:20:00Z ]
}

@test "work is of a technician and of a visit of the same ticket" {
  small_shop
  svc ticket open --symptom other >/dev/null
  gives 5 repair log T1 --process x --technician E9
  gives 5 repair log T1 --process x --visit V9
  gives 4 repair log T1 --process x --hours -1
  gives 4 repair log T1 --hours 1
  run -0 svc repair log T1 --process 'board changed' --hours 2 --cost 12.50
  run -0 svc repair log T1 --process tested --hours 0.25
  run -0 svc repair report T1
  says 'board changed; tested' 'hours: 2.25'
}

@test "a check that fails takes the ticket back, one that passes takes it on" {
  at_check
  run -0 svc repair check T1 fail --text 'pulls to the left'
  [ "$(of_ticket stage)" = repair ]
  [ "$(of_ticket rework)" = 1 ]
  gives 6 repair result T1 repaired
  says 'has failed its quality check'
  svc ticket advance T1 inspect >/dev/null
  run -0 svc repair check T1 pass
  [ "$(of_ticket stage)" = delivery_settlement ]
  run -0 svc repair result T1 repaired
  [ "$(of_ticket outcome)" = repaired ]
  [ "$(of_ticket note)" = 'pulls to the left' ]
  run -0 svc policy verify
}

@test "away from the check's own stage the fact is told of the ticket" {
  at_check
  svc ticket advance T1 fail >/dev/null
  run -0 svc repair check T1 pass
  [ "$(of_ticket stage)" = repair ]
  svc ticket advance T1 inspect >/dev/null
  run -0 svc ticket advance T1 deliver
}

@test "the check is the pack's: a failed one opens the way back of the department, too" {
  svc init --policy dept-workflow >/dev/null
  svc ticket open --symptom noise --variant d >/dev/null
  for step in 'diagnose stage=intake purchase_info_verified=true' 'send_in remote_unsolved=true' make_plan 'start_repair customer_confirms_plan=true' inspect; do
    svc ticket advance T1 $step >/dev/null
  done
  run -0 svc repair check T1 fail
  [ "$(of_ticket stage)" = repair ]
  svc ticket advance T1 inspect >/dev/null
  run -0 svc repair check T1 pass
  [ "$(of_ticket stage)" = followup ]
}

@test "repaired: the unit remembers the day, and an older one does not take it back" {
  small_shop
  svc ticket open SN1 --symptom again --opened 2026-02-01 >/dev/null
  run -0 svc repair result T1 repaired --text 'new board'
  svc --json unit show SN1 | json svc.unit/1
  [ "$(field repaired)" = 2026-03-02 ]
  run -0 svc repair result T2 repaired --at 2026-02-10
  svc --json unit show SN1 | json svc.unit/1
  [ "$(field repaired)" = 2026-03-02 ]
  gives 2 repair result T1 mended
}

@test "no fault found is decided as such" {
  furniture
  svc --json repair result T1 no_fault | json svc.ticket/1
  [ "$(field outcome)" = no_fault ]
  [ "$(field answer.schema)" = svc.ask.warranty/1 ]
  svc --json ticket show T1 | grep -q '"fault":"none"'
}

@test "what can't be repaired leads to what the pack gives instead" {
  svc init --policy protective-gear >/dev/null
  svc unit register SN1 --purchase 2026-02-01 --delivery 2026-02-01 --acceptance 2026-02-01 >/dev/null
  svc ticket open SN1 cause=defect >/dev/null
  svc --json repair result T1 unrepairable repair_failed=true exchange_impossible=true | json svc.ticket/1
  [ "$(field outcome)" = unrepairable ]
  [ "$(field offers.0.want)" = exchange ]
  [ "$(field offers.0.answer.schema)" = svc.ask.return/1 ]
  [ "$(field offers.1.want)" = refund ]
  [ "$(field offers.0.answer.verdict)" = refused ]
  [ "$(field offers.1.answer.verdict)" = accepted ]
  [ "$(field offers.1.answer.clauses.0)" = protective-gear.14 ]
  run -0 svc --lang zh repair result T1 unrepairable
  says 退款 换货
  run -0 svc policy verify
}

@test "the report is the pack's: filled from the records, what is missing named, kept once it is complete" {
  furniture
  svc repair log T1 --process 'door rehung' --hours 1 >/dev/null
  before=$(svc --json log | sha256sum)
  run -3 svc --json repair report T1
  json svc.report/1 <<<"$output"
  [ "$(field paper)" = repair_record ]
  [ "$(field verdict)" = incomplete ]
  [ "$(field fields.0.value)" = 'door rehung' ]
  [ "$(field missing.0)" = quality_rating ]
  run -3 svc repair report T1
  says 'not filled in: quality_rating' '(missing)'
  [ "$before" = "$(svc --json log | sha256sum)" ]
  run -0 svc repair report T1 --field quality_rating=good --field attitude_rating=good --field user_signature=yes
  after=$(svc --json log | sha256sum)
  [ "$before" != "$after" ]
  run -0 svc repair report T1 --markdown
  says '# T1: repair record' '| rating of the repair | good |'
  [ "$after" = "$(svc --json log | sha256sum)" ]
  run -0 svc policy verify
}

@test "another paper by its name, and none without a pack" {
  svc init --policy dept-workflow >/dev/null
  svc ticket open --symptom noise --variant a >/dev/null
  run -3 svc --json repair report T1
  json svc.report/1 <<<"$output"
  [ "$(field paper)" = repair_report ]
  svc repair log T1 --process cleaned >/dev/null
  run -3 svc repair report T1
  says 'not filled in: materials'
  run -0 svc repair report T1 --field materials=none
  run -3 svc repair report T1 --record satisfaction_survey
  gives 4 repair report T1 --record nonsense
  gives 2 repair report T1 --record a --form b
}

@test "a shop without a pack keeps its records all the same" {
  small_shop
  run -0 svc repair diagnose T1 --text 'the board is burnt'
  run -0 svc repair quote T1 --line board=300 --line 'labour*2=80'
  gives 6 repair log T1 --process 'board changed'
  run -0 svc repair approve T1
  run -0 svc repair log T1 --process 'board changed' --hours 2
  run -0 svc repair check T1 pass
  run -0 svc repair result T1 repaired
  run -0 svc repair report T1
  says 'customer: Riverside Club' 'serial number: SN1' 'quality check: pass' 'result: repaired'
  gives 2 repair report T1 --record repair_report
  run -0 svc repair result T1 unrepairable
  run -0 svc repair result T1 no_fault
}

@test "a key makes each safe to run twice" {
  small_shop
  for command in 'quote T1 --line board=300' 'approve T1' 'log T1 --process x --hours 1' 'check T1 pass' 'result T1 repaired' \
    'diagnose T1 --text seen'; do
    first=$(svc repair $command --key "k-$command")
    before=$(svc --json log | sha256sum)
    [ "$first" = "$(svc repair $command --key "k-$command")" ]
    [ "$before" = "$(svc --json log | sha256sum)" ]
  done
}

@test "a closed ticket is not repaired any more" {
  small_shop
  svc ticket close T1 --outcome advised >/dev/null
  before=$(svc --json log | sha256sum)
  for command in 'diagnose T1 --text x' 'quote T1 --line board=3' 'approve T1' 'decline T1' 'log T1 --process x' 'check T1 pass' 'result T1 repaired'; do
    gives 6 repair $command
  done
  [ "$before" = "$(svc --json log | sha256sum)" ]
  run -0 svc repair report T1
}

@test "bad input: one sentence, and nothing is written" {
  small_shop
  before=$(svc --json log | sha256sum)
  long=$(printf 'x%.0s' {1..1100})
  for verb in 'diagnose T9 --text x' 'quote T9 --line x' 'approve T9' 'decline T9' 'log T9 --process x' 'check T9 pass' 'result T9 repaired' 'report T9'; do
    gives 5 repair $verb
  done
  gives 2 repair diagnose T1
  gives 2 repair quote T1
  for line in '' '=5' 'a,b' 'a*0' 'a*-1' 'a*x' 'a=-5' 'a=x' 'a=1e3' "$long" $'a\a' 'a*9999999' 'a=1.234'; do
    gives 4 repair quote T1 --line "$line"
    [ "${#lines[@]}" -le 2 ]
  done
  gives 4 repair diagnose T1 --text $'a\a'
  gives 4 repair log T1 --process $'a\a'
  gives 4 repair log T1 --process ''
  gives 2 repair check T1 maybe
  gives 4 repair check T1 pass --text $'a\a'
  gives 4 repair result T1 repaired --text $'a\a'
  gives 4 repair report T1 --field $'a=\a'
  svc repair quote T1 --line a=5 >/dev/null
  before=$(svc --json log | sha256sum)
  gives 4 repair approve T1 --by "$long"
  gives 4 repair approve T1 --text $'a\a'
  gives 2 repair approve T1 --at noon
  [ "$before" = "$(svc --json log | sha256sum)" ]
}

@test "replay gives the same records" {
  furniture
  svc repair quote T1 --line visit first_installation=false >/dev/null
  svc repair approve T1 >/dev/null
  svc repair log T1 --process 'door rehung' --hours 1.5 >/dev/null
  svc repair result T1 repaired >/dev/null
  svc --json unit show SN1 >before
  svc --json ticket show T1 >>before
  run -0 svc doctor --rebuild
  { svc --json unit show SN1; svc --json ticket show T1; } | cmp before -
}
