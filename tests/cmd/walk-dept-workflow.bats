#!/usr/bin/env bats
# The seven variants of the service department's workflow, each from the first contact to the end.
load setup
load reply
load walk

setup() {
  walk_desk dept-workflow
}

@test "a ticket that names no variant has no course yet" {
  opens
  keeps 3 variant record_info
  notes variant=a
  goes record_info to record_info
}

@test "variant A: analysis, visit, report, confirmation" {
  begins intake --variant a
  refused dept-workflow.01 dispatch fault_nature_recorded=true fault_cause_recorded=true
  goes record_info to record_info
  goes analyse to analysis
  guarded dispatch fault_nature_recorded:dept-workflow.03 fault_cause_recorded:dept-workflow.03
  goes dispatch fault_nature_recorded=true fault_cause_recorded=true to on_site
  guarded start_repair symptom_confirmed:dept-workflow.07 need_confirmed:dept-workflow.07
  goes start_repair symptom_confirmed=true need_confirmed=true to repair
  guarded finish_repair normal_operation:dept-workflow.08
  goes finish_repair normal_operation=true to report
  guarded submit_report report_complete:dept-workflow.09
  goes submit_report report_complete=true to confirmation
  guarded close customer_confirmation:dept-workflow.11
  goes close customer_confirmation=true to closed closed
  owes satisfaction_survey
  told 'finish the repair' 完成维修
}

@test "variant B: the scope decides, and what lies outside is closed with its reason" {
  begins intake --variant b
  refused dept-workflow.143 dispatch in_scope=true
  guarded judge_scope info_complete:dept-workflow.26
  goes info_missing to info_incomplete
  guarded judge_scope info_complete:dept-workflow.26
  goes judge_scope info_complete=true to scope_check
  guarded dispatch in_scope:dept-workflow.29
  guarded send_in in_scope:dept-workflow.29
  goes dispatch in_scope=true to on_site
  goes find_unrepairable to unrepairable
  goes close to closed closed

  begins intake --variant b
  goes judge_scope info_complete=true to scope_check
  goes send_in in_scope=true to workshop
  goes finish_repair to repaired
  goes close to closed closed

  begins intake --variant b
  goes judge_scope info_complete=true to scope_check
  refused dept-workflow.27 decline reason_told=true in_scope=true
  guarded decline reason_told:dept-workflow.29 -- in_scope=false
  goes decline reason_told=true in_scope=false to out_of_scope closed
}

@test "variant C: a job that takes longer needs a stopgap and a plan" {
  svc policy set dept-workflow quick_fix_limit "4 hours" >/dev/null
  begins intake --variant c
  goes confirm to diagnosis
  guarded answer_customer temporary_solution:dept-workflow.51 followup_plan:dept-workflow.51 -- estimate_hours=5
  missing estimate_hours answer_customer
  goes answer_customer estimate_hours=4 to solution
  guarded execute solved:dept-workflow.53
  refused dept-workflow.143 close
  goes execute solved=true to recorded
  goes close to closed closed
}

@test "variant D: parts, a plan that the customer confirms, rework that is passed up at the set number" {
  svc policy set dept-workflow max_rework 2 >/dev/null
  begins intake --variant d
  guarded diagnose purchase_info_verified:dept-workflow.66
  goes diagnose purchase_info_verified=true to diagnosis
  guarded dispatch remote_unsolved:dept-workflow.68
  guarded send_in remote_unsolved:dept-workflow.68
  goes send_in remote_unsolved=true to repair_centre
  goes make_plan to plan
  goes request_parts to waiting_parts
  refused dept-workflow.143 start_repair customer_confirms_plan=true
  goes parts_arrived to plan
  guarded start_repair customer_confirms_plan:dept-workflow.70
  goes start_repair customer_confirms_plan=true to repair
  for _ in 1 2; do
    goes inspect to quality_check
    goes fail to repair
    owes_no escalation
  done
  goes inspect to quality_check
  guarded return_to_customer quality_pass:dept-workflow.75
  goes fail to repair
  owes purchasing_request escalation
  goes inspect to quality_check
  goes return_to_customer quality_pass=true to followup
  refused dept-workflow.80 close customer_satisfied=false remedy_recorded=false
  missing remedy_recorded close customer_satisfied=false
  goes report_dissatisfied to reopened
  goes make_plan to plan
  goes start_repair customer_confirms_plan=true to repair
  goes inspect to quality_check
  goes return_to_customer quality_pass=true to followup
  goes close customer_satisfied=false remedy_recorded=true to closed closed
  reworked 3
}

@test "variant E: the departments agree, the case is settled, the customer is asked" {
  begins intake --variant e
  goes analyse to analysis
  guarded solve departments_agreed:dept-workflow.88
  goes solve departments_agreed=true to solving
  guarded survey settled:dept-workflow.92
  refused dept-workflow.143 close
  goes survey settled=true to survey
  goes close to closed closed
}

@test "variant F: priority, solving, record; what can't be solved is passed up with a proposal and stays open" {
  begins feedback --variant f
  goes classify to classified
  goes analyse to analysis
  goes prioritise to prioritised
  goes dispatch to on_site
  goes solve to solving
  guarded escalate proposal:dept-workflow.110
  goes notify_customer to notified
  guarded record record_complete:dept-workflow.111
  goes record record_complete=true to recorded
  goes close to closed closed

  begins feedback --variant f
  goes classify to classified
  goes analyse to analysis
  goes prioritise to prioritised
  goes solve to solving
  goes escalate proposal=true to escalated
  refused dept-workflow.143 solve
}

@test "variant G: a missing acknowledgement never holds the diagnosis up, but is made good" {
  begins feedback --variant g
  refused dept-workflow.127 survey solved=true
  goes diagnose acknowledged=false to diagnosis
  owes acknowledgement
  guarded propose_solution occurred_at_known:dept-workflow.133 circumstances_known:dept-workflow.133 \
    impact_scope_known:dept-workflow.133
  goes propose_solution occurred_at_known=true circumstances_known=true impact_scope_known=true to solution
  guarded survey solved:dept-workflow.138
  goes dispatch to on_site
  goes survey solved=true to survey
  goes improve to improvement
  goes close to closed closed
}

@test "nothing about a customer goes to a third party, whatever the stage" {
  begins intake --variant a
  refused dept-workflow.41 disclose_to_third_party
  goes record_info to record_info
  refused dept-workflow.41 disclose_to_third_party
}
