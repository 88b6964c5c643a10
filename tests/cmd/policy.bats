#!/usr/bin/env bats
# The packs themselves.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

write_pack() { # FILE
  cat >"$1" <<'PACK'
policy: mini
title: {en: A small pack, zh: 小政策}
effective: 2026-01-01
currency: CNY
timezone: Asia/Shanghai
settings:
  free_days: {type: duration, clause: mini.02, title: {en: days of free repair, zh: 免费维修天数}}
clauses:
  mini.01: {en: Repaired free of charge for a year, zh: 一年内免费维修}
warranty:
  terms:
    - {clause: mini.01, from: purchase, lasts: 1 year, remedy: repair}
  exclusions:
    - {clause: mini.03, when: {cause: misuse}}
PACK
}

@test "the list shows the packs that ship, with their titles" {
  run -0 svc policy list
  for pack in appliances furniture-store golf-carts lighting office-furniture retail-store survey-instruments trade-terms; do
    [[ $output == *"$pack"* ]]
  done
  svc policy list --json | json svc.policy/1
}

@test "a pack in an earlier folder wins, and the list says so" {
  mkdir packs
  write_pack packs/mini.yaml
  sed 's/mini/golf-carts/g' packs/mini.yaml >packs/golf-carts.yaml
  run -0 svc --policy-path packs policy list --columns id,state
  [[ $output == *mini* ]]
  [[ $output == *shadowed* ]]
}

@test "show reads as a document and as JSON" {
  run -0 svc policy show golf-carts
  [[ $output == *"golf-carts.22"* && $output == *motor* ]]
  svc policy show golf-carts --json | json svc.policy.document/1
  [ "$(field currency)" = CNY ]
  run -0 svc --lang zh policy show golf-carts
  [[ $output == *电机* ]]
}

@test "show says what a manager looks for: the settings as they are, each promise with its line, words for ids" {
  run -0 svc policy show furniture-store
  [[ $output == *"unit of the adjustment fee  (word): per visit"* && $output == *"rate of the card fee  (figure): not set"* ]]
  [[ $output == *"lasts: 1 year"* && $output == *"terms of the sale: made to order"* ]]
  line=$(sed -n 's/.*date of the payment slip\.  (\([0-9]*\))$/\1/p' <<<"$output" | head -n 1)
  [[ $(sed -n "${line}p" "$BATS_TEST_DIRNAME/../../policies/furniture-store.yaml") == *"clause: furniture-store.163"* ]]
  run -0 svc --lang zh policy show service-dept
  [[ $output == *"到场时限：6 个工作小时"* && $output == *"工作日：星期一"* ]]
}

@test "show --markdown is a document: headings and lists, and nothing that is read as a mark" {
  run -0 svc policy show golf-carts --markdown
  [[ ${lines[0]} == "# Electric golf and sightseeing carts (golf-carts)" ]]
  says "## warranty: terms" "- **golf-carts.13** " "  - lasts: 2 years" "  - \`stationed_staff\` stationed staff"
  [ -z "$(tail -n +4 <<<"$output" | grep -vE '^($|## |- |  - )')" ]
  run -0 svc policy show auto-4s --markdown
  says '\[expected_finish\]'
  run -0 svc --lang zh policy show golf-carts --markdown
  says "# 电动高尔夫球车及观光车 (golf-carts)" "## 保修：保修期" "  - 期限：2 年"
}

@test "an unknown pack is 5, with a suggestion" {
  run -5 svc policy show golf-cart
  [[ $output == *golf-carts* ]]
}

@test "new writes a sound pack with comments, and writes over nothing" {
  run -0 svc policy new garden-tools --title "Garden tools"
  [[ $output == *./garden-tools.yaml* ]]
  [[ $(<garden-tools.yaml) == *"effective: 2026-03-02"*"# These beat every term."* ]]
  run -0 svc policy check ./garden-tools.yaml
  run -0 svc policy lint ./garden-tools.yaml
  facts=(component=battery cause=defect purchase=2026-01-31 claim=2026-07-31)
  run -0 svc --policy ./garden-tools.yaml policy ask warranty "${facts[@]}"
  [[ $output == *2026-07-31*garden-tools.03* ]]
  run -6 svc policy new garden-tools
  run -2 svc policy new Garden
  [[ $output == *"no policy id"* ]]
  run -2 svc policy new garden --title 'a "b"'
  run -0 svc --lang zh policy new garden
  [[ $(<garden.yaml) == *"# 这些条款优先于所有保修条款。"* ]]
  svc policy new other --to other.yaml --json | json svc.policy.new/1
  run -0 svc policy check ./garden.yaml ./other.yaml
}

@test "check says that a good pack is good" {
  write_pack mini.yaml
  run -0 svc policy check mini.yaml
  [[ $output == *"no faults"* ]]
}

@test "check names every fault by line and column, with the line and a mark" {
  write_pack mini.yaml
  sed -i 's/lasts: 1 year/lasts: 1 yaer/; s/cause: misuse/cause: missuse/' mini.yaml
  run -4 svc policy check mini.yaml
  [[ $output == *"mini.yaml:12:"* ]]
  [[ $output == *"mini.yaml:14:"* ]]
  [[ $output == *"^"* ]]
  run -4 --separate-stderr svc --json policy check mini.yaml
  json svc.policy.check/1 <<<"$output"
  [ "$(field faults.0.line)" = 12 ]
}

