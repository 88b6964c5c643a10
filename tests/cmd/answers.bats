#!/usr/bin/env bats
# Every question that a pack can answer: its exit, its JSON, its report.
load setup
load reply

setup() {
	scratch
	export SVC_NOW=2026-03-02T09:30:00+08:00
	cat >pack.yaml <<'PACK'
policy: pack
title: {en: A desk, zh: 服务台}
effective: 2020-01-01
currency: CNY
timezone: Asia/Shanghai
settings:
  callback_within: {clause: p.20, type: duration, title: {en: call back within, zh: 回电期限}}
facts:
  stage: {one_of: {reception: {en: reception, zh: 接待}, repair: {en: repair, zh: 维修}}}
  event: {one_of: {start_repair: {en: start the repair, zh: 开始维修}, shipped: {en: shipped, zh: 已发货}}}
  task: {one_of: {payment: {en: payment, zh: 付款}, oil: {en: oil change, zh: 换油}}}
  form: {one_of: {file: {en: customer's file, zh: 客户档案}}}
  record: {one_of: {report: {en: report, zh: 报告}}}
  template: {one_of: {shipped: {en: shipped, zh: 发货}}}
  severity: {one_of: {high: {en: high, zh: 高}, low: {en: low, zh: 低}}}
  skills: {set_of: {electric: {en: electric, zh: 电气}, tiles: {en: tiles, zh: 瓷砖}}}
  signed: {bool: true, title: {en: signature, zh: 签字}}
  carrier: {text: true, title: {en: carrier, zh: 承运人}}
  calls: {number: true, title: {en: calls, zh: 来电数}}
  answered: {number: true, title: {en: answered, zh: 接听数}}
words:
  advisor: {en: adviser, zh: 顾问}
  phone: {en: by telephone, zh: 电话}
  customer: {en: the customer, zh: 顾客}
  first: {en: first call, zh: 首次回访}
  second: {en: second call, zh: 二次回访}
  loaner: {en: a loaner, zh: 备用机}
  question: {en: a question to the customer, zh: 满意度询问}
  push_back: {en: delivery moves back, zh: 交期顺延}
  letter: {en: letter, zh: 信函}
  apology: {en: an apology, zh: 道歉}
  call_back: {en: call back, zh: 回电}
  criticism: {en: criticism, zh: 批评}
  late: {en: late for work, zh: 迟到}
  answer_rate: {en: answer rate, zh: 接听率}
sla:
  rules: [{clause: p.1, when: {severity: high}, arrive: 2 hours}]
  fallback: [{clause: p.2, missed: arrive, then: [loaner]}]
followups:
  - {clause: p.3, name: first, channels: [phone], after: delivery, opens: 3 days, closes: 7 days}
  - {clause: p.4, name: second, channels: [phone], after: repaired, closes: {setting: callback_within}}
maintenance:
  rules: [{clause: p.5, task: oil, after: purchase, every: 1 month, hours: 20}]
workflow:
  order: p.6
  flow:
    - {clause: p.7, from: reception, event: start_repair, to: repair, by: advisor, creates: [question], guards: [{fact: signed, clause: p.7}]}
dispatch:
  rules: [{clause: p.8, leave_by: {before: appointed, by: travel_minutes}}]
  requires: [{clause: p.9, needs: {skills: {covers: needs}}}]
appointments:
  - {clause: p.10, remind_from: {before: appointed, by: 1 day}, cancel_at: {after: expected, by: 30 minutes}}
notices:
  rules: [{clause: p.11, event: shipped, name: letter, to: [customer], template: shipped, on: 2 days}]
contracts: [{clause: p.12, renew_notice_on: {before: ends, by: 1 month}}]
conduct:
  rules: [{clause: p.13, rule: [late], fine: 20.00, consequences: [criticism]}]
kpi: [{clause: p.14, name: answer_rate, share: [answered, calls], target: 90}]
checklists:
  - clause: p.15
    stage: reception
    steps: [{clause: p.15, id: greet, text: {en: Greet the customer., zh: 问候顾客。}}, {clause: p.16, id: listen, text: {en: Listen., zh: 倾听。}}]
forms: [{clause: p.17, form: file, fields: [{id: name, label: {en: name, zh: 姓名}}, {id: fax, label: {en: fax, zh: 传真}, required: false}]}]
records: [{clause: p.18, record: report, fields: [{id: process, label: {en: what was done, zh: 过程}}, {id: mat, label: {en: mat, zh: 垫布}, blocks: true}]}]
templates: [{clause: p.19, template: shipped, subject: {en: On its way, zh: 已发出}, text: {en: "It travels with {carrier}.", zh: "由{carrier}承运。"}}]
deadlines: [{clause: p.20, task: payment, due: {after: delivery, by: 3 days}, then: [push_back]}]
survey:
  questions: [{clause: p.21, id: attitude, text: {en: How was he?, zh: 态度如何？}}]
  levels: [{id: good, clause: p.21, title: {en: very well, zh: 好}, value: 2}, {id: bad, clause: p.21, title: {en: badly, zh: 差}, value: 1}]
  outcomes: [{clause: p.22, verdict: unsatisfied, any_at_most: 1, actions: [call_back]}]
complaints: [{clause: p.23, stage: repair, owed: [apology], verdict: escalate, steps: [{clause: p.23, id: say, text: {en: Say sorry., zh: 道歉。}}]}]
parts: [{clause: p.24, guards: [{fact: approved, clause: p.24}]}]
PACK
}

ask() { # EXIT ASK FACT...: as JSON, and for people into $output
	local wanted=$1 name=$2 status=0
	shift 2
	"$PROGRAM" --policy ./pack.yaml --json policy ask "$name" "$@" >reply || status=$?
	((status == wanted)) || {
		echo "exit $status"
		return 1
	}
	json "svc.ask.$name/1" <reply || return 1
	gives "$wanted" --policy ./pack.yaml policy ask "$name" "$@"
}

@test "sla: limits, what was kept, what is owed when it was not" {
	ask 1 sla severity=high reported=2026-03-01T10:00 arrived=2026-03-01T12:01
	[ "$(field verdict)" = breached ]
	[ "$(field arrive_by)" = 2026-03-01T12:00:00+08:00 ]
	[ "$(field arrived_in_time)" = false ]
	[ "$(field fallback.0)" = loaner ]
	says 'breached' 'arrive by: 2026-03-01 12:00' 'arrived in time: no' 'owed when it is missed: a loaner'
}

@test "followup: an unset interval does not take the fixed contacts along" {
	ask 3 followup delivery=2026-02-27 repaired=2026-02-28
	[ "$(field missing.0)" = callback_within ]
	[ "$(field contacts.0.from)" = 2026-03-02 ]
	[ "$(field contacts.0.channels.0)" = phone ]
	says 'call back within (callback_within)' 'first call' 'by telephone' '2026-03-06'
	run -3 svc --lang zh --policy ./pack.yaml policy ask followup delivery=2026-02-27 repaired=2026-02-28
	says 回电期限 首次回访 联系
}

@test "maintenance: by the calendar or by the hours" {
	ask 0 maintenance purchase=2026-02-20 hours=20 as_of=2026-02-25
	[ "$(field tasks.0.state)" = due ]
	[ "$(field tasks.0.due)" = 2026-03-20 ]
	[ "$(field tasks.0.due_hours)" = 20 ]
	says 'oil change' '1 month or 20 hours'
	ask 1 maintenance purchase=2026-01-20 as_of=2026-02-21
	run -0 svc --lang zh --policy ./pack.yaml policy ask maintenance purchase=2026-02-20 hours=20 as_of=2026-02-25
	says '1 个月 或 20 小时' 换油 到期
}

@test "transition: the next stage, or what stands in its way" {
	ask 0 transition stage=reception event=start_repair signed=true
	[ "$(field to)" = repair ]
	says 'next stage: repair' 'by: adviser' 'starts: a question to the customer'
	ask 1 transition stage=reception event=start_repair signed=false
	[ "$(field requires.0)" = signed ]
	says 'not satisfied: signature (signed)'
	ask 3 transition stage=reception event=start_repair
	run -4 svc --policy ./pack.yaml policy ask transition stage=reception event=start_repare
	says start_repair
}

@test "dispatch: visits in the way come as JSON" {
	ask 0 dispatch appointed=2026-03-03T10:00 depart=2026-03-03T09:00 travel_minutes=30 work_minutes=30 skills=electric needs=electric 'jobs:=[]'
	[ "$(field leave_by)" = 2026-03-03T09:30:00+08:00 ]
	ask 1 dispatch appointed=2026-03-03T10:00 depart=2026-03-03T09:00 travel_minutes=30 work_minutes=30 skills=electric needs=electric \
		'jobs:=[{"id":"V7","from":"2026-03-03T10:10","to":"2026-03-03T11:00"}]'
	[ "$(field conflicts.0)" = V7 ]
	says 'not feasible' 'in conflict with: V7'
}

@test "appointment: to be reminded, late, cancelled" {
	ask 0 appointment appointed=2026-03-03T09:00 booked=2026-02-20T16:00
	[ "$(field verdict)" = remind ]
	ask 1 appointment appointed=2026-03-03T09:00 arrived=2026-03-03T09:30
	[ "$(field verdict)" = late ]
	ask 1 appointment appointed=2026-03-03T09:00 arrived=2026-03-03T09:31
	[ "$(field verdict)" = cancelled ]
	says 'cancelled after: 2026-03-03 09:30'
}

@test "notice: a message, to whom, from which template" {
	ask 0 notice event=shipped date=2026-02-28
	[ "$(field notices.0.to.0)" = customer ]
	[ "$(field notices.0.on)" = 2026-03-02 ]
	says 'the customer' 'letter'
}

@test "contract: renewal starts" {
	ask 0 contract starts=2025-04-01 ends=2026-03-31
	[ "$(field verdict)" = expiring ]
	says 'ends: 2026-03-31' 'renewal starts: 2026-02-28'
	ask 1 contract starts=2025-03-01 ends=2026-03-01
}

@test "conduct: violations from a file" {
	cat >violations.yaml <<-'FACTS'
		violations:
		  - {rule: late, 'on': 2026-02-27}
		  - {rule: late, 'on': 2026-03-01}
	FACTS
	ask 1 conduct @violations.yaml
	[ "$(field total)" = 40.00 ]
	[ "$(field fines.1.on)" = 2026-03-01 ]
	says 'fined' 'total: 40.00' 'consequences: criticism' 'late for work'
}

@test "kpi: a share against its target" {
	ask 1 kpi calls=3 answered=2
	[ "$(field measures.0.met)" = false ]
	says 'missed' 'answer rate' '66.666667'
}

@test "checklist: steps in their order" {
	ask 0 checklist stage=reception
	[ "$(field steps.1.id)" = listen ]
	says '1. Greet the customer.' '2. Listen.'
	ask 0 checklist stage=repair
	[ "$(field verdict)" = none ]
}

@test "form and record: what is not filled in" {
	ask 3 form form=file fields.fax=1
	[ "$(field missing.0)" = name ]
	says 'name'
	ask 0 form form=file fields.name=A
	ask 3 record record=report fields=mat
	says 'what was done (process)'
	ask 1 record record=report fields=process
	[ "$(field verdict)" = blocked ]
}

@test "template: the text to send" {
	ask 0 template template=shipped lang=en carrier=EMS
	says 'subject: On its way' 'It travels with EMS.'
	ask 3 template template=shipped lang=en
	[ "$(field missing.0)" = carrier ]
}

@test "deadline: what follows when it is missed" {
	ask 1 deadline task=payment delivery=2026-02-26
	[ "$(field due)" = 2026-03-01 ]
	says 'overdue' 'then: delivery moves back'
	ask 0 deadline task=payment delivery=2026-02-26 done=2026-03-01
	[ "$(field in_time)" = true ]
}

@test "survey: answers by id or title" {
	ask 1 survey answers.attitude=badly
	[ "$(field score)" = 1 ]
	says 'not satisfied' 'to do: call back' 'How was he?; levels: very well, badly'
}

@test "complaint and parts" {
	ask 1 complaint stage=repair
	[ "$(field owed.0)" = apology ]
	says 'to be escalated' 'owed: an apology' '1. Say sorry.'
	ask 1 parts part=motor approved=false
	ask 3 parts part=motor
}

@test "the questions that a pack answers complete" {
	run -0 svc complete -- --policy ./pack.yaml policy ask s
	[[ $output == *sla*survey* ]]
	run -0 svc complete -- --policy trade-terms policy ask c
	[[ $output != *conduct* ]]
	run -0 svc complete -- policy ask con
	[[ $output == *contract*conduct* ]]
}

@test "a nested list in the config file is a fault, with its place" {
	mkdir -p .config/svc
	printf 'policy: [[a]]\n' >.config/svc/config.yaml
	run -4 svc policy list
	says 'config.yaml:1:9' 'plain values'
}
