#!/usr/bin/env bats
# Is this fault covered? By facts, by serial number, in both languages, as a predicate.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

cart=(manufacture=2024-04-20 purchase=2024-05-06 'documents=contract,warranty_card,certificate')
covered=("${cart[@]}" component=motor cause=defect)

@test "a covered fault says until when, by which clause and who pays" {
  run -0 svc --policy golf-carts warranty check "${covered[@]}"
  [[ ${lines[0]} == "covered until 2026-04-20 (49 days left): replacement, free of charge" ]]
  [[ $output == *golf-carts.22* ]]
  [[ $output == *"labour: free; parts: free"* ]]
}

@test "what is missing is named, with what each value would come to" {
  run -3 svc --policy golf-carts warranty check "${cart[@]}" component=motor
  [ "${lines[0]}" = "more has to be known: cause" ]
  [[ $output == *"covered until 2026-04-20"*"unless it is one of these:"* ]]
  [[ $output == *"excluded (paid repair): "*overload* ]]
}

@test "a no exits 1 and names the clause" {
  run -1 svc --policy golf-carts warranty check "${cart[@]}" component=motor cause=overload
  [[ ${lines[0]} == excluded* ]]
  [[ $output == *golf-carts.44* ]]
}

@test "after the term it is expired, with the days since" {
  run -1 svc --policy golf-carts warranty check "${covered[@]}" claim=2026-05-07
  [[ ${lines[0]} == "expired on 2026-05-06 (1 day ago)"* ]]
}

@test "as a predicate it prints nothing" {
  run -0 svc -q --policy golf-carts warranty check "${covered[@]}"
  [ -z "$output" ]
  run -1 svc -q --policy golf-carts warranty check "${covered[@]}" cause=abuse
  [ -z "$output" ]
}

@test "the JSON is the whole answer" {
  svc --policy golf-carts --json warranty check "${covered[@]}" --explain | json svc.ask.warranty/1
  [ "$(field verdict)" = covered ]
  [ "$(field days_left)" = 49 ]
  [ "$(field clauses.0)" = golf-carts.22 ]
  [ "$(field why.0.clause)" = golf-carts.22 ]
}

@test "--explain gives each clause with its sentence" {
  run -0 svc --policy golf-carts warranty check "${covered[@]}" --explain
  [[ $output == *why:*golf-carts.22* ]]
}

@test "--explain tells step by step which rules were tried, by which facts, and how days were counted" {
  run -0 svc --policy golf-carts warranty check "${covered[@]}" --explain
  says "step by step:" " do not apply (" "component: motor" " + 2 years = " ", open"
  run -0 svc --lang zh --policy golf-carts warranty check "${covered[@]}" --explain
  says "逐步说明：" "不适用（" "部件：电机" " + 2 年 = " "，在期内"
  svc --policy golf-carts --json warranty check "${covered[@]}" --explain | json svc.ask.warranty/1
  [ "$(field tried.0.holds)" = false ]
  run -0 svc --policy golf-carts warranty check "${covered[@]}"
  [[ $output != *"step by step"* ]]
}

@test "a unit's own facts are used, and those on the command line win" {
  svc init --policy golf-carts
  svc unit register GX-1 --manufacture 2024-04-20 --purchase 2024-05-06
  run -0 svc warranty check GX-1 component=motor cause=defect documents=contract,warranty_card,certificate
  [[ ${lines[0]} == "covered until 2026-04-20"* ]]
  run -0 svc warranty check U1 component=motor cause=defect documents=contract,warranty_card,certificate manufacture=2024-05-01
  [[ ${lines[0]} == "covered until 2026-05-01"* ]]
}

@test "the unit's pack beats the desk's, and --policy beats both" {
  svc init --policy golf-carts
  svc unit register A-1 --policy appliances --acceptance 2025-01-05
  run svc --json warranty check A-1 component=main_unit cause=defect
  [[ $output == *'"policy":"appliances"'* ]]
  run svc --json --policy golf-carts warranty check A-1 component=motor cause=defect
  [[ $output == *'"policy":"golf-carts"'* ]]
}

@test "an unknown serial number is 5, with what to do" {
  svc init --policy golf-carts
  run -5 svc warranty check NO-SUCH component=motor
  [[ $output == "svc: "* ]]
}

@test "a serial number without a desk is 5, with what to do" {
  run -5 svc --policy golf-carts warranty check GX-1
  [[ $output == *"svc init"* ]]
}

@test "a serial number of two makers is 6, and the choices are named" {
  svc init --policy golf-carts
  svc unit register S-1 --brand 'Maker A'
  svc unit register S-1 --brand 'Maker B'
  run -6 svc warranty check S-1 component=motor
  [[ $output == *U1* && $output == *U2* ]]
  run -3 svc warranty check U2 component=motor
}

@test "names and words are taken in Chinese, and answered in Chinese" {
  run -0 svc --lang zh --policy golf-carts warranty check "${cart[@]}" 部件=电机 cause=defect
  [[ $output == *2026-04-20* ]]
  [[ $output != *covered* ]]
  LANG=zh_CN.UTF-8 run -3 svc --policy golf-carts warranty check "${cart[@]}" component=motor
  [[ $output != *covered* ]]
}

@test "the language changes no data" {
  svc --policy golf-carts --json warranty check "${covered[@]}" >english.json
  svc --policy golf-carts --json --lang zh warranty check "${covered[@]}" >chinese.json
  cmp english.json chinese.json
}

@test "a word that the pack does not list is noted, not refused" {
  run svc --policy golf-carts --json warranty check "${covered[@]}" component=chair
  [ "$status" -ne 2 ]
  [[ $output == *"unlisted: component=chair"* ]]
}

@test "facts come from a file, JSON and standard input, too" {
  printf '{"component": "motor", "cause": "defect"}\n' >facts.json
  run -0 svc --policy golf-carts warranty check "${cart[@]}" @facts.json
  printf 'component: motor\ncause: defect\n' >facts.yaml
  run -0 svc --policy golf-carts warranty check "${cart[@]}" @facts.yaml
  svc --policy golf-carts warranty check "${cart[@]}" - <facts.yaml
  run -0 svc --policy golf-carts warranty check "${covered[@]:0:2}" 'documents:=["contract","warranty_card","certificate"]' component=motor cause=defect
}

@test "without a pack it is wrong usage, with what to do" {
  run -2 svc warranty check component=motor
  [[ $output == *policy* ]]
}

@test "the present is an argument: an answer can be replayed" {
  run -0 svc --now 2025-01-01 --policy golf-carts warranty check "${covered[@]}"
  [[ ${lines[0]} == "covered until 2026-04-20 (474 days left)"* ]]
}
