/* Asking: the table of asks, the facts made ready, the answer rounded off. */
#include "trace.h"
#include "versions.h"

#include "svc/text.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define VERDICT(name) (UINT64_C(1) << SVC_##name)
#define OPEN_TO_ALL (VERDICT(VERDICT_INCOMPLETE) | VERDICT(REFER))

/* One row per ask: to add one, write its file and its row. */
static const struct {
	const char *name, *about;
	enum pack_section section;
	decider decide;
	uint64_t verdicts; /* that it can be answered with, besides those open to all */
} asks[SVC_ASK_COUNT] = {
	[SVC_ASK_WARRANTY] = {"warranty", N_("is this fault covered, until when, and who pays"), SECTION_WARRANTY,
			      decide_warranty,
			      VERDICT(COVERED) | VERDICT(EXCLUDED) | VERDICT(EXPIRED) | VERDICT(NOT_COVERED)},
	[SVC_ASK_RETURN] = {"return", N_("may it be returned or exchanged, by when, on what conditions"),
			    SECTION_RETURNS, decide_return, VERDICT(ACCEPTED) | VERDICT(REFUSED_VERDICT)},
	[SVC_ASK_FEE] = {"fee", N_("what does this cost the customer"), SECTION_FEES, decide_fee, VERDICT(PRICED)},
	[SVC_ASK_FREIGHT] = {"freight", N_("who pays which way"), SECTION_FREIGHT, decide_freight, VERDICT(DECIDED)},
	[SVC_ASK_SLA] = {"sla", N_("by when to respond, arrive and resolve"), SECTION_SLA, decide_sla,
			 VERDICT(MET) | VERDICT(BREACHED) | VERDICT(RUNNING)},
	[SVC_ASK_FOLLOWUP] = {"followup", N_("which contacts are owed, and when"), SECTION_FOLLOWUPS, decide_followup,
			      VERDICT(PLANNED) | VERDICT(NOTHING)},
	[SVC_ASK_MAINTENANCE] = {"maintenance", N_("which services are due"), SECTION_MAINTENANCE, decide_maintenance,
				 VERDICT(OVERDUE) | VERDICT(DUE) | VERDICT(NOTHING)},
	[SVC_ASK_TRANSITION] = {"transition", N_("may this ticket go there"), SECTION_WORKFLOW, decide_transition,
				VERDICT(ALLOWED) | VERDICT(REFUSED_VERDICT)},
	[SVC_ASK_DISPATCH] = {"dispatch", N_("can this visit be kept, and by whom"), SECTION_DISPATCH, decide_dispatch,
			      VERDICT(FEASIBLE) | VERDICT(INFEASIBLE)},
	[SVC_ASK_APPOINTMENT] = {"appointment", N_("is the appointment still good"), SECTION_APPOINTMENTS,
				 decide_appointment,
				 VERDICT(CONFIRMED) | VERDICT(REMIND) | VERDICT(LATE) | VERDICT(CANCELLED)},
	[SVC_ASK_NOTICE] = {"notice", N_("which messages are due to whom"), SECTION_NOTICES, decide_notice,
			    VERDICT(DUE) | VERDICT(WAITING) | VERDICT(EXHAUSTED) | VERDICT(NOTHING)},
	[SVC_ASK_CONTRACT] = {"contract", N_("is it in force, and when does renewal start"), SECTION_CONTRACTS,
			      decide_contract, VERDICT(IN_FORCE) | VERDICT(EXPIRING) | VERDICT(EXPIRED)},
	[SVC_ASK_CONDUCT] = {"conduct", N_("what follows from these violations"), SECTION_CONDUCT, decide_conduct,
			     VERDICT(GOOD) | VERDICT(FINED) | VERDICT(SUSPENDED) | VERDICT(DISMISSED)},
	[SVC_ASK_KPI] = {"kpi", N_("are the targets met"), SECTION_KPI, decide_kpi,
			 VERDICT(MET) | VERDICT(MISSED) | VERDICT(NOTHING)},
	[SVC_ASK_CHECKLIST] = {"checklist", N_("what has to be done or said at this stage"), SECTION_CHECKLISTS,
			       decide_checklist, VERDICT(LISTED) | VERDICT(NOTHING)},
	[SVC_ASK_FORM] = {"form", N_("which fields a form has, and is this one complete"), SECTION_FORMS, decide_form,
			  VERDICT(COMPLETE)},
	[SVC_ASK_TEMPLATE] = {"template", N_("the text to send"), SECTION_TEMPLATES, decide_template, VERDICT(READY)},
	[SVC_ASK_RECORD] = {"record", N_("is this record complete, and may the step be closed"), SECTION_RECORDS,
			    decide_record, VERDICT(COMPLETE) | VERDICT(BLOCKED)},
	[SVC_ASK_DEADLINE] = {"deadline", N_("any other date that a rule sets"), SECTION_DEADLINES, decide_deadline,
			      VERDICT(OPEN) | VERDICT(OVERDUE) | VERDICT(DONE)},
	[SVC_ASK_SURVEY] = {"survey", N_("what is asked, and what the answers come to"), SECTION_SURVEY, decide_survey,
			    VERDICT(SATISFIED) | VERDICT(UNSATISFIED)},
	[SVC_ASK_COMPLAINT] = {"complaint", N_("which steps follow, and what is owed"), SECTION_COMPLAINTS,
			       decide_complaint, VERDICT(OPEN) | VERDICT(ESCALATE) | VERDICT(CLOSED)},
	[SVC_ASK_PARTS] = {"parts", N_("may this part go out, and what comes back"), SECTION_PARTS, decide_parts,
			   VERDICT(ALLOWED) | VERDICT(REFUSED_VERDICT)},
};

