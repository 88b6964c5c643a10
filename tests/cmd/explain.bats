#!/usr/bin/env bats
# --explain of every question: the rules tried, what settled them, how each day and figure came about, and what would turn it.
load setup
load reply

setup() {
	scratch
	export SVC_NOW=2026-03-02T10:00:00+08:00
}

# explain EXIT LANGUAGE POLICY ASK FACTS...: the JSON reply fits its schema and has steps; the report is in $output
explain() {
	local code=$1 language=$2 policy=$3
	shift 3
	run svc --json --policy "$policy" policy ask "$@" --explain
	((status == code))
	[[ $output == *'"tried":[{'* ]]
	run svc --lang "$language" --policy "$policy" policy ask "$@" --explain
	((status == code))
}

# The parts stand in the report in this order.
in_order() {
	local rest=$output part
	for part; do
		[[ $rest == *"$part"* ]] || {
			printf 'expected next: %s\nin: %s\n' "$part" "$rest"
			return 1
		}
		rest=${rest#*"$part"}
	done
}

@test "warranty: terms with their days, exclusions in a line, papers, and what is nearest" {
	local facts=(component=horn manufacture=2023-01-31 purchase=2023-02-28 cause=defect claim=2025-02-28
		"documents=contract,warranty_card,certificate")
	explain 0 en golf-carts warranty "${facts[@]}"
	in_order 'why:' 'step by step:' 'golf-carts.13 applies (component: horn)' 'purchase 2023-02-28 + 2 years = 2025-02-28, open' \
		'manufacture 2023-01-31 + 2 years = 2025-01-31, not open' 'golf-carts.09, 36, 39' 'do not apply (owner: first owner; cause: defect' \
		'it would be:' 'expired, if day of the claim were 2025-03-01 and not 2025-02-28' 'excluded, if documents lacked contract'
	explain 0 zh golf-carts warranty "${facts[@]}"
	in_order '逐步说明：' '购买日期 2023-02-28 + 2 年 = 2025-02-28，在期内' '会变为：' '不予保修，如果凭证没有 合同'
}

@test "warranty: what is missing stands with the rule that asks for it, and rules of other questions are left out" {
	explain 3 en survey-instruments warranty component=main_unit cause=defect claim=2025-02-01
	says 'survey-instruments.14 applies (component: main unit; invoice: not known; purchase: not known)'
	explain 1 en trade-terms warranty delivery=2026-01-05 claim=2026-05-06 documents=warranty_card fault=operation \
		cause=liquid confirmed=true want=repair
	in_order 'trade-terms.05 applies (delivery 2026-01-05 + 1 year = 2027-01-05, open)' 'trade-terms.60 applies (cause: liquid)' \
		'trade-terms.10 applies (fault: wrong operation)'
	[[ $output != *'ask:'* && $output != *'trade-terms.47'* ]]
}

@test "return: the window that was asked for, and what is open besides" {
	local facts=(purchase=2026-03-02 claim=2026-03-18 want=exchange fault=quality cause=defect sold_as=standard
		"condition=complete,packaging,accessories,undamaged" "documents=receipt,warranty_card")
	explain 0 en retail-store return "${facts[@]}"
	in_order 'purchase 2026-03-02 + 30 days = 2026-04-01, open' 'open besides:' \
		'retail-store.16 applies (purchase 2026-03-02 + 3 months = 2026-06-02, open)' 'refused, if documents lacked warranty card'
	explain 0 zh retail-store return "${facts[@]}"
	in_order '另外可选：' '购买日期 2026-03-02 + 3 个月 = 2026-06-02'
	explain 1 en trade-terms return delivery=2026-03-02 claim=2026-03-05 want=exchange fault=none cause=none \
		exchanged_without_fault=0 documents=[] condition=complete,accessories,packaging,serial_intact,seal_intact
	in_order 'delivery 2026-03-02 + 7 days = 2026-03-09, open' 'trade-terms.34 is not met' \
		'accepted, if condition of the goods had undamaged as well'
}

@test "fee: each item by itself, and how its amount is worked out" {
	explain 0 en furniture-store fee items=visit,drawer_adjustment verdict=expired cause=wear payment=2022-01-10 claim=2024-06-01 \
		card_price:='{"visit":"18.00"}' parts_cost=7.50
	in_order 'home visit:' 'furniture-store.190 does not apply (first installation: no; verdict of the warranty: expired)' \
		'furniture-store.186 applies (the least of 20.00, ' '18.00 = 18.00)' 'parts:' 'cost of the parts 7.50'
	cat >pack.yaml <<'PACK'
policy: pack
title: {en: A desk, zh: 服务台}
effective: 2020-01-01
currency: CNY
timezone: Asia/Shanghai
facts:
  items: {one_of: {board: {en: board repair, zh: 主板维修}, way: {en: way, zh: 路费}}}
fees:
  - {clause: p.1, item: board, amount: {least: [{pct: 12.5, of: price}, {sum: [{fact: parts_cost}, 40.00]}]}, payer: customer}
  - {clause: p.2, item: way, amount: {per: distance_km, amount: 1.35}, payer: customer}
PACK
	explain 0 en ./pack.yaml fee items='board*3,way' price=333.30 parts_cost=20 distance_km=12.5
	in_order 'board repair:' '12.5 % of price paid 333.30 = 41.6625' 'cost of the parts 20.00 + 40.00 = 60.00' \
		'the least of 41.6625, 60.00 = 41.6625' '3 * 41.6625 = 124.9875' '124.9875, rounded 124.99' 'way:' \
		'12.5 * 1.35 = 16.875' '16.875, rounded 16.88'
	explain 0 zh ./pack.yaml fee items='board*3,way' price=333.30 parts_cost=20 distance_km=12.5
	in_order '主板维修：' '12.5 % × ' '取最小：41.6625，60.00 = 41.6625' '四舍五入为 124.99'
}

@test "freight: the warranty that it hangs on, then the rule" {
	explain 0 en oem-alarm freight handover=2026-01-05 claim=2026-03-02 claimant=buyer fault=quality cause=defect want=repair
	in_order 'oem-alarm.13 applies (handover 2026-01-05 + 1 year = 2027-01-05, open)' \
		'oem-alarm.21 applies (verdict of the warranty: covered)' 'if handover were 2026-03-03'
	explain 0 zh oem-alarm freight handover=2026-01-05 claim=2026-03-02 claimant=buyer fault=quality cause=defect want=repair
	in_order '交付日期 2026-01-05 + 1 年 = 2027-01-05' '保修结论：保修内'
}

@test "sla: the hours that count, and what happened held against the limit" {
	explain 1 en service-dept sla service_class=free zone=city reported=2026-03-04T09:30 arrived=2026-03-04T16:31
	in_order 'time of the report 2026-03-04 09:30 + 6 working hours = 2026-03-04 16:30' \
		'counted: 2026-03-04 09:30 to 12:00: 2 hours 30 minutes; 13:00 to 16:30: 3 hours 30 minutes' \
		'time of arrival 2026-03-04 16:31 is later than 2026-03-04 16:30' \
		'met, if time of arrival were 2026-03-04 16:30 and not 2026-03-04 16:31'
	explain 1 zh service-dept sla service_class=free zone=city reported=2026-03-04T09:30 arrived=2026-03-04T16:31
	in_order '+ 6 个工作小时 = ' '计入：2026-03-04 09:30 至 12:00：2 小时 30 分钟；13:00 至 16:30：3 小时 30 分钟' '晚于'
}

@test "sla and deadline: holidays, days of rest and make-up days are named" {
	cat >pack.yaml <<'PACK'
policy: pack
title: {en: A desk, zh: 服务台}
effective: 2020-01-01
currency: CNY
timezone: Asia/Shanghai
calendar:
  clause: p.9
  week: [mon, tue, wed, thu, fri]
  hours: ['09:00-12:00', '13:00-18:00']
  holidays: true
  years: [2026]
  off: [{from: 2026-05-01, to: 2026-05-05}]
  on: [2026-05-09]
facts:
  task: {one_of: {payment: {en: payment, zh: 付款}}}
sla:
  rules: [{clause: p.1, arrive: 20 working hours}]
deadlines:
  - {clause: p.2, task: payment, due: {after: delivery, by: 5 working days}}
PACK
	explain 1 en ./pack.yaml sla reported=2026-04-30T16:00 arrived=2026-05-08T15:00
	in_order 'time of the report 2026-04-30 16:00 + 20 working hours = 2026-05-08 11:00' \
		'counted: 2026-04-30 16:00 to 18:00: 2 hours; 2026-05-06 to 2026-05-07: 16 hours; 2026-05-08 09:00 to 11:00: 2 hours' \
		'not counted, a holiday: 2026-05-01 to 2026-05-05'
	explain 0 en ./pack.yaml deadline task=payment delivery=2026-04-30 as_of=2026-05-11
	in_order 'delivery 2026-04-30 + 5 working days = 2026-05-11' 'not counted, a holiday: 2026-05-01 to 2026-05-05' \
		'not counted, a day of rest: 2026-05-10' 'counted, a day of rest that is worked: 2026-05-09' \
		'day of the list 2026-05-11 is not later than 2026-05-11'
	explain 0 zh ./pack.yaml deadline task=payment delivery=2026-04-30 as_of=2026-05-11
	in_order '节假日不计：2026-05-01 至 2026-05-05' '休息日不计：2026-05-10' '调休上班日计入：2026-05-09'
}

@test "followup: each contact from its anchor, what was done, what lies beyond the days asked about" {
	explain 3 en health-callbacks followup purchase=2024-05-01 as_of=2024-05-01 until=2024-05-31 --set 'near_end_lead=7 days'
	in_order 'health-callbacks.04 applies' 'purchase 2024-05-01 + 1 day = 2024-05-02' '2024-05-02 is not later than 2024-05-31' \
		'health-callbacks.08 applies (end of the course: not known)'
	explain 0 en dept-workflow followup variant=d repaired=2024-02-27 as_of=2024-02-28 done=followup_call --set 'followup_after=3 days'
	says 'done: '
	explain 3 zh health-callbacks followup purchase=2024-05-01 as_of=2024-05-01 until=2024-05-31 --set 'near_end_lead=7 days'
	says '购买日期 2024-05-01 + 1 天 = 2024-05-02'
}

@test "maintenance: from the last time, and the hour meter" {
	explain 1 en low-voltage maintenance starts=2024-01-15 as_of=2024-03-16 task=inspection_round \
		last.inspection_round=2024-02-15 --set 'inspection_interval=1 month'
	in_order 'last done 2024-02-15 + 1 month = 2024-03-15' 'day of the list 2024-03-16 is later than 2024-03-15' \
		'due, if day of the list were 2024-03-15 and not 2024-03-16'
	explain 0 en golf-carts maintenance task=monthly_service purchase=2026-02-20 hours=45 last_hours.monthly_service=25 as_of=2026-02-25
	in_order '25 + 20 = 45' 'hours of use 45 is at least 45' 'purchase 2026-02-20 + 1 month = 2026-03-20' \
		'day of the list 2026-02-25 is before 2026-03-20'
	explain 0 zh golf-carts maintenance task=monthly_service purchase=2026-02-20 hours=45 last_hours.monthly_service=25 as_of=2026-02-25
	in_order '45 不低于 45' '早于 2026-03-20'
}

@test "transition: the stage, the event, and each guard" {
	explain 0 en wardrobe-tracking transition stage=service event=handoff handoff=true notified=true signature=true
	in_order 'wardrobe-tracking.06 applies (stage: customer service; event: hand over' 'wardrobe-tracking.10 is met (hand-off line filled in: yes)' \
		'refused, if hand-off line filled in were no and not yes'
	explain 1 zh wardrobe-tracking transition stage=service event=handoff handoff=false notified=true signature=true
	in_order 'wardrobe-tracking.10 未满足'
}

@test "dispatch: when to leave, the arrival, visits in the way, and each candidate" {
	explain 0 en furniture-store dispatch appointed=2024-05-06T14:00 travel_minutes=55 depart=2024-05-06T12:55 jobs:='[]'
	in_order 'travel in minutes 55 minutes + 10 minutes = 1 hour 5 minutes' 'the most of 1 hour, 1 hour 5 minutes = 1 hour 5 minutes' \
		'2024-05-06 14:00 - 65 minutes = 2024-05-06 12:55' 'departure 2024-05-06 12:55 + 55 minutes = 2024-05-06 13:50' \
		'2024-05-06 13:50 is not later than 2024-05-06 14:00'
	explain 1 en furniture-store dispatch appointed=2024-05-06T14:00 travel_minutes=30 depart=2024-05-06T12:30 \
		jobs:='[{"id":"J7","from":"2024-05-06T12:40","to":"2024-05-06T13:20"}]' user_consent=true
	in_order 'J7:' 'on the way and at work from 2024-05-06 12:30 to ' 'that overlaps 2024-05-06 12:40 to 2024-05-06 13:20'
	explain 0 en dept-workflow dispatch variant=a appointed=2024-05-06T10:00 depart=2024-05-06T09:00 travel_minutes=30 needs=electrical \
		candidates:='[{"id":"t1","skills":["mechanical"],"open_jobs":1},{"id":"t2","skills":["electrical"],"open_jobs":3,"free_at":"2024-05-06T08:00"}]'
	in_order 't1:' 'open jobs: 1' 'dept-workflow.05 is not met' 't2:' 'open jobs: 3; free from: 2024-05-06 08:00' 'dept-workflow.05 is met'
	explain 1 en decoration dispatch appointed=2024-06-14T18:30 severity=normal depart=2024-06-14T17:00 travel_minutes=30 jobs:='[]'
	says 'decoration.26 is not met'
	explain 0 zh furniture-store dispatch appointed=2024-05-06T14:00 travel_minutes=55 depart=2024-05-06T12:55 jobs:='[]'
	says '取最大：1 小时，1 小时 5 分钟 = 1 小时 5 分钟' '不晚于'
}

@test "appointment: the limits and the present held against them" {
	explain 0 en auto-4s appointment appointed=2024-05-10T09:00 booked=2024-05-06T16:30 now=2024-05-08T23:59:59
	in_order 'time expected 2024-05-10 09:00 - 1 day = 2024-05-09 00:00' 'now 2024-05-08 23:59:59 is before 2024-05-09 00:00' \
		'2024-05-10 09:00 + 30 minutes = 2024-05-10 09:30' 'time of the booking 2024-05-06 16:30, counted to 2024-05-06 23:59:59' \
		'if now were 2024-05-09 00:00 and not 2024-05-08 23:59:59'
	explain 1 en service-standard appointment appointed=2025-05-10T15:00 arrived=2025-05-10T15:10:01 --set 'arrival_tolerance=10 minutes'
	says 'time of arrival 2025-05-10 15:10:01 is later than 2025-05-10 15:10'
	explain 0 zh auto-4s appointment appointed=2024-05-10T09:00 booked=2024-05-06T16:30 now=2024-05-08T23:59:59
	says '计至 2024-05-06 23:59:59' '早于 2024-05-09 00:00'
}

@test "notice: the day of each message, one from another" {
	explain 0 en retail-store notice event=ready_for_pickup date=2026-03-10 sent=2026-03-11 as_of=2026-03-13
	in_order 'last message sent 2026-03-11 + 3 days = 2026-03-14' 'day of the list 2026-03-13 is before 2026-03-14' \
		'last message sent 2026-03-14 + 3 days = 2026-03-17' 'due, if day of the list were 2026-03-14'
	explain 0 zh retail-store notice event=ready_for_pickup date=2026-03-10 sent=2026-03-11 as_of=2026-03-13
	says '+ 3 天 = 2026-03-14'
}

@test "contract: the notice and the end" {
	explain 0 en service-dept contract starts=2026-01-01 ends=2026-12-31 as_of=2026-11-30
	in_order 'last day 2026-12-31 - 1 month = 2026-11-30' 'day of the list 2026-11-30 is not before 2026-11-30' \
		'day of the list 2026-11-30 is not later than 2026-12-31' 'in force, if day of the list were 2026-11-29'
	explain 1 zh oem-alarm contract starts=2025-04-01 as_of=2026-04-02
	says '2025-04-01 + 1 年 = 2026-04-01' '2026-04-02 晚于 2026-04-01'
}

@test "conduct: each violation by itself, with its fine, and the count that adds up" {
	local three='[{"rule":"furniture-store.137","on":"2024-05-02","accepted":"tip"},{"rule":"furniture-store.137","on":"2024-05-09","accepted":"tip"},{"rule":"furniture-store.137","on":"2024-05-10","accepted":"tip"}]'
	explain 1 en furniture-store conduct role=repairer as_of=2024-05-31 violations:="$three"
	in_order '2024-05-02 furniture-store.137:' 'furniture-store.137 applies' '100.00' '2024-05-09 furniture-store.137:' \
		'furniture-store.152 is met' '2024-05-02, 2024-05-09, 2024-05-10, together 3' 'it takes 3' 'furniture-store.153 is not met' 'it takes 5'
	explain 1 zh furniture-store conduct role=repairer as_of=2024-05-31 violations:="$three"
	says '共计 3' '须达 3'
	explain 1 en furniture-store conduct role=repairer as_of=2024-05-31 \
		violations:='[{"rule":"furniture-store.141","on":"2024-05-02","facts":{"place":"warehouse"}}]'
	says 'furniture-store.141 applies (place: warehouse)' 'none that counts'
}

@test "kpi: a share by what it is of" {
	explain 1 en coach-service kpi services=1000 on_time=899 surveyed=100 satisfied=85 complaints=0
	in_order 'services that kept it 899 / services with a clock 1000 = 89.9 %' 'met, if services that kept it were 900 and not 899'
	explain 0 en golf-carts kpi cart_days=1240 cart_days_down=6
	in_order 'carts times days of the month 1240 - cart-days lost to faults 6 = 1234' '1234 / carts times days of the month 1240 = 99.516129 %'
	explain 1 zh coach-service kpi services=1000 on_time=899 surveyed=100 satisfied=85 complaints=0
	says '及时次数 899 / 服务次数 1000 = 89.9 %'
}

@test "checklist, form, record and template: the rules that list" {
	explain 0 en furniture-store checklist stage=at_door doorbell=false
	in_order 'furniture-store.29 applies' 'furniture-store.31 does not apply (there is a doorbell: no)' 'furniture-store.30, 32, 33 apply'
	explain 3 en wardrobe-tracking form form=tracking_sheet stage=budget_1 fields.department=budget
	in_order 'wardrobe-tracking.07' 'stage: budget 1; form: customer service tracking sheet' 'wardrobe-tracking.15'
	explain 1 en service-standard record record=request fields=feedback
	says 'service-standard.27 applies (record: '
	explain 0 en service-code template template=greeting lang=zh hour=11
	says 'service-code.24 applies (hour of the day: 11; hour at which the morning begins: 5; hour at which the afternoon begins: 12'
	explain 0 zh service-code template template=form_of_address lang=zh gender=female surname=王
	says '王' '性别：'
	explain 0 zh furniture-store checklist stage=at_door doorbell=false
	says 'furniture-store.30，32，33 适用'
}

@test "deadline: the day, and when it was done" {
	explain 0 en oem-alarm deadline task=objection acceptance=2026-03-12 done=2026-03-20 as_of=2026-03-25
	in_order 'acceptance 2026-03-12 + 7 days = 2026-03-19' 'done 2026-03-20 is later than 2026-03-19'
	explain 1 zh dept-workflow deadline variant=f task=quality_evaluation previous=2024-01-15 as_of=2024-02-16 --set 'review_interval=1 month'
	says '+ 1 个月 = 2024-02-15' '2024-02-16 晚于 2024-02-15'
}

@test "survey: the marks and the bound" {
	explain 1 en tracking-system survey answers.product_evaluation=very_satisfied answers.service_satisfaction=dissatisfied
	in_order '(evaluation of the product 5 + satisfaction with the service 2) / 2 = 3.5' '2 is at most 3'
	explain 0 zh service-dept survey answers.attitude=satisfied answers.skill=satisfied answers.arrival_time=satisfied \
		answers.promises_kept=satisfied
	in_order '取最小：' ' = 3' '3 高于 1' '3 不低于 2'
}

@test "complaint and parts: what applies and what is asked for" {
	explain 1 en furniture-store complaint stage=repair cause=tools_detained
	in_order 'furniture-store.57, 60 do not apply (cause: tools detained)' 'furniture-store.64 applies (cause: tools detained)' \
		'still open, if cause were'
	explain 1 en golf-carts parts part=controller quantity=1 service_class=free old_part_returned=false
	in_order 'golf-carts.15 is not met (old part returned: no)' 'allowed, if old part returned were yes and not no'
	explain 1 zh golf-carts parts part=controller quantity=1 service_class=free old_part_returned=false
	says 'golf-carts.15 未满足'
}

@test "on a terminal of 80 columns no line of an explanation is longer" {
	command -v script >/dev/null || skip "script is not installed"
	local language
	for language in en zh; do
		script -qec "stty cols 80; '$PROGRAM' --no-pager --color never --lang $language --policy golf-carts policy ask warranty component=horn manufacture=2023-01-31 purchase=2023-02-28 cause=defect claim=2025-02-28 documents=contract,warranty_card,certificate --explain" /dev/null >shown.txt
		run python3 - shown.txt <<'PY'
import sys, unicodedata
text = open(sys.argv[1], encoding="utf-8").read().replace("\r", "")
steps = text[max(text.find("step by step:"), text.find("逐步说明：")):]
assert "golf-carts.49" in steps, text
for line in steps.splitlines():
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
    assert width <= 80, (width, line)
PY
		((status == 0)) || {
			echo "$output"
			return 1
		}
	done
}
