#!/usr/bin/env bats
# The shop's counter: a complaint, a paid service, goods that are out of stock.
load setup
load reply
load walk

setup() {
  walk_desk retail-store
}

@test "from the receipt to the question whether it satisfies" {
  begins receive
  refused retail-store.29 accept documents=warranty_card
  missing documents accept
  refused retail-store.29 judged
  goes accept documents=receipt to listen
  goes judged to scope
  goes decided to agree
  guarded start_paid_service charge_told:retail-store.49
  goes plan_agreed to handle
  guarded collect_fee service_done:retail-store.50
  goes collect_fee service_done=true to handle
  missing repairable close
  guarded close superior_decision:retail-store.48 -- repairable=false
  goes close repairable=true to closed closed
  owes satisfaction_question
}

@test "a paid service is told before it begins; what can't be repaired is the superior's to decide" {
  begins receive
  goes accept documents=invoice to listen
  goes judged to scope
  goes decided to agree
  goes start_paid_service charge_told=true to handle
  goes close repairable=false superior_decision=true to closed closed
  told 'end the service' 服务结束
}

@test "what is out of stock is moved only after the customer was asked once more" {
  begins out_of_stock stage=out_of_stock
  goes register to out_of_stock
  owes transfer_request arrival_date
  goes stock_confirmed to stock_found
  guarded transfer customer_confirmed:retail-store.53
  goes transfer customer_confirmed=true to transferring
  closes_by_hand
  stands transferring closed
}