decider decider_of(enum svc_ask ask)
{
	return asks[ask].decide;
}

bool svc_verdict_of(enum svc_ask ask, enum svc_verdict verdict)
{
	return (asks[ask].verdicts | OPEN_TO_ALL) >> verdict & 1;
}

const char *svc_ask_name(enum svc_ask ask)
{
	return asks[ask].name;
}

const char *svc_ask_about(enum svc_ask ask)
{
	return _(asks[ask].about);
}

int svc_ask_find(const char *name, enum svc_ask *out, struct svc_error *err)
{
	int best = 3, nearest = -1;

	for (int i = 0; i < SVC_ASK_COUNT; i++) {
		int distance = text_distance(name, asks[i].name, 2);

		if (distance < best) {
			best = distance;
			nearest = i;
		}
	}
	if (best == 0) {
		*out = (enum svc_ask)nearest;
		return SVC_OK;
	}
	error_set(err, SVC_USAGE, _("no such question: %s"), name);
	if (nearest >= 0)
		error_hint(err, _("did you mean %s?"), asks[nearest].name);
	return SVC_USAGE;
}

bool head_answers(const struct pack_head *head, enum svc_ask ask)
{
	return head->sections[asks[ask].section] != 0;
}

bool svc_policy_answers(const struct svc_policy *policy, enum svc_ask ask)
{
	return head_answers(policy->head, ask);
}

static void add_note(struct svc_answer *answer, struct arena *memory, const char *text)
{
	size_t at = answer->note_count;

	answer->notes = list_add(memory, answer->notes, &answer->note_count, sizeof *answer->notes);
	answer->notes[at] = text;
}

static void note_items(const struct svc_facts *facts, struct svc_answer *answer, struct arena *memory)
{
	const struct pack_fact *items = fact_of(facts->policy->head, F_ITEMS);
	const struct node *list = facts->values[F_ITEMS].tree;

	for (size_t i = 0; list && i < list->count; i++) {
		const char *text = list->items[i]->text;
		size_t length = strcspn(text, "*");

		if (word_find_part(facts->policy->head, items, text, length) == WORD_UNLISTED)
			add_note(answer, memory, arena_printf(memory, "unlisted: items=%.*s", (int)length, text));
	}
}

static void note_unlisted(const struct svc_facts *facts, struct svc_answer *answer, struct arena *memory)
{
	const struct pack_head *head = facts->policy->head;

	for (uint32_t i = 1; facts->texts && i < head->facts.count; i++) {
		const struct fact_value *value = &facts->values[i];
		uint8_t type = fact_of(head, (uint16_t)i)->type;

		if (value->given && value->text && (type == FACT_WORD || type == FACT_SET))
			add_note(answer, memory,
				 arena_printf(memory, "unlisted: %s=%s",
					      pack_text(head, fact_of(head, (uint16_t)i)->name), value->text));
	}
	note_items(facts, answer, memory);
}

static void note_version(const struct svc_facts *facts, struct svc_answer *answer, struct arena *memory)
{
	bool by_question = answers_by_question(facts->policy, answer->ask);
	svc_date of = by_question ? facts_question(facts, SVC_TIME_NONE) : svc_facts_sale(facts);
	svc_date effective = facts->policy->head->effective;
	char day[16];

	if (of == SVC_DATE_NONE || of >= effective)
		return;
	svc_date_format(effective, day);
	add_note(answer, memory,
		 arena_printf(memory,
			      by_question ? _("asked before the first version of the policy (%s), which answers")
					  : _("sold before the first version of the policy (%s), which answers"),
			      day));
}

static void explain(const struct pack_head *head, struct svc_answer *answer, struct arena *memory)
{
	answer->why = arena_alloc(memory, (answer->clause_count + 1) * sizeof *answer->why);
	answer->why_count = answer->clause_count;
	answer->explained = true;
	for (size_t i = 0; i < answer->clause_count; i++)
		answer->why[i] = (struct svc_reason){answer->clauses[i], clause_text(head, answer->clauses[i])};
}

/* The workroom of an answer: kept in it, and used again by the next question. */
static struct workroom *room_of(struct svc_answer *answer)
{
	struct workroom *room = answer->memory ? answer->memory : memory_get(sizeof *room);

	arena_reset(&room->kept);
	return room;
}

