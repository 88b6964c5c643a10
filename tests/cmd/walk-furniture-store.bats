#!/usr/bin/env bats
# The home visit of the furniture store, from the call to the feedback.
load setup
load reply
load walk

setup() {
  walk_desk furniture-store
}

covers='introduced=true user_confirmed=true badge_shown=true covers_on=true user_eating=false'
checks='self_check_product=true self_check_site=true self_check_toolbox=true'

# From the call to the door.
come_to_the_door() {
  begins new
  goes hotline_call to task
  goes confirm_visit data_mismatch=false to ready
  goes depart repairable_onsite=true mat=true work_badge=true to on_the_way
  goes arrive to at_door
}

# From the door to the self-check, free of charge.
repair_at_home() {
  goes enter $covers to service
  goes start_repair service_class=free to repair
  goes finish_repair part_refused=false to full_check
  goes check_done works_normally=true hidden_faults_removed=true to guide_clean
  goes tidied to self_check
}

@test "what is missing is asked inside first, and an upset user is visited only with consent" {
  begins new
  refused furniture-store.72 depart
  goes hotline_call to task
  goes info_missing to info_incomplete
  guarded contact_user sales_guide_asked:furniture-store.04 store_manager_asked:furniture-store.04 supervisor_asked:furniture-store.04
  goes contact_user sales_guide_asked=true store_manager_asked=true supervisor_asked=true to info_incomplete
  goes info_completed to task
  missing data_mismatch confirm_visit
  guarded confirm_visit data_reconfirmed:furniture-store.15 -- data_mismatch=true user_upset=false
  refused furniture-store.19 confirm_visit data_mismatch=true data_reconfirmed=true user_upset=true user_consent=false
  guarded user_declines contact_left:furniture-store.18
  goes user_declines contact_left=true to awaiting_user
  refused furniture-store.72 depart
  goes contact_user to task
  goes confirm_visit data_mismatch=true data_reconfirmed=true user_upset=true user_consent=true to ready
}

@test "leaving takes mat, badge and a place of repair; a visit that is held up is agreed again or passed on" {
  begins new
  goes hotline_call to task
  goes confirm_visit data_mismatch=false to ready
  guarded depart mat:furniture-store.22 work_badge:furniture-store.23 -- repairable_onsite=true
  missing repairable_onsite depart mat=true work_badge=true
  guarded depart pickup_agreed:furniture-store.13 -- repairable_onsite=false mat=true work_badge=true
  goes depart repairable_onsite=false pickup_agreed=true mat=true work_badge=true to on_the_way
  guarded reschedule called_ahead:furniture-store.27 user_consent:furniture-store.28
  goes reschedule called_ahead=true user_consent=true to ready
  goes depart repairable_onsite=true mat=true work_badge=true to on_the_way
  guarded reassign supervisor_notified:furniture-store.28
  goes reassign supervisor_notified=true to ready
}

@test "nobody at the door: a slip, the superior, and the user is called again" {
  come_to_the_door
  goes phone_answered to at_door
  goes phone_unanswered to awaiting_user
  owes leave_note notify_supervisor contact_user_later
  goes contact_user to task
}

@test "the repair at home without a charge, to the feedback" {
  come_to_the_door
  guarded enter introduced:furniture-store.38 user_confirmed:furniture-store.38 badge_shown:furniture-store.38 covers_on:furniture-store.39 \
    -- user_eating=false
  guarded enter user_invites:furniture-store.43 -- introduced=true user_confirmed=true badge_shown=true covers_on=true user_eating=true
  goes enter $covers to service
  missing service_class start_repair
  goes start_repair service_class=free to repair
  guarded borrow user_consent:furniture-store.50
  goes borrow user_consent=true to repair
  guarded move_items explained:furniture-store.51 user_consent:furniture-store.51
  guarded continue_through_meal user_consent:furniture-store.61
  guarded leave_for_meal site_cleared:furniture-store.62 return_time_agreed:furniture-store.62
  goes leave_for_meal site_cleared=true return_time_agreed=true to repair
  guarded finish_repair refusal_signed:furniture-store.59 -- part_refused=true
  goes finish_repair part_refused=true refusal_signed=true to full_check
  guarded check_done works_normally:furniture-store.65 hidden_faults_removed:furniture-store.66
  goes check_done works_normally=true hidden_faults_removed=true to guide_clean
  goes tidied to self_check
  guarded request_signature self_check_product:furniture-store.69 self_check_site:furniture-store.69 self_check_toolbox:furniture-store.69
  goes request_signature $checks to sign
  guarded leave card_given:furniture-store.81
  refused furniture-store.72 close
  goes leave card_given=true to leave
  guarded step_out floor_wiped:furniture-store.83 apologised:furniture-store.83 -- covers_off_inside=true
  goes step_out covers_off_inside=false to feedback
  goes close to closed closed
  told 'take leave' 告辞
}

@test "a charge is agreed before the repair, and has its list and receipt" {
  come_to_the_door
  goes enter $covers to service
  guarded start_repair charge_explained:furniture-store.48 price_list_shown:furniture-store.48 user_consent:furniture-store.48 -- service_class=paid
  goes start_repair service_class=paid charge_explained=true price_list_shown=true user_consent=true to repair
  goes finish_repair part_refused=false to full_check
  goes check_done works_normally=true hidden_faults_removed=true to guide_clean
  goes tidied to self_check
  guarded request_payment self_check_product:furniture-store.69 self_check_site:furniture-store.69 self_check_toolbox:furniture-store.69
  goes request_payment $checks to charge_receipt
  guarded paid price_list_shown:furniture-store.71 receipt_issued:furniture-store.73
  goes paid price_list_shown=true receipt_issued=true to sign
}

@test "a user who does not pay may sign, but the job waits for the superior" {
  come_to_the_door
  repair_at_home
  goes request_payment $checks to charge_receipt
  guarded payment_refused charge_explained:furniture-store.76
  goes payment_refused charge_explained=true to awaiting_instruction
  guarded request_signature self_check_product:furniture-store.69 self_check_site:furniture-store.69 self_check_toolbox:furniture-store.69
  goes request_signature $checks to awaiting_instruction
  guarded close instruction:furniture-store.77
  goes close instruction=true to closed closed
}

@test "new furniture needs no call for its installation" {
  begins delivery stage=delivery
  refused furniture-store.72 hotline_call
  goes delivered to closed closed
  owes install_job
}
