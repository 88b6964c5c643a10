#!/usr/bin/env bats
# A ticket goes through the workflow of its pack: what it allows, what it refuses, what is still owed.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  svc init --policy auto-4s >/dev/null
}

told='customer_signature=true other_requirements_asked=true technician_prenotified=true items_explained=true no_open_questions=true
  supplied_by=company aftermarket_part=false'

at_reception() {
  svc ticket open --symptom brakes
  svc ticket advance T1 receive walk_in=true
} >/dev/null

@test "a ticket begins where the pack lets it begin" {
  svc ticket open --symptom brakes >/dev/null
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field stage)" = new ]
  [ "$(field policy)" = auto-4s ]
}

@test "stages shows every way on, and what it still needs" {
  svc ticket open --symptom brakes >/dev/null
  run -0 svc --tsv ticket stages T1
  [ "${lines[1]}" = $'request_appointment\task for or propose an appointment\tappointment\tallowed\t\t\tauto-4s.03' ]
  [ "${lines[2]}" = $'receive\treceive the car\treception\tincomplete\twalk_in\t\tauto-4s.02' ]
  run -0 svc --tsv ticket stages T1 walk_in=false
  [ "${lines[2]}" = $'receive\treceive the car\treception\trefused\twalk_in\t\tauto-4s.02' ]
  run -0 --separate-stderr svc --lang zh ticket stages T1
  [[ $output == *还需要更多信息* ]]
}

@test "the whole course, from the counter to the end" {
  at_reception
  run -0 svc ticket advance T1 start_repair $told
  run -0 svc ticket advance T1 inspect
  run -0 svc ticket advance T1 deliver quality_pass=true
  run -0 svc ticket advance T1 hand_over settled=true
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field state)" = open ]
  run -0 svc ticket close T1 --outcome repaired
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field stage)" = closed ]
  [ "$(field state)" = closed ]
  [ "$(field outcome)" = repaired ]
  run -0 svc policy verify
  run -6 svc ticket advance T1 inspect
  [[ $output == *"T1 is closed already"* ]]
}

@test "what is missing is named and nothing is written" {
  at_reception
  before=$(svc --json log | sha256sum)
  run -3 svc ticket advance T1 start_repair
  [[ $output == *customer_signature* ]]
  run -6 svc ticket advance T1 start_repair $told no_open_questions=false
  [[ $output == *auto-4s.38* ]]
  run -6 svc ticket advance T1 deliver quality_pass=true
  [[ $output == *auto-4s.01* ]]
  run -4 svc ticket advance T1 no_such_event
  run -5 svc ticket advance T9 inspect
  run -2 svc ticket advance T1 inspect nosuchfact=1
  [ "$before" = "$(svc --json log | sha256sum)" ]
}

@test "facts of one step do not pass on to the next" {
  at_reception
  svc ticket advance T1 start_repair $told >/dev/null
  svc ticket advance T1 inspect >/dev/null
  svc ticket advance T1 fail quality_pass=true >/dev/null
  svc ticket advance T1 inspect >/dev/null
  run -3 svc ticket advance T1 deliver
  [[ $output == *quality_pass* ]]
  svc ticket note T1 quality_pass=true >/dev/null
  run -0 svc ticket advance T1 deliver
}

@test "work that has to be done again is counted" {
  at_reception
  svc ticket advance T1 start_repair $told >/dev/null
  for _ in 1 2; do
    svc ticket advance T1 inspect >/dev/null
    svc ticket advance T1 fail >/dev/null
  done
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field rework)" = 2 ]
}

@test "a ticket in a workflow does not close past it" {
  at_reception
  run -6 svc ticket close T1 --outcome repaired
  [[ $output == *"no way ends it from reception"* ]]
}

@test "what a stage makes others owe is written down" {
  svc ticket open --symptom brakes >/dev/null
  svc ticket advance T1 request_appointment >/dev/null
  svc ticket advance T1 book customer_consent=true time_stated=true customer_signature=true bay_free=true >/dev/null
  svc ticket advance T1 cancel >/dev/null
  run -0 svc --json log J1
  [[ $output == *release_bay* ]]
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field state)" = closed ]
}

@test "a key replays the step" {
  at_reception
  run -0 svc ticket advance T1 start_repair $told --key step-1
  first=$output
  run -0 svc ticket advance T1 start_repair $told --key step-1
  [ "$first" = "$output" ]
  run -0 svc --json log T1 --verb start_repair
  [ "$(grep -o start_repair <<<"$output" | wc -l)" = 1 ]
}

@test "another role does not do what the pack gives to one" {
  at_reception
  svc actor add counter --role clerk >/dev/null
  svc --as counter actor add desk --role advisor >/dev/null
  run -8 svc --as counter ticket advance T1 start_repair $told
  [[ $output == *advisor* ]]
  run -0 svc --as desk ticket advance T1 start_repair $told
}

@test "an override needs a pack that names who may" {
  at_reception
  run -6 svc ticket advance T1 start_repair $told no_open_questions=false --override 'the customer insists'
  [[ $output == *"lets nobody go against it"* ]]
  mkdir packs
  sed 's/^  order: auto-4s.01$/&\n  overrides: [{clause: auto-4s.38, event: start_repair, by: advisor}]/' "$SOURCE/policies/auto-4s.yaml" >packs/auto-4s.yaml
  cp -r "$SOURCE/policies/calendars" packs
  run -0 svc --policy-path packs ticket advance T1 start_repair $told no_open_questions=false --override 'the customer insists'
  run -0 svc ticket show T1
  [[ $output == *"the customer insists"* ]]
}

@test "replay gives the stage again" {
  at_reception
  svc ticket advance T1 start_repair $told >/dev/null
  run -0 svc doctor --rebuild
  svc --json ticket show T1 | json svc.ticket/1
  [ "$(field stage)" = repair ]
}
