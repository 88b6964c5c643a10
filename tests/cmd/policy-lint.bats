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
  run -0 svc policy lint ./p.yaml golf-carts
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
