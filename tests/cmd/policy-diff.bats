#!/usr/bin/env bats
# What a draft of a pack changes: in its rules, and in the answers.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
  cp "$SOURCE/policies/golf-carts.yaml" same.yaml
  sed '/clause: golf-carts.13$/,/lasts/s/lasts: 2 years/lasts: 1 year/' same.yaml >short.yaml
  ! cmp -s same.yaml short.yaml
}

documents=documents=contract,warranty_card,certificate

@test "a number that changed is told from and to, by clause, with a case that runs" {
  run -0 svc policy diff golf-carts ./short.yaml
  says "golf-carts.13" "lasts: 2 years → 1 year" "0 rules added, 0 gone, 1 changed" "for example:"
  svc policy diff golf-carts ./short.yaml --json | json svc.policy.diff/1
  [ "$(field changes.0.clause)" = golf-carts.13 ]
  [ "$(field changes.0.keys.0.old)" = '2 years' ]
  [ "$(field changes.0.keys.0.new)" = '1 year' ]
  [ "$(field changes.0.case.differences.0.field)" = verdict ]
}

@test "the case of a change comes out otherwise when it is asked" {
  given=$(svc policy diff golf-carts ./short.yaml | sed -n 's/^        warranty //p' | head -n 1)
  read -ra facts <<<"$given"
  old=$(svc -q --policy golf-carts policy ask warranty "${facts[@]}" --json | sed 's/.*"verdict":"\([a-z_]*\)".*/\1/') || true
  new=$(svc -q --policy ./short.yaml policy ask warranty "${facts[@]}" --json | sed 's/.*"verdict":"\([a-z_]*\)".*/\1/') || true
  [ -n "$old" ]
  [ "$old" != "$new" ]
}

@test "the same in Chinese" {
  run -0 svc --lang zh policy diff golf-carts ./short.yaml
  says "2 年 → 1 年" "例如"
}

@test "two packs that say the same have no differences" {
  run -0 svc policy diff golf-carts ./same.yaml
  says "0 rules added, 0 gone, 0 changed"
}

@test "rules that are gone, added or moved are named as such" {
  cat >one.yaml <<'PACK'
policy: mini
title: {en: A small pack, zh: 小政策}
effective: 2026-01-01
currency: CNY
timezone: Asia/Shanghai
fees:
  order: first
  rules:
    - {clause: mini.01, item: visit, when: {zone: city}, amount: 20, payer: customer}
    - {clause: mini.02, item: visit, when: {distance_km: {above: 50}}, amount: 90, payer: customer}
    - {clause: mini.03, item: visit, amount: 40, payer: customer}
facts:
  items: {one_of: {visit: {en: visit, zh: 上门}}}
PACK
  awk '/mini.01/ {kept = $0; next} {print} /mini.02/ {print kept}' one.yaml >moved.yaml
  sed '/mini.02/d' one.yaml >fewer.yaml
  svc policy diff ./one.yaml ./moved.yaml --json | json svc.policy.diff/1
  [ "$(field changes.0.kind)" = moved ]
  [ "$(field changes.0.case.ask)" = fee ]
  svc policy diff ./one.yaml ./fewer.yaml --json | json svc.policy.diff/1
  [ "$(field changes.0.kind)" = gone ]
  [ "$(field changes.0.clause)" = mini.02 ]
  svc policy diff ./fewer.yaml ./one.yaml --json | json svc.policy.diff/1
  [ "$(field changes.0.kind)" = added ]
}

desk() {
  svc init --policy golf-carts
  svc unit register GX-1 --product golf_cart --manufacture 2024-04-20 --purchase 2024-05-06
  svc unit register GX-2 --product golf_cart --manufacture 2024-04-20 --purchase 2024-05-06 --policy appliances
  svc ticket open GX-1 --opened 2025-03-01 --fee 50 component=main_unit cause=defect $documents
  svc ticket open GX-1 --opened 2025-08-01 --fee 70.50 component=main_unit cause=defect $documents
  svc ticket open GX-1 --opened 2025-08-02 --fee 30 component=main_unit cause=misuse $documents
  svc ticket open GX-2 --opened 2025-08-01 component=main_unit cause=defect
} >/dev/null

