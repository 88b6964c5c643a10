#!/usr/bin/env bats
# The service department: a call, a visit or custody, the voucher filed.
load setup
load reply
load walk

setup() {
  walk_desk service-dept
}

caller='customer_name=true address=true phone=true product_model=true'

go_to_site() {
  begins called
  goes register $caller to registered
  goes pull_voucher voucher_on_file=true to awaiting_assignment
  goes assign to assigned
  goes leave service_voucher=true to on_site
}

@test "a call, a visit, and the call is struck off" {
  begins called
  refused service-dept.62 assign
  guarded register customer_name:service-dept.28 address:service-dept.28 phone:service-dept.28 product_model:service-dept.28
  goes register $caller to registered
  goes pull_voucher voucher_on_file=false to awaiting_assignment
  owes duplicate_voucher
  goes assign to assigned
  guarded leave service_voucher:service-dept.31
  goes leave service_voucher=true to on_site
  guarded finish customer_signature:service-dept.32
  goes finish customer_signature=true to 'done'
  goes close to closed closed
  owes register_struck voucher_filed survey_card
}

@test "on the spot only up to the limit that is set" {
  go_to_site
  missing spot_limit collect_fee service_class=paid fee_total=100.00
  svc policy set service-dept spot_limit 500.00 >/dev/null
  refused service-dept.35 collect_fee service_class=paid fee_total=500.01
  refused service-dept.62 collect_fee service_class=free
  goes collect_fee service_class=paid fee_total=500.00 to on_site
}

@test "goods in custody have receipt, register and card, and go back against them" {
  go_to_site
  guarded take_in custody_receipt:service-dept.38 customer_signature:service-dept.38
  goes take_in custody_receipt=true customer_signature=true to in_custody
  goes overrun to in_custody
  guarded start_repair custody_register:service-dept.39 repair_card:service-dept.39
  goes start_repair custody_register=true repair_card=true to in_repair
  goes overrun to in_repair
  guarded finish_repair repair_minutes:service-dept.40 parts_replaced:service-dept.40
  goes finish_repair repair_minutes=true parts_replaced=true to repaired
  refused service-dept.62 return_goods inspected=true customer_signature=true receipt_recovered=true
  goes inspect to ready
  guarded return_goods inspected:service-dept.43 customer_signature:service-dept.43 receipt_recovered:service-dept.43 -- loss_statement=false
  goes return_goods inspected=true customer_signature=true receipt_recovered=false loss_statement=true to closed closed
  told 'take the goods in' 取回
}

@test "a branch's report goes on with its manager's signature, a centre's as it is" {
  begins supervisor_daily stage=supervisor_daily
  guarded forward_report manager_signature:service-dept.49 -- unit=branch
  goes forward_report unit=branch manager_signature=true to forwarded
  begins supervisor_daily stage=supervisor_daily
  goes forward_report unit=service_centre to forwarded
  closes_by_hand
}

@test "measures are in force once the general manager has approved them" {
  begins draft stage=draft
  guarded publish gm_approval:service-dept.08
  goes publish gm_approval=true to in_force
  goes amend to draft
}
