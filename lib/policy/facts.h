/* The standard facts (contract: asks) and the vector of values that a question is asked with. */
#ifndef POLICY_FACTS_H
#define POLICY_FACTS_H

#include "base/arena.h"
#include "base/tree.h"
#include "pack.h"

/* Places in every fact vector; place 0 is unused, so that 0 can mean "no fact". Facts with * are worked out by the
   engine when a rule needs them and they are not given. */
enum standard_fact {
	F_NO_FACT,
	F_MANUFACTURE,
	F_SHIPMENT,
	F_PURCHASE,
	F_INVOICE,
	F_PAYMENT,
	F_DELIVERY,
	F_INSTALLATION,
	F_ACCEPTANCE,
	F_HANDOVER,
	F_REPLACEMENT,
	F_REPAIRED,
	F_CLAIM,
	F_OCCURRED,
	F_PRODUCT,
	F_COMPONENT,
	F_SOLD_AS,
	F_SOLD_VIA,
	F_BOUGHT_FROM,
	F_OWNER,
	F_PRICE,
	F_DOCUMENTS,
	F_CONDITION,
	F_FAULT,
	F_CAUSE,
	F_CONFIRMED,
	F_SAME_FAULT_REPAIRS,
	F_REPAIR_DAYS,
	F_EXCHANGED_WITHOUT_FAULT,
	F_PARTS_AVAILABLE,
	F_REPAIRABLE,
	F_WANT,
	F_SUPPLIED_BY,
	F_CARRIED_BY,
	F_BATCH,
	F_CAPACITY_PCT,
	F_SHARE_PCT,
	F_HOURS,
	F_KM,
	F_COUNT,
	F_ZONE,
	F_DISTANCE_KM,
	F_SEVERITY,
	F_SERVICE_CLASS,
	F_STAGE,
	F_REPORTED,
	F_RESPONDED,
	F_ARRIVED,
	F_RESOLVED,
	F_APPOINTED,
	F_NOW,
	F_AS_OF,
	F_ITEMS,
	F_CARD_PRICE,
	F_PARTS_COST,
	F_VERDICT /* * of the warranty */,
	F_LABOR /* * */,
	F_PARTS /* * */,
	F_ASK /* which ask is asking: a word */,
	F_IN_TERM /* * bool: some term is open on the day of the claim */,
	F_EVENT, /* words that the pack lists */
	F_VARIANT,
	F_TASK,
	F_FORM,
	F_RECORD,
	F_TEMPLATE,
	F_LANG,
	F_ROLE,
	F_PART,
	F_SCOPE,
	F_SKILLS, /* sets over the same words */
	F_NEEDS,
	F_PREVIOUS, /* dates */
	F_UNTIL,
	F_DATE,
	F_STARTS,
	F_ENDS,
	F_DEPART, /* times */
	F_BOOKED,
	F_ANNOUNCED,
	F_NEW_TIME,
	F_STARTED,
	F_TRAVEL_MINUTES, /* numbers */
	F_WORK_MINUTES,
	F_QUANTITY,
	F_AGREED, /* booleans */
	F_APPROVED,
	F_OLD_PART_RETURNED,
	F_DONE, /* trees */
	F_LAST,
	F_LAST_HOURS,
	F_READINGS,
	F_JOBS,
	F_CANDIDATES,
	F_SENT,
	F_VIOLATIONS,
	F_COMPLAINT_RANK,
	F_FIELDS,
	F_ANSWERS,
	F_EXPECTED, /* * time: the appointment, or the new time that was announced */
	F_LAST_SENT, /* * date: the latest of `sent` */
	F_WORKING_DAY, /* * */
	F_WORKING_TIME, /* * */
	F_ON_TIME, /* * of a dispatch */
	F_FEASIBLE, /* * */
	F_TIGHT, /* * */
	F_REPEAT, /* * of a violation: how many of the same before it */
	F_READING, /* internal: the reading that `pass` speaks of */
	F_STANDARD_COUNT
};

