#!/usr/bin/env bats
# Packs whose documents tell only a few steps of the way: each from where it begins to where it ends.
load setup
load reply
load walk

@test "service-standard: five steps in order, and no end without the follow-up call" {
  walk_desk service-standard
  svc policy set service-standard failed_calls 3 >/dev/null
  svc policy set service-standard close_unreachable true >/dev/null
  begins intake
  refused service-standard.51 propose
  goes diagnose to diagnosis
  goes propose to plan
  guarded start_work fee_told:service-standard.34 -- service_class=paid
  goes start_work service_class=free to implement
  refused service-standard.51 close followup_recorded=true
  goes call_back to followup
  refused service-standard.52 close followup_recorded=false calls_failed=2
  goes close followup_recorded=false calls_failed=3 to closed closed
  told 'begin the work' 开始实施
}

@test "service-standard: without leave to close after failed calls they count for nothing" {
  walk_desk service-standard
  begins intake
  goes diagnose to diagnosis
  goes propose to plan
  goes start_work service_class=free to implement
  goes call_back to followup
  svc policy set service-standard close_unreachable false >/dev/null
  refused service-standard.52 close followup_recorded=false calls_failed=9
  goes close followup_recorded=true to closed closed
}

@test "low-voltage: who goes depends on what failed, and an urgent report is phoned through" {
  walk_desk low-voltage
  begins intake
  missing severity assign
  goes assign severity=urgent core_fault=true to assigned
  owes call_technical_manager engineer_on_site presales_on_site
  refused low-voltage.09 complaint
  closes_by_hand
  stands assigned closed
  for severity in normal core_failure_wide_outage core_system_serious performance_degraded noncore_affecting_core_users hard_problem; do
    begins intake
    goes assign severity=$severity to assigned
  done
  begins intake
  goes complaint to complaint
}

@test "tracking-form: a sheet is closed with its number" {
  walk_desk tracking-form
  begins open
  missing service_no close
  goes close service_no=A-17 to closed closed
}

@test "decoration: work begins when both agree and a time is fixed" {
  walk_desk decoration
  begins consulted
  guarded start agreement:decoration.12 time_fixed:decoration.12
  goes start agreement=true time_fixed=true to execution
  closes_by_hand
}

@test "trade-terms: the technician's confirmation decides; the new one leaves when the old one is here" {
  walk_desk trade-terms
  opens --kind exchange
  refused trade-terms.25 send_in stage=requested fault=quality confirmed=false want=exchange
  refused trade-terms.33 send_in stage=requested fault=none approved=false want=exchange
  missing confirmed send_in stage=requested fault=quality want=exchange
  goes send_in stage=requested fault=quality confirmed=true want=exchange to sent
  opens --kind exchange
  refused trade-terms.20 ship_new stage=exchange_agreed received=false
  refused trade-terms.20 refund stage=exchange_agreed inspected=true
  goes ship_new stage=exchange_agreed received=true to closed closed
  opens --kind return
  refused trade-terms.46 refund stage=received inspected=false
  missing inspected refund stage=received
  goes refund stage=received inspected=true to closed closed
}

@test "agency: orders, sub-agents, territory and boards, each held to its clause" {
  walk_desk agency
  opens --kind consult
  refused agency.08 place_first_order stage=in_force order_total=49999.99 prepaid=49999.99
  refused agency.11 place_first_order stage=in_force order_total=50000.00 prepaid=49999.99
  refused agency.13 assess stage=in_force assessment_passed=false quarterly_orders=3
  refused agency.07 appoint_subagent stage=in_force supplier_approval=false
  refused agency.27 disclose_information stage=in_force agent_consent=false
  refused agency.23 supplier_sells_to_end_user stage=in_force region=north
  refused agency.12 ship stage=in_force deposit_paid=true balance_paid=true
  goes place_first_order stage=in_force order_total=50000.00 prepaid=50000.00 to ordered
  guarded ship deposit_paid:agency.47 balance_paid:agency.47
  goes ship deposit_paid=true balance_paid=true to shipped
  opens --kind consult
  refused agency.32 cross_territory_sale stage=quoted territory_general_agent_consent=false
  refused agency.37 third_party_purchase stage=sourcing supplier_approval=false
  refused agency.70 return_boards stage=repaired repair_fee_paid=false
  goes return_boards stage=repaired repair_fee_paid=true to returned
}

@test "oem-alarm: the first batch, both confirmations, half paid before production" {
  walk_desk oem-alarm
  opens --kind consult
  refused oem-alarm.05 place_first_order stage=signed quantity=499
  refused oem-alarm.05 place_first_order stage=signed quantity=1001
  for event in maker_sells:oem-alarm.09 maker_uses_brand:oem-alarm.04 buyer_orders_elsewhere:oem-alarm.08; do
    refused "${event#*:}" "${event%%:*}" stage=signed
  done
  goes place_first_order stage=signed quantity=500 to order_placed
  guarded confirm_order maker_confirmed:oem-alarm.23 buyer_confirmed:oem-alarm.23
  refused oem-alarm.23 start_production prepaid=100.00 order_total=100.00
  goes confirm_order maker_confirmed=true buyer_confirmed=true to ordered
  refused oem-alarm.25 start_production prepaid=49.99 order_total=100.00
  goes start_production prepaid=50.00 order_total=100.00 to in_production
  goes place_later_order to order_placed
  opens --kind consult
  refused oem-alarm.40 agree_supplement stage=dispute both_approved=false
  goes agree_supplement stage=dispute both_approved=true to signed
}

@test "led-software, manufacturer-service, medical-pm: one step, held to its clause" {
  walk_desk led-software
  opens --kind install
  refused led-software.10 end stage=trial_final_acceptance user_confirmation=false
  missing user_confirmation end stage=trial_final_acceptance
  goes end stage=trial_final_acceptance user_confirmation=true to free_maintenance

  export SVC_POLICY=manufacturer-service
  opens --kind install
  refused manufacturer-service.29 to_workshop stage=order service_requirements_in_contract=false
  goes to_workshop stage=order service_requirements_in_contract=true to workshop

  export SVC_POLICY=medical-pm
  opens --kind install
  refused medical-pm.05 start_construction stage=design component=icu secondary_design=false design_review=true
  refused medical-pm.06 start_construction stage=design component=icu secondary_design=true design_review=false
  goes start_construction stage=design component=icu secondary_design=true design_review=true to construction
  opens --kind install
  goes start_construction stage=design component=ordinary_works to construction
}

@test "tracking-system: managers see all, callback users only customers of their own" {
  walk_desk tracking-system
  opens --kind consult
  refused tracking-system.15 view_customer stage=in_use role=callback_user own_customer=false
  refused tracking-system.15 add_user stage=in_use role=callback_user
  goes view_customer stage=in_use role=callback_user own_customer=true to in_use
  refused tracking-system.15 write_record role=callback_user own_customer=false
  goes write_record role=admin to in_use
}
