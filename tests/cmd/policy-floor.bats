#!/usr/bin/env bats
# svc policy floor: a promise held against the law.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

@test "floor names the freight on returns of faulty goods, and exits 1" {
  run -1 svc policy floor retail-store cn-sanbao-general cn-consumer
  says "retail-store.12" "cn-sanbao-general.9" "freight there: nothing said, where the law gives the company" \
    "retail-store, cn-consumer: less than the law in"
}

@test "every point of the floor is shown by its case" {
  run -1 --separate-stderr svc --json policy floor furniture-store cn-consumer
  json svc.policy.floor/1 <<<"$output"
  python3 "$BATS_TEST_DIRNAME/policy_floor.py" "$PROGRAM" <<<"$output"
}

@test "the floor of the packs that ship is what their clauses say" {
  run -0 python3 "$BATS_TEST_DIRNAME/policy_floor_table.py" "$PROGRAM" "$BATS_TEST_DIRNAME/policy-floor.tsv"
}

@test "what a promise leaves to a contract is named" {
  run -0 svc policy floor coach-service cn-consumer
  says "no case that both speak of" "undecided for want of: end of the three-guarantee term (coach-service, in"
}

@test "a fee is named with what it is for" {
  run -1 svc policy floor furniture-store cn-consumer
  says "fee (home visit): 20.00, where the law gives free"
}

@test "a fact on the command line holds in every case" {
  run -1 svc policy floor retail-store cn-sanbao-general product=bicycle
  [[ $output == *"product=bicycle"* && $output != *"product=colour_tv"* ]]
  run -2 svc policy floor retail-store cn-sanbao-general prodct=bicycle
  says "did you mean product?"
}

@test "a law against itself gives no less" {
  run -0 svc policy floor cn-consumer cn-consumer
  run -0 svc policy floor cn-sanbao-phone cn-sanbao-phone
}

@test "a pack that is not there is 5" {
  run -5 svc policy floor retail-store cn-consumers
}
