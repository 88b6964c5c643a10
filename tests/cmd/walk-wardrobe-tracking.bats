#!/usr/bin/env bats
# The tracking sheet of a wardrobe, handed from department to department.
load setup
load reply
load walk

setup() {
  walk_desk wardrobe-tracking
}

told_on='handoff=true notified=true'
signed='handoff=true notified=true signature=true'
round=(handoff:wardrobe-tracking.10 notified:wardrobe-tracking.28)

@test "the sheet passes its blocks in their order, each handed over, told and signed" {
  begins reception
  refused wardrobe-tracking.06 close result_note=true photos=true notified=true
  guarded handoff "${round[@]}" signature:wardrobe-tracking.13
  goes handoff $signed to shop_1
  guarded handoff "${round[@]}"
  goes handoff $told_on to design_1
  guarded handoff "${round[@]}" signature:wardrobe-tracking.13
  goes handoff $signed to budget_1
  guarded handoff "${round[@]}"
  goes handoff $told_on to shop_2
  guarded handoff "${round[@]}" signature:wardrobe-tracking.13 -- change_wishes=false
  missing change_wishes handoff $signed
  goes handoff $signed change_wishes=false to shop_3
  guarded handoff "${round[@]}" signature:wardrobe-tracking.13 payment_recorded:wardrobe-tracking.23 order_confirmed:wardrobe-tracking.23 \
    -- change_wishes=false
  goes handoff $signed change_wishes=false payment_recorded=true order_confirmed=true to design_3
  guarded handoff "${round[@]}" signature:wardrobe-tracking.13
  goes handoff $signed to service
  guarded handoff "${round[@]}" signature:wardrobe-tracking.13
  goes handoff $signed to installation
  guarded handoff "${round[@]}"
  goes handoff $told_on to aftersales
  guarded close result_note:wardrobe-tracking.31 photos:wardrobe-tracking.31 notified:wardrobe-tracking.31
  goes close result_note=true photos=true notified=true to closed closed
  told 'hand over to the next department' 对接下一部门
}

@test "each wish for a change goes through design and budget once more" {
  begins reception
  goes handoff $signed to shop_1
  goes handoff $told_on to design_1
  goes handoff $signed to budget_1
  goes handoff $told_on to shop_2
  guarded handoff "${round[@]}" signature:wardrobe-tracking.13 -- change_wishes=true
  goes handoff $signed change_wishes=true to design_2
  for _ in 1 2; do
    guarded handoff "${round[@]}" signature:wardrobe-tracking.13
    goes handoff $signed to budget_2
    goes handoff $told_on to shop_3
    guarded handoff "${round[@]}" signature:wardrobe-tracking.13 -- change_wishes=true
    goes handoff $signed change_wishes=true to design_2
  done
}

@test "a visit past the planned number is told upwards" {
  begins reception
  refused wardrobe-tracking.06 appoint_visit visits=1
  goes handoff $signed to shop_1
  goes handoff $told_on to design_1
  goes handoff $signed to budget_1
  goes handoff $told_on to shop_2
  goes appoint_visit visits=3 to shop_2
  owes_no dept_head_notice
  goes appoint_visit visits=4 to shop_2
  owes dept_head_notice
}

@test "no outsider is shown the household's data" {
  begins reception
  refused wardrobe-tracking.05 show_to_outsider
}
