#!/usr/bin/env bats
# svc policy lint: what is found, with its case; the exit status; JSON.
load setup
load reply

setup() {
  scratch
}

pack() {
  cat >p.yaml <<'EOF'
policy: p
title: {en: P, zh: 甲}
effective: 2020-01-01
currency: CNY
timezone: Asia/Shanghai
freight:
  - {clause: p.1, when: {km: {below: 70}}, freight_in: company, freight_out: company}
  - {clause: p.2, when: {km: {above: 70}}, freight_in: customer, freight_out: customer}
EOF
}

@test "a gap is named with its line and a case, and the case shows it" {
  pack
  run -1 svc policy lint ./p.yaml
  [[ $output == *"p.yaml:8: p.2: no rule of freight answers this case"* ]]
  [[ $output == *"km: 70"* ]]
  run -3 svc policy ask freight --policy ./p.yaml km=70
}

@test "a sound pack is passed in silence" {
  pack
  sed -i 's/above: 70/at_least: 70/' p.yaml
  run -0 svc policy lint ./p.yaml wardrobe-tracking
  [ -z "$output" ]
}

@test "JSON has the case as objects" {
  pack
  sed -i 's/above: 70/at_least: 69/' p.yaml
  run -1 --separate-stderr svc --json policy lint ./p.yaml
  json svc.policy.lint/1 <<<"$output"
  [ "$(field findings.0.kind)" = overlap ]
  [ "$(field findings.0.ask)" = freight ]
  [[ $(field findings.0.shows) == *"p.2 of freight both match"* ]]
}

@test "a pack that does not load is 4, an unknown one 5" {
  pack
  sed -i 's/p\.2, when: {km: {above: 70}}/p.1, when: {km: {below: 70}}/' p.yaml
  run -4 svc policy lint ./p.yaml
  [[ $output == *"a second rule of clause p.1"* ]]
  run -5 svc policy lint nowhere.yaml
}

@test "findings are told in Chinese" {
  pack
  run -1 svc --lang zh policy lint ./p.yaml
  [[ $output == *"没有规则"* ]]
}

cases() {
  pack
  sed -i 's/above: 70/at_least: 70/' p.yaml
  mkdir cases
  cat >cases/p.yaml <<'EOF'
- id: p/near
  policy: p
  ask: freight
  given: {km: 69}
  expect: {verdict: decided, freight_in: company, clauses: [p.1]}
- id: p/far
  policy: p
  ask: freight
  given: {km: 70}
  expect: {verdict: decided, freight_in: customer, clauses: [p.2]}
- id: p/farther
  policy: p
  ask: freight
  given: {km: 71}
  expect: {verdict: decided, freight_in: customer}
- id: other/far
  policy: other
  ask: freight
  given: {}
  expect: {verdict: accepted}
EOF
}

@test "a pack is held against the cases beside it, and only those of its policy" {
  cases
  run -0 svc policy lint ./p.yaml
  [ -z "$output" ]
}

@test "an edit that no rule contradicts is found by its case, at the line of the rule that answers now" {
  cases
  sed -i 's/70}}/71}}/' p.yaml
  run -1 svc policy lint ./p.yaml
  [[ $output == *"./p.yaml:7: p.1: case p/far no longer comes out as it says: freight_in: expected customer, got company"* ]]
  [[ $output == *"{ask: freight, given: {km: 70}}"*"answer: decided: p.1"* ]]
  [ "$(wc -l <<<"$output")" -eq 3 ]
}

@test "a case that can't be asked any more is a finding of the pack" {
  cases
  sed -i 's/{km: 70}/{colour: red}/' cases/p.yaml
  run -1 --separate-stderr svc --json policy lint ./p.yaml
  json svc.policy.lint/1 <<<"$output"
  [ "$(field findings.0.kind)" = case ]
  [ "$(field findings.0.line)" = 0 ]
  [ "$(field findings.0.given.colour)" = red ]
  [[ $(field findings.0.text) == *"can't be asked"*colour* ]]
}

@test "a rule that no case exercises is named with a case that does" {
  cases
  sed -i '/^- id: p.far$/,/freight_in: customer}/d' cases/p.yaml
  run -1 svc policy lint ./p.yaml
  [[ $output == *"./p.yaml:8: p.2: no case of ./cases/p.yaml exercises this rule"* ]]
  [[ $output == *"answer: decided: p.2"* ]]
}

@test "cases are looked for along the policy path, too; without any -v says so, and they are no packs" {
  cases
  mkdir lib
  mv cases lib/
  sed -i 's/70}}/71}}/' p.yaml
  run -1 svc --policy-path lib policy lint ./p.yaml
  [[ $output == *"case p/far"* ]]
  run -0 svc -v policy lint ./p.yaml
  [[ $output == *"p: no file of cases stands with it"* ]]
  run -0 svc policy lint ./p.yaml
  [ -z "$output" ]
  run -0 svc --policy-path lib policy list
  [[ $output != *lib/cases* ]]
}

@test "a file that holds no cases is bad input, with its place" {
  cases
  echo 'id: p/near' >cases/p.yaml
  run -4 svc policy lint ./p.yaml
  [[ $output == *"cases/p.yaml:1:1: a file of cases is a list"* ]]
}

@test "each version of a pack answers for the goods sold under it, and no other" {
  mkdir -p p cases
  pack
  sed -i 's/above: 70/at_least: 70/' p.yaml
  sed 's/effective: .*/effective: 2024-01-01/; s/: 70}}/: 80}}/' p.yaml >p/2024-01-01.yaml
  mv p.yaml p/2020-01-01.yaml
  cat >cases/p.yaml <<'EOF'
- id: p/before
  policy: p
  ask: freight
  given: {km: 75, purchase: 2023-12-31}
  expect: {freight_in: customer, clauses: [p.2]}
- id: p/since
  policy: p
  ask: freight
  given: {km: 75, purchase: 2024-01-01}
  expect: {freight_in: company, clauses: [p.1]}
- id: p/far
  policy: p
  ask: freight
  given: {km: 80}
  expect: {freight_in: customer, clauses: [p.2]}
- id: p/near
  policy: p
  ask: freight
  given: {km: 1, purchase: 2023-01-01}
  expect: {freight_in: company, clauses: [p.1]}
EOF
  run -0 svc --policy-path . policy lint p p@2021-01-01
  [ -z "$output" ]
  sed -i 's/: 80}}/: 70}}/' p/2024-01-01.yaml
  run -1 svc --policy-path . policy lint p
  [[ $output == *"case p/since"* ]]
  [[ $output != *"case p/before"* ]]
}

@test "the packs that ship come out as their cases say, in either language, and each rule is exercised" {
  run -0 svc policy lint "$SOURCE"/policies/*.yaml
  [ -z "$output" ]
  run -0 svc --lang zh policy lint "$SOURCE"/policies/*.yaml
  [ -z "$output" ]
}
