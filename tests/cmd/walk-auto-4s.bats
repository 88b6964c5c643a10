#!/usr/bin/env bats
# The seven steps of a car's repair, with the refusals that their clauses name.
load setup
load reply
load walk

setup() {
  walk_desk auto-4s
}

@test "an appointment that is kept, from the first contact to the end" {
  begins new
  refused auto-4s.01 book
  refused auto-4s.01 hand_over settled=true
  goes request_appointment to appointment
  guarded book customer_consent:auto-4s.04 time_stated:auto-4s.08 customer_signature:auto-4s.06 bay_free:auto-4s.10
  goes book customer_consent=true time_stated=true customer_signature=true bay_free=true to preparation
  guarded preparation_done sheet_workshop:auto-4s.17 sheet_tool_room:auto-4s.17 sheet_parts_store:auto-4s.17
  goes preparation_done sheet_workshop=true sheet_tool_room=true sheet_parts_store=true to reception
  signed=(customer_signature:auto-4s.23 other_requirements_asked:auto-4s.22 technician_prenotified:auto-4s.37
    items_explained:auto-4s.37 no_open_questions:auto-4s.38)
  guarded start_repair "${signed[@]}" -- supplied_by=company aftermarket_part=false
  guarded start_repair "${signed[@]}" disclaimer_noted:auto-4s.28 -- supplied_by=customer
  goes start_repair customer_signature=true other_requirements_asked=true technician_prenotified=true items_explained=true \
    no_open_questions=true supplied_by=customer disclaimer_noted=true to repair
  refused auto-4s.01 deliver quality_pass=true
  goes inspect to quality_check
  guarded deliver quality_pass:auto-4s.44
  goes deliver quality_pass=true to delivery_settlement
  refused auto-4s.01 fail
  guarded hand_over settled:auto-4s.45
  goes hand_over settled=true to followup
  goes close to closed closed
  told 'start the repair' 开始维修
}

@test "a failed check goes back to the repair as often as it takes, and is counted" {
  begins new
  guarded receive walk_in:auto-4s.02
  goes receive walk_in=true to reception
  refused auto-4s.01 cancel
  goes start_repair customer_signature=true other_requirements_asked=true technician_prenotified=true items_explained=true \
    no_open_questions=true supplied_by=company aftermarket_part=false to repair
  for _ in 1 2 3; do
    goes inspect to quality_check
    goes fail to repair
  done
  reworked 3
}

@test "a cancelled appointment frees what was reserved, and nothing more happens" {
  begins new
  goes request_appointment to appointment
  goes book customer_consent=true time_stated=true customer_signature=true bay_free=true to preparation
  goes cancel to cancelled closed
  owes release_bay release_tools release_parts
  refused 'closed already' inspect
}