/* The table of standard facts: what the loader copies into every pack. Words are {id, en, zh}, NULL-ended. */
struct standard_word {
	const char *id, *en, *zh;
};
struct standard_fact_row {
	const char *name, *en, *zh;
	enum fact_type type;
	enum fact_absent absent;
	int64_t fallback; /* with ABSENT_DEFAULT: number, boolean, word number or mask */
	const struct standard_word *words;
	bool internal; /* not to be given from outside: F_ASK */
	bool whole; /* a number that counts: no fractions */
	int64_t top; /* the largest number that makes sense, in whole units; 0: none */
};
extern const struct standard_fact_row standard_facts[F_STANDARD_COUNT];

/* The words of a standard fact have in every pack the numbers that they have in its table: a pack's own come behind. */
enum {
	WORD_FAULT_QUALITY = 0,
	WORD_FAULT_NONE = 1,
	WORD_CAUSE_DEFECT = 0,
	WORD_CAUSE_NONE = 17,
	WORD_VERDICT_REFER = 4
};

#define WORD_UNLISTED (-1) /* a word that the pack does not know */

struct fact_value {
	bool known; /* `number`, `duration` or `tree` holds */
	bool given; /* said from outside, for `is: known`; a default is known and not given */
	bool settled; /* not known, and not to be worked out of this version's warranty: another version's was asked */
	int64_t number; /* as in pack_value; a word's number or WORD_UNLISTED; a set's mask */
	struct duration duration;
	const char *text; /* a word that is not listed, those of a set ("a,b"), or a text; else NULL */
	const struct node *tree; /* FACT_PRICES, FACT_ITEMS, FACT_TREE */
};

struct svc_facts {
	const struct svc_policy *policy;
	size_t count;
	size_t first_setting; /* facts stand before it, settings from here on */
	/* Two vectors in a row, one place per fact of the pack: what is known, and what every question begins with (defaults are
	   known, not given). Facts are written through fact_write. */
	struct fact_value *values;
	uint64_t *touched; /* a bit for each place that was written since the vector was cleared */
	struct arena memory; /* texts and trees of facts */
	struct arena settings; /* texts of settings */
	bool texts; /* some value came with a text: a word that is not listed, or a free one */
	bool used_today; /* claim, as_of or now came from svc_facts_now */
	bool lenient, passed_over; /* what the pack does not take is passed over; something was */
};

/* What comes of setting a fact. */
static inline int fact_taken(struct svc_facts *facts, int status)
{
	if (!status || !facts->lenient)
		return status;
	facts->passed_over = true;
	return SVC_OK;
}
/* The day of the question: the claim, else the day a list is asked for, else that of the present. */
svc_date facts_question(const struct svc_facts *facts, svc_time now);

/* Every fact is written here, so that clearing a vector takes back these places and no others. */
static inline void fact_write(struct svc_facts *facts, uint16_t place, struct fact_value value)
{
	facts->values[place] = value;
	facts->touched[place / 64] |= UINT64_C(1) << place % 64;
}

/* The number of a fact or setting, by name or title; 0 when there is none. `hint` (may be NULL, 128 bytes) gets the nearest name. */
uint16_t fact_find(const struct pack_head *head, const char *name, char *hint);
/* The number of a word, by id or title; WORD_UNLISTED. */
int word_find(const struct pack_head *head, const struct pack_fact *fact, const char *word);
int word_find_part(const struct pack_head *head, const struct pack_fact *fact, const char *word, size_t length);
/* The listed id or title nearest to `word`; NULL when none is near. */
const char *word_near(const struct pack_head *head, const struct pack_fact *fact, const char *word);
/* One value from its text, by the fact's type. Shared by the loader (values in conditions) and by svc_facts_set. `out->text`
   borrows `text`, for a word that is not listed. Sets, lists and maps are SVC_BAD_INPUT: see facts_tree.h. */
int value_parse(const struct pack_head *head, const struct pack_fact *fact, const struct svc_zone *zone,
		const char *text, struct fact_value *out, struct svc_error *err);
/* A value as svc_facts_set takes it, words by their ids. For values that are no trees and no texts. */
struct strbuf;
void value_format(const struct svc_policy *policy, const struct pack_fact *fact, const struct fact_value *value,
		  struct strbuf *out);
bool duration_parse(const char *text, struct duration *out); /* "7 days", "1 month", "lifetime", ... */
void duration_format(struct duration duration, char out[48]);

#endif