@test "impact: the tickets whose answers change, and the money by payer" {
  desk
  svc policy impact golf-carts ./short.yaml --json | json svc.policy.impact/1
  [ "$(field cases)" = 3 ]
  [ "$(field others)" = 1 ]
  changed=$(svc policy impact golf-carts ./short.yaml | awk '/^T/ {print $1}' | paste -sd' ')
  for ticket in 1 2 3; do # what each would have come to, one by one
    case $ticket in
    1) facts=(component=main_unit cause=defect claim=2025-03-01) ;;
    2) facts=(component=main_unit cause=defect claim=2025-08-01) ;;
    3) facts=(component=main_unit cause=misuse claim=2025-08-02) ;;
    esac
    for pack in golf-carts ./short.yaml; do
      svc --policy "$pack" --json warranty check GX-1 "${facts[@]}" $documents same_fault_repairs=0 repair_days=0 |
        python3 -c 'import json,sys; a=json.load(sys.stdin); print([a.get(k) for k in ("verdict","remedy","starts","ends","labor","parts")])' >"answer-$ticket-$(basename "$pack")" || true
    done
    cmp -s "answer-$ticket-golf-carts" "answer-$ticket-short.yaml" || named="${named:+$named }T$ticket"
  done
  [ "$changed" = "$named" ]
  [ "$(field money.old.company)" = 120.50 ]
  [ "$(field money.new.company)" = 50.00 ]
  [ "$(field money.new.customer)" = 100.50 ]
}

@test "impact: what is still open is told apart from what is closed" {
  desk
  svc ticket close T2 >/dev/null
  run -0 svc policy impact golf-carts ./short.yaml
  says "tickets that are still open" "asked: 2, changed: 2" "all tickets" "asked: 3, changed: 3" "free → at cost (closed)"
  svc policy impact golf-carts ./short.yaml --json | json svc.policy.impact/1
  [ "$(field open.cases)" = 2 ]
  [ "$(field open.money.old.company)" = 50.00 ]
  [ "$(field open.money.new.company)" = 50.00 ]
  [ "$(field money.new.company)" = 50.00 ]
  [ "$(field changes.0.state)" = open ]
  [ "$(field changes.1.id)" = T2 ]
  [ "$(field changes.1.state)" = closed ]
}

@test "impact: units without a ticket, each as if it failed today" {
  desk
  svc unit register GX-3 --product golf_cart --manufacture 2025-04-20 --purchase 2025-05-06 >/dev/null
  supposed=(--units component=main_unit "$documents")
  svc policy impact golf-carts ./short.yaml "${supposed[@]}" --json | json svc.policy.impact/1
  [ "$(field cases)" = 2 ]
  [ "$(field others)" = 1 ]
  [ "$(field changed)" = 2 ]
  [ "$(field changes.1.id)" = U3 ]
  [ "$(field changes.1.differences.0.new)" = 2026-05-06 ]
  [ "$(field open)" = "" ]
  run -0 svc policy impact golf-carts ./same.yaml "${supposed[@]}"
  says "asked: 2, changed: 0"
  run -0 svc policy impact golf-carts ./short.yaml "${supposed[@]}" --from 2025-01-01
  says "asked: 1, changed: 1"
  gives 2 policy impact golf-carts ./short.yaml --units --facts claims.csv
  gives 2 policy impact golf-carts ./short.yaml compnent=main_unit
}

@test "impact: the same pack twice changes nothing" {
  desk
  run -0 svc policy impact golf-carts ./same.yaml
  says "asked: 3, changed: 0"
  run -0 svc policy impact golf-carts ./short.yaml --from 2025-08-02
  says "asked: 1,"
}

@test "impact: a file of facts needs no desk; a line that can't be asked is named" {
  cat >claims.csv <<'CSV'
manufacture,purchase,component,cause,documents,claim,fee
2024-04-20,2024-05-06,main_unit,defect,"contract,warranty_card,certificate",2025-08-01,10
2024-04-20,2024-05-06,main_unit,defect,"contract,warranty_card,certificate",2024-08-01,10
2024-04-20,2024-25-06,main_unit,defect,"contract,warranty_card,certificate",2024-08-01,10
CSV
  run -9 --separate-stderr svc policy impact golf-carts ./short.yaml --facts claims.csv
  says "asked: 2"
  # shellcheck disable=SC2154 # bats sets it
  [[ $stderr == *claims.csv:4* ]]
  run -0 svc policy impact golf-carts ./short.yaml --facts - --format jsonl <<'JSON'
{"manufacture": "2024-04-20", "purchase": "2024-05-06", "component": "main_unit", "cause": "defect", "documents": ["contract", "warranty_card", "certificate"], "claim": "2025-08-01", "fee": 10}
JSON
  says "decision: covered → expired" "asked: 1, changed: 1"
  gives 2 policy impact golf-carts ./short.yaml --facts - <<<'purhcase,component'
  gives 2 policy impact golf-carts ./short.yaml
}
