#!/usr/bin/env bats
# What does a service cost?
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

@test "items are priced line by line, with who pays" {
  run -0 svc --policy furniture-store fee quote --item visit verdict=expired
  [[ ${lines[0]} == "priced: 20.00 CNY; the customer pays" ]]
  [[ $output == *furniture-store* ]]
}

@test "a quantity multiplies" {
  svc --policy furniture-store --json fee quote --item 'visit*2' verdict=expired | json svc.ask.fee/1
  [ "$(field total)" = 40.00 ]
  [ "$(field lines.0.quantity)" = 2 ]
}

@test "the customer's card price is taken when it is lower" {
  svc --policy furniture-store --json fee quote --item visit verdict=expired card_price.visit=15.00 | json svc.ask.fee/1
  [ "$(field total)" = 15.00 ]
}

@test "an unknown item is not invented" {
  run svc --policy furniture-store --json fee quote --item polishing verdict=expired
  [[ $output != *'"total"'* ]]
}

@test "--item does not go with a batch" {
  run -2 svc --policy furniture-store fee quote --batch --item visit </dev/null
}