@test "a file that is not there is 5" {
  run -5 svc policy check nowhere.yaml
}

@test "ask is the plumbing: one question, no desk" {
  run -0 svc policy ask freight --policy trade-terms fault=quality confirmed=false want=repair delivery=2026-02-02
  run -2 svc policy ask fright --policy trade-terms fault=quality
  [[ $output == *freight* ]]
  run -2 svc policy ask warranty component=motor
}

@test "test runs worked cases and ends with the count" {
  cat >cases.yaml <<'CASES'
- id: a/good
  policy: golf-carts
  ask: warranty
  given: {component: motor, manufacture: 2023-05-10, purchase: 2023-07-01, cause: defect, claim: 2025-05-10, documents: [contract, warranty_card, certificate]}
  expect: {verdict: covered, remedy: replace}
- id: a/bad
  policy: golf-carts
  ask: warranty
  given: {component: motor, manufacture: 2023-05-10, purchase: 2023-07-01, cause: defect, claim: 2025-05-11, documents: [contract, warranty_card, certificate]}
  expect: {verdict: covered, remedy: replace}
- id: b/other-ask
  policy: trade-terms
  ask: freight
  given: {fault: quality, confirmed: false, want: repair, delivery: 2026-02-02, claim: 2026-02-03}
  expect: {freight_in: customer}
CASES
  run -1 svc policy test cases.yaml
  [ "${lines[-1]}" = "2 passed, 1 failed" ]
  [[ $output == *a/bad*remedy* ]]
  run -0 svc policy test cases.yaml --id '*/good'
  [ "${lines[-1]}" = "1 passed, 0 failed" ]
  run -0 svc policy test cases.yaml --ask freight
  [ "${lines[-1]}" = "1 passed, 0 failed" ]
  run -0 svc policy test cases.yaml --only-policy trade-terms
  [ "${lines[-1]}" = "1 passed, 0 failed" ]
  run -1 --separate-stderr svc --json policy test cases.yaml
  json svc.policy.test/1 <<<"$output"
  [ "$(field failed)" = 1 ]
  [ "$(field failures.0.id)" = a/bad ]
}

@test "a case file with a fault is 4, by line" {
  printf -- '- id: x\n  polcy: golf-carts\n' >cases.yaml
  run -4 svc policy test cases.yaml
  [[ $output == *"cases.yaml:"* ]]
}

@test "set fills what a pack leaves open, from a day on" {
  mkdir packs
  write_pack packs/mini.yaml
  sed -i 's/lasts: 1 year/lasts: {setting: free_days}/' packs/mini.yaml
  export SVC_POLICY_PATH=$PWD/packs
  svc init --policy mini
  run -3 svc warranty check purchase=2026-02-01 cause=defect
  [[ $output == *free_days* ]]
  run -0 svc policy set mini free_days '30 days'
  run -0 svc warranty check purchase=2026-02-01 cause=defect
  run -1 svc warranty check purchase=2026-01-01 cause=defect
  run -0 svc warranty check purchase=2026-01-01 cause=defect --set free_days='90 days'
  run -2 svc policy set mini free_dais '30 days'
  [[ $output == *free_days* ]]
  run -4 svc policy set mini free_days soon
}

@test "verify derives every kept decision again, whatever became of the pack" {
  mkdir packs
  write_pack packs/mini.yaml
  sed -i 's/lasts: 1 year/lasts: {setting: free_days}/' packs/mini.yaml
  export SVC_POLICY_PATH=$PWD/packs
  svc init --policy mini
  run -0 svc policy verify
  [ "$output" = "0 decisions: 0 come out the same, 0 do not" ]
  svc policy set mini free_days '30 days'
  svc ticket open purchase=2026-02-01 cause=defect
  svc ticket open purchase=2026-01-01 cause=defect --lang zh || true
  svc policy set mini free_days '90 days'
  sed -i 's/cause: misuse/cause: defect/' packs/mini.yaml
  svc ticket open purchase=2026-01-01 cause=defect || true
  rm -r packs
  run -0 svc policy verify
  [ "$output" = "3 decisions: 3 come out the same, 0 do not" ]
  python3 -c 'import sqlite3, sys
desk = sqlite3.connect(sys.argv[1])
desk.execute("UPDATE decision SET verdict = ? WHERE id = 2", ("covered",))
desk.commit()' "$HOME/.local/share/svc/desk.db"
  run -1 svc policy verify
  says 'decision 2 of ticket T2, by policy mini' 'altered in the file' 'verdict: kept "covered", comes out "expired"' \
    '3 decisions: 2 come out the same, 1 do not'
  run -0 svc policy verify T1
  run -1 --separate-stderr svc policy verify --json
  json svc.policy.verify/1 <<<"$output"
  [ "$(field deviating.0.decision)" = 2 ]
  [ "$(field deviating.0.deviations.0.kept)" = covered ]
  run -5 svc policy verify T9
}
