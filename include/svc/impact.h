/* What changes when one pack takes the place of another: the same facts are asked of both. */
#ifndef SVC_IMPACT_H
#define SVC_IMPACT_H

#include "svc/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { SVC_IMPACT_OLD, SVC_IMPACT_NEW, SVC_IMPACT_SIDES };

/* Who bears what is known of the money of a case, in minor units. A repair: its fee, borne by whoever pays for the labour, and
   `parts_cost`, borne by whoever pays for the parts. A return: the price, less what is deducted. A fee: its total. */
struct svc_impact_money {
	svc_money company, customer;
	svc_money open; /* nobody can say: facts are missing, or a person decides */
};
struct svc_impact_side {
	const struct svc_policy *policy;
	const struct svc_answer *answer;
	struct svc_impact_money money;
};
struct svc_impact_case { /* valid during the call */
	const char *id; /* "T12", "U7", or the number of the line */
	const char *state; /* of a ticket: "open", "closed"; else NULL */
	enum svc_ask ask;
	const struct svc_facts *facts; /* as the old pack knows them */
	struct svc_impact_side sides[SVC_IMPACT_SIDES];
};

struct svc_impact_options {
	const char *packs[SVC_IMPACT_SIDES]; /* ids, versions or paths; the version is that of the day of the sale */
	uint32_t asks; /* 1 << enum svc_ask; both packs must answer them */
	struct svc_policy_places places;
	struct svc_desk *desk; /* NULL: none; then a line cannot name a `serial` */
	const struct svc_assignment *settings; /* hold for both packs, before the desk's own */
	size_t setting_count;
	const struct svc_assignment *facts; /* supposed of every case, whatever is known of it */
	size_t fact_count;
	svc_time now;
	/* A file with a line of facts for each case (svc/batch.h), beside them `fee`; -1: the tickets or units of the desk. */
	int input;
	const char *file; /* its name in faults */
	enum svc_batch_format format;
	bool units; /* every unit, as if it failed by a defect of its own at `now`; else the tickets, each as on its day */
	const struct svc_query *records; /* which of them; NULL: all */
	bool every; /* also those that another pack than the old one answers */
	int (*changed)(void *context, const struct svc_impact_case *change); /* non-zero stops */
	void (*fault)(void *context, const struct svc_error *fault); /* told of each case that can't be asked */
	/* Told now and then how many cases are done; of a file `of` is 0. NULL: nobody asks. */
	void (*progress)(void *context, int64_t done, int64_t of);
	void *context;
};
struct svc_impact_sum {
	int64_t cases, changed; /* cases asked; those of which an answer changes */
	struct svc_impact_money money[SVC_IMPACT_SIDES];
};
struct svc_impact_result {
	struct svc_impact_sum all, open; /* open: tickets that are not closed yet */
	int64_t answers; /* that change */
	int64_t faults; /* cases that could not be asked */
	int64_t others; /* tickets or units that another pack answers */
	int digits; /* of the currency of the old pack */
	char currency[8], ids[SVC_IMPACT_SIDES][128];
};

/* An answer changes when anything in it does but clauses, windows, reasons and notes. The facts that a pack does not know are not
   told to it. SVC_OK; SVC_PARTIAL when some cases could not be asked; SVC_USAGE for a fact that neither knows, an ask that one of
   them does not answer, two currencies. */
SVC_PUBLIC int svc_impact(const struct svc_impact_options *options, struct svc_impact_result *result,
			  struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
