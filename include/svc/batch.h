/* Many questions in one run: lines of facts in, lines of answers out, in order and in constant memory. */
#ifndef SVC_BATCH_H
#define SVC_BATCH_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

enum svc_batch_format { SVC_BATCH_CSV, SVC_BATCH_TSV, SVC_BATCH_JSONL };

struct svc_batch_options {
	enum svc_ask ask;
	/* The pack that answers; NULL: the unit's of each line, else the desk's default. Without a desk it must be given. */
	const char *policy;
	struct svc_policy_places places;
	struct svc_desk *desk; /* NULL: none; then a line cannot name a `serial` */
	const struct svc_assignment *settings; /* hold for every line, before the desk's own */
	size_t setting_count;
	int input, output; /* descriptors; neither is closed */
	const char *file; /* the name of the input in faults */
	enum svc_batch_format format; /* of both sides */
	int jobs; /* threads that answer; 0 and 1: none besides the caller's. The output is the same */
	bool printable; /* the output is a terminal: control characters of the data are shown as \xNN */
	svc_time now; /* fills `claim`, `as_of` and `now` where a line does not give them */
	void (*fault)(void *context, const struct svc_error *fault); /* told of each line that can't be asked */
	void *context;
};
struct svc_batch_result {
	int64_t lines, faults;
};

/* CSV and TSV: one column per fact (and, with a desk, `serial`); out come the columns as they were, then verdict, exit,
   remedy, starts, ends, days_left, labor, parts, freight_in, freight_out, clauses, missing (lists joined by ";").
   JSON lines: one object of facts a line; out comes the whole answer with its `exit`. A line that can't be asked comes out
   with its exit code and no verdict, is handed to `fault` with line and field, and the rest goes on.
   SVC_OK; SVC_PARTIAL when some lines could not be asked; SVC_USAGE for a column that the pack does not know (nothing is
   written); SVC_BAD_INPUT for an input without a header or a bad pack; SVC_BUSY; SVC_FAULT when the output can't be written. */
SVC_PUBLIC int svc_batch(const struct svc_batch_options *options, struct svc_batch_result *result,
			 struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
