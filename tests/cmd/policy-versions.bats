#!/usr/bin/env bats
# A folder of versions: the warranty of the sale, the price list of the question, by every way of asking.
load setup
load reply

# lamps EFFECTIVE WARRANTY PRICE [HEAD]
lamps() {
  cat >"packs/lamps/$1.yaml" <<END
policy: lamps
title: {en: Lamps, zh: 灯具}
effective: $1
currency: CNY
timezone: Asia/Shanghai
${4-}
facts:
  items: {one_of: {visit: {en: visit, zh: 上门}}}
clauses: {lamps.1: {en: A term, zh: 保修期}, lamps.2: {en: Free, zh: 免费}, lamps.3: {en: The list, zh: 价目}}
warranty:
  terms: [{clause: lamps.1, from: purchase, lasts: $2, remedy: repair}]
fees:
  order: first
  rules:
    - {clause: lamps.2, item: visit, when: {verdict: covered}, payer: company}
    - {clause: lamps.3, item: visit, amount: $3, payer: customer}
END
}

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00 SVC_POLICY_PATH=$PWD/packs
  mkdir -p packs/lamps
  lamps 2020-01-01 '2 years' 50.00
  lamps 2024-01-01 '1 year' 80.00 'in_force: {fee: question}'
}

@test "one question: today's price, the warranty of the sale" {
  gives 0 --policy lamps policy ask fee items=visit purchase=2023-12-31 claim=2025-12-31 cause=defect --json
  says '"version":"2024-01-01"' '"total":"0.00"'
  gives 0 --policy lamps policy ask fee items=visit purchase=2023-12-31 claim=2026-01-01 --json
  says '"version":"2024-01-01"' '"total":"80.00"'
  gives 0 --policy lamps policy ask fee items=visit purchase=2020-12-31 claim=2023-12-31 --json
  says '"version":"2020-01-01"' '"total":"50.00"'
  gives 0 --policy lamps@2023-01-01 policy ask fee items=visit purchase=2020-12-31 claim=2026-01-01 --json
  says '"version":"2020-01-01"' '"total":"50.00"'
}

@test "a batch answers each line as the question alone" {
  printf 'purchase,claim,items,cause\n2023-12-31,2025-12-31,visit,defect\n2023-12-31,2026-01-01,visit,\n2020-12-31,2023-12-31,visit,\n' >lines.csv
  printf '{"purchase":"2023-12-31","claim":"2025-12-31","items":["visit"],"cause":"defect"}\n{"purchase":"2020-12-31","claim":"2023-12-31","items":["visit"]}\n' >lines.jsonl
  gives 0 --policy lamps fee quote --batch lines.csv
  says '2025-12-31,visit,defect,priced,0,,,,,,,,,lamps.2' '2026-01-01,visit,,priced,0,,,,,,,,,lamps.3' '2023-12-31,visit,,priced'
  gives 0 --policy lamps fee quote --batch lines.jsonl
  says '"version":"2024-01-01"' '"total":"0.00"' '"version":"2020-01-01"' '"total":"50.00"'
}

@test "the fee of a unit of a desk" {
  svc init
  svc unit register L1 --purchase 2023-12-31 --policy lamps
  gives 0 fee quote L1 --item visit claim=2025-12-31 cause=defect --json
  says '"version":"2024-01-01"' '"total":"0.00"'
  gives 0 fee quote L1 --item visit --json
  says '"version":"2024-01-01"' '"total":"80.00"'
  gives 1 warranty check L1 --json
  says '"version":"2020-01-01"' '"ends":"2025-12-31"'
}

@test "cases are run in the version that answers" {
  cat >cases.yaml <<'END'
- {id: a, policy: lamps, ask: fee, given: {items: [visit], purchase: 2023-12-31, claim: 2026-01-01}, expect: {version: 2024-01-01, total: '80.00'}}
- {id: b, policy: lamps, ask: fee, given: {items: [visit], purchase: 2023-12-31, claim: 2025-12-31, cause: defect}, expect: {version: 2024-01-01, total: '0.00'}}
- {id: c, policy: lamps, ask: warranty, given: {purchase: 2023-12-31, claim: 2026-01-01}, expect: {version: 2020-01-01, verdict: expired}}
- {id: d, policy: lamps, ask: warranty, given: {claim: 2023-12-31}, expect: {version: 2020-01-01, verdict: incomplete}}
END
  gives 0 policy test cases.yaml
  says "4 passed, 0 failed"
  svc policy cases lamps >edges.yaml
  gives 0 policy test edges.yaml
}

@test "impact asks both packs in the version that answers" {
  mkdir -p new/lamps
  cp packs/lamps/* new/lamps
  sed -i 's/80.00/90.00/' new/lamps/2024-01-01.yaml
  printf 'purchase,claim,items\n2023-12-31,2026-01-01,visit\n2020-12-31,2023-12-31,visit\n' >facts.csv
  svc policy impact packs/lamps new/lamps --facts facts.csv --ask fee --json | json svc.policy.impact/1
  [ "$(field changed)" = 1 ]
}

@test "the key is shown, and a change of it is told" {
  run -0 svc policy show lamps
  says "version in force" "fee: the day of the question"
  run -0 svc --lang zh policy show lamps
  says "费用：提问之日"
  sed 's/{fee: question}/{fee: question, warranty: question}/' packs/lamps/2024-01-01.yaml >draft.yaml
  svc policy diff lamps ./draft.yaml --json | json svc.policy.diff/1
  [ "$(field changes.0.section)" = in_force ]
  [ "$(field changes.0.keys.0.key)" = warranty ]
  [ "$(field changes.0.keys.0.new)" = question ]
}

@test "a question that the pack has no rules for is a fault of the pack" {
  sed 's/{fee: question}/{sla: question}/' packs/lamps/2024-01-01.yaml >draft.yaml
  gives 4 policy check ./draft.yaml
  says "draft.yaml:6:12: in_force: the pack has no rules for the question sla"
  gives 4 policy lint ./draft.yaml
}
