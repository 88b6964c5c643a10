#!/usr/bin/env bats
# The mall: six steps of a complaint, the approach to a customer, the queue.
load setup
load reply
load walk

setup() {
  walk_desk mall-service
}

to_follow_up() {
  begins listen
  goes restate to restate
  goes reorganise to reorganise
  goes explain_by_asking to explain_by_asking
  goes retain to retain
  goes follow_up to follow_up
}

closing=(apology_recorded:mall-service.33 followup_date_set:mall-service.33)

@test "six steps, none left out or moved forward, and an apology and a date before the end" {
  begins listen
  refused mall-service.25 reorganise
  refused mall-service.25 close apology_recorded=true followup_date_set=true
  goes restate to restate
  refused mall-service.25 retain
  goes reorganise to reorganise
  goes explain_by_asking to explain_by_asking
  goes retain to retain
  goes follow_up to follow_up
  guarded close "${closing[@]}" -- compensation=false concession=false
  goes close apology_recorded=true followup_date_set=true compensation=false concession=false to closed closed
  told 'go on to following up' 开始跟踪
}

@test "a compensation has an approver, a concession a reason as well" {
  to_follow_up
  guarded close "${closing[@]}" approver_named:mall-service.33 -- compensation=true concession=false
  guarded close "${closing[@]}" approver_named:mall-service.45 reason_recorded:mall-service.45 -- compensation=false concession=true
  goes close apology_recorded=true followup_date_set=true compensation=true concession=true approver_named=true reason_recorded=true \
    to closed closed
}

@test "the talk begins on one of six signals or when asked" {
  for signal in gaze_long touch look_up stop search eye_contact ask; do
    begins waiting stage=waiting
    refused mall-service.25 restate
    goes "$signal" to approach
  done
}

@test "out of turn only with the consent of those ahead" {
  begins queue stage=queue
  guarded serve_first queue_consent:mall-service.80
  goes serve_first queue_consent=true to serving
  begins queue stage=queue
  goes serve to serving
}