void svc_answer_release(struct svc_answer *answer)
{
	if (answer->memory) {
		workroom_release(answer->memory);
		free(answer->memory);
	}
	memset(answer, 0, sizeof *answer);
}

/* Who the counter asks next: each value of the one missing fact, and what it would give. */
static void add_outcome(struct svc_answer *answer, struct arena *memory, const char *given, const char *title,
			const struct svc_answer *then)
{
	size_t at = answer->outcome_count;

	answer->outcomes = list_add(memory, answer->outcomes, &answer->outcome_count, sizeof *answer->outcomes);
	answer->outcomes[at] = (struct svc_outcome){given, title, then->verdict, then->remedy};
}

struct choices { /* the values that a missing fact may be given */
	const struct pack_head *head;
	const struct pack_fact *fact;
	uint32_t count;
};

static bool choices_of(const struct pack_head *head, uint16_t number, struct choices *out)
{
	const struct pack_fact *fact = number ? fact_of(head, number) : NULL;

	if (!fact || fact->setting || (fact->type != FACT_WORD && fact->type != FACT_BOOL && fact->type != FACT_NUMBER))
		return false;
	*out = (struct choices){head, fact, fact->type == FACT_WORD ? fact->words.count : fact->trials.count};
	return true;
}

static const char *choice_at(const struct choices *choices, uint32_t i, struct arena *memory, int64_t *number,
			     const char **title)
{
	char text[32];

	if (choices->fact->type == FACT_WORD) {
		const struct pack_word *word = PACK_ITEM(choices->head, choices->fact->words, struct pack_word, i);

		*number = i;
		*title = pack_text(choices->head, svc_language() == SVC_LANG_ZH ? word->title_zh : word->title_en);
		return pack_text(choices->head, word->id);
	}
	*number = *PACK_ITEM(choices->head, choices->fact->trials, int64_t, i);
	if (choices->fact->type == FACT_BOOL)
		return *title = *number ? "true" : "false";
	svc_number_format(*number, text);
	return *title = arena_strdup(memory, text);
}

static void find_outcomes(const struct svc_policy *policy, enum svc_ask ask, const struct fact_value *values,
			  size_t count, struct svc_answer *answer, struct workroom *room)
{
	struct arena *memory = &room->kept;
	struct choices choices;
	uint16_t number = answer->missing_count == 1 ? fact_find(policy->head, answer->missing[0], NULL) : 0;

	if (answer->verdict != SVC_VERDICT_INCOMPLETE || !choices_of(policy->head, number, &choices))
		return;
	for (uint32_t i = 0; i < choices.count; i++) {
		struct fact_value *with = arena_alloc(memory, count * sizeof *with);
		struct svc_answer then;
		const char *title, *given;

		memcpy(with, values, count * sizeof *with);
		given = choice_at(&choices, i, memory, &with[number].number, &title);
		with[number].known = with[number].given = true;
		if (decide_needed(policy, ask, with, &then, room, NULL) == SVC_OK)
			add_outcome(answer, memory, given, title, &then);
	}
}

static int not_answered(const struct svc_policy *policy, enum svc_ask ask, struct svc_error *err)
{
	struct strbuf others = {0};

	for (int i = 0; i < SVC_ASK_COUNT; i++)
		if (svc_policy_answers(policy, (enum svc_ask)i))
			strbuf_printf(&others, "%s%s", others.length ? ", " : "", asks[i].name);
	error_set(err, SVC_USAGE, _("the policy %s has no rules for the question %s"), svc_policy_id(policy),
		  asks[ask].name);
	if (others.length)
		error_hint(err, _("it answers: %s"), others.text);
	strbuf_release(&others);
	return SVC_USAGE;
}

int svc_ask(const struct svc_policy *policy, enum svc_ask ask, const struct svc_facts *facts, bool explain_it,
	    struct svc_answer *answer, struct svc_error *err)
{
	struct workroom *room = room_of(answer);
	struct arena *memory = &room->kept;
	struct fact_value *values = facts->values; /* decided where they stand; what is written there is taken back */
	struct fact_value fault = values[F_FAULT], cause = values[F_CAUSE];
	int status;

	memset(answer, 0, sizeof *answer);
	answer->memory = room;
	answer->ask = ask;
	if (!svc_policy_answers(policy, ask))
		return not_answered(policy, ask, err);
	values[F_ASK] = (struct fact_value){.known = true, .number = ask};
	status = decide_needed(policy, ask, values, answer, room, err);
	answer->memory = room;
	if (!status)
		find_outcomes(policy, ask, values, facts->count, answer, room);
	values[F_FAULT] = fault;
	values[F_CAUSE] = cause;
	if (status)
		return status;
	answer->policy = svc_policy_id(policy);
	answer->zone = svc_policy_zone(policy);
	answer->version = policy->head->effective;
	answer->currency_digits = policy->head->currency_digits;
	note_unlisted(facts, answer, memory);
	note_version(facts, answer, memory);
	if (explain_it) {
		explain(policy->head, answer, memory);
		find_steps(facts, ask, answer, room);
		find_near(facts, ask, answer, memory);
	}
	return SVC_OK;
}
