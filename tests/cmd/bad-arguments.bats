#!/usr/bin/env bats
# Argument lines that are wrong: each gets one sentence, the right exit code and no crash.
load setup
load reply

setup() {
  scratch
  export SVC_NOW=2026-03-02T09:30:00+08:00
}

# code | a part of the sentence | the words after svc
table() {
  cat <<'LINES'
2|ticket|tiket list
2|svc has no command|frobnicate
2|list|ticket lst
2|open|ticket opne SN-1
2|explain|warranty check --explian
2|--nonsense|ticket list --nonsense
2|unknown option -Z|ticket list -Z
2|needs a value|ticket list --state
2|needs a value|--policy
2|takes no value|ticket open --register=yes
2|TICKET is missing|ticket show
2|too many|ticket show T1 T2
2|TICKET is missing|ticket close
2|NAME is missing|customer add
2|SERIAL is missing|unit register
2|KIND is missing|import
2|FILE is missing|import tickets
2|tickets|import ticket old.csv
2|--limit|ticket list --limit many
2|--limit|ticket list --limit -1
2|nothing|ticket list --sort nothing
2|column|ticket list --columns nothing
2|--opened|ticket list --opened 2026-02-30
2|--opened|ticket list --opened 2026-13-01..2026-14-01
2|--format|warranty check --batch --format xls in.csv
2|--now|--now yesterday ticket list
2|--now|--now 2026-02-30 ticket list
2|--wait|--wait soon ticket list
2|--color|--color purple ticket list
2|--lang|--lang xx ticket list
2|pack|warranty check component=motor
2|component|--policy golf-carts warranty check componnt=motor
4|purchase|--policy golf-carts warranty check purchase=2026-02-30
4|purchase|--policy golf-carts warranty check purchase=01.02.2026
4|purchase|--policy golf-carts warranty check purchase=1776-07-04
4|capacity_pct|--policy golf-carts warranty check capacity_pct=101
4|capacity_pct|--policy golf-carts warranty check capacity_pct=much
4|batch|--policy golf-carts warranty check batch=perhaps
4|price|--policy golf-carts warranty check price=12.345
4|repair_days|--policy golf-carts warranty check repair_days=-3
2|setting|--policy golf-carts warranty check --set nothing=1
2|--set|--policy golf-carts warranty check --set nothing
5|no-such-pack|--policy no-such-pack warranty check component=motor
5|no-such|--policy ./no-such.yaml warranty check component=motor
5|nowhere.json|--policy golf-carts warranty check @nowhere.json
4|items|--policy furniture-store fee quote items:=[
4|visit|--policy furniture-store fee quote --item visit*none
5|T7|ticket show T7
5|SN-404|ticket open SN-404 --symptom x
2|unit-field|ticket open SN-404 --unit-field model --symptom x
2|serial|ticket open --register --symptom x
2|kind|ticket open --kind dance
2|opened|ticket open --opened soon
2|opened|ticket open --opened 2026-02-30
2|fee|ticket open --fee -5
5|Nobody|ticket open --customer Nobody --symptom x
2|a note needs|ticket note T1
2|form of its lines|--policy golf-carts warranty check --batch in.csv --json
5|no such ticket|log T9
2|nothing to change|customer edit C1
5|nowhere|--policy-path /nowhere policy show nowhere
2|warranty|policy ask waranty --policy golf-carts
5|nowhere.yaml|policy check nowhere.yaml
5|nowhere.yaml|policy test nowhere.yaml
5|desk|--db nowhere.db ticket list
4|desk|--db text.db ticket list
6|desk|init
2|version|help versoin
LINES
}

@test "every line gets its exit code, one sentence and no crash" {
  svc init >/dev/null
  svc customer add 'customer A' >/dev/null
  svc ticket open --symptom x >/dev/null
  echo "not a desk, whatever its name" >text.db
  local code part line count=0 wrong=0
  while IFS='|' read -r code part line; do
    count=$((count + 1))
    local -a words
    read -ra words <<<"$line"
    local status=0
    svc "${words[@]}" >out 2>err </dev/null || status=$?
    if [ "$status" != "$code" ] || [ -s out ] || ! grep -qF -- "$part" err || ! head -1 err | grep -q '^svc: ' ||
      [ "$(grep -c '^svc: ' err)" != 1 ] || grep -q 'Sanitizer' err; then
      wrong=$((wrong + 1))
      printf 'svc %s: exit %s, wanted %s and "%s"\n' "$line" "$status" "$code" "$part"
      cat out err
    fi
  done < <(table)
  echo "$count lines, $wrong wrong"
  [ "$count" -ge 40 ]
  [ "$wrong" = 0 ]
}

@test "odd bytes in arguments do not reach the terminal, nor crash anything" {
  run svc $'tick\e[31met' list
  [ "$status" = 2 ]
  [[ $output != *$'\e'* ]]
  run svc --policy golf-carts warranty check $'component=\xff\xfe'
  [[ $status == 4 || $status == 2 ]]
  run svc --policy golf-carts warranty check "component=$(head -c 100000 /dev/zero | tr '\0' x)"
  [[ $status != 139 && $status != 134 ]]
  run svc "$(head -c 100000 /dev/zero | tr '\0' x)"
  [ "$status" = 2 ]
  run svc ''
  [ "$status" = 2 ]
  run svc --policy golf-carts warranty check =motor
  [[ $status == 2 || $status == 5 ]]
}

@test "an error says what to do next" {
  svc init --policy golf-carts >/dev/null
  svc unit register GX-1 --purchase 2025-01-01 >/dev/null
  svc ticket open GX-1 --symptom x >/dev/null
  echo 'no desk' >text.db
  while IFS='|' read -r next words; do
    read -ra line <<<"$words"
    run svc "${line[@]}"
    [[ $output == *hint:*"$next"* ]] || { echo "svc $words: $output"; return 1; }
  done <<'LINES'
svc --db other.db init|--db other.db ticket list
--db|--db text.db ticket list
customer list|customer show C9
unit list|ticket list --unit nothing
unit edit U1|unit register GX-1
opened|ticket list --sort openned
symptom|ticket list --columns id,symptum
the columns are: id|ticket list --columns zzzzzzzz
svc policy show|warranty check GX-1 zzzzzzzz=1
svc policy show|policy set golf-carts zzzzzzzz 1
stands behind --|ticket note T1 @home
--symptom|ticket open
LINES
  run svc ticket note T1 'voltage = 3'
  [[ $output == *'stands behind --'* ]]
  run -0 svc ticket note T1 -- 'voltage = 3'
}

@test "numbers and ranges are checked whole" {
  svc init >/dev/null
  run -2 svc ticket list --opened 2026-03-01..2026-01-01
  [[ $output == *"ends before it begins"* ]]
  run -2 svc ticket list --fee 20..3
  run -0 svc ticket list --opened 2026-03-01..2026-03-01
  run -2 svc ticket list --limit 999999999999999999999
  [[ $output == *"too large"* ]]
  run -2 svc ticket list --columns ''
  run -2 svc ticket open
}

@test "a word that the policy does not list is said, with the nearest" {
  run svc --policy golf-carts warranty check component=motor manufacture=2025-01-01 purchase=2025-02-01 cause=defct
  [[ $output == *"does not list cause=defct; did you mean defect?"* ]]
  run svc --lang zh --policy golf-carts warranty check component=motor manufacture=2025-01-01 purchase=2025-02-01 cause=defct
  [[ $output == *"政策未列出 cause=defct"* ]]
}

@test "what the system says stands in the reader's language" {
  run -5 svc --lang zh import tickets missing.csv
  [[ $output != *[Nn]o\ such* ]]
  run bash -c "'$PROGRAM' --lang zh help 2>&1 >/dev/full"
  [[ $output != *space* && $output != *disk* ]]
}

@test "a bad fact in a file is named by its line" {
	printf 'component: motor\npurchase: 2024-13-01\n' >facts.yaml
	gives 4 --policy golf-carts policy ask warranty @facts.yaml
	[[ $output =~ facts.yaml:2:11 ]]
	printf 'component: motor\npurchas: 2024-12-01\n' >facts.yaml
	gives 2 --policy golf-carts policy ask warranty @facts.yaml
	[[ $output =~ facts.yaml:2 ]]
}
