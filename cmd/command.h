/* What a command is: const descriptors from which dispatch, help, completions and the man pages' options are all made.
   To add a verb: its descriptor and function in cmd/<noun>.c, prose in man/svc-<noun>.1, a test in tests/cmd/<noun>.bats. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "show/show.h"
#include "svc/desk.h"
#include "svc/text.h"

#define _(message) svc_text(message)
#define N_(message) message
/* The same English word where it means different things. */
#define C_(context, message) context "\004" message

/* ---- descriptors ---- */

enum value_kind {
	VALUE_FLAG,
	VALUE_TEXT,
	VALUE_INTEGER, /* within least..most */
	VALUE_NUMBER,
	VALUE_MONEY,
	VALUE_DATE,
	VALUE_TIME, /* ISO 8601 or a date */
	VALUE_RANGE, /* A..B, A.., ..B or A: of a list's filter */
	VALUE_FILE,
	VALUE_WORD, /* one of the choices, or any word when there are none */
	VALUE_ASSIGNMENT /* NAME=VALUE */
};
enum completion {
	COMPLETE_NOTHING,
	COMPLETE_FILE,
	COMPLETE_FOLDER,
	COMPLETE_POLICY,
	COMPLETE_FACT, /* fact=value */
	COMPLETE_SETTING,
	COMPLETE_UNIT, /* serial numbers */
	COMPLETE_CUSTOMER,
	COMPLETE_TICKET,
	COMPLETE_ACTOR,
	COMPLETE_TECHNICIAN,
	COMPLETE_VISIT,
	COMPLETE_ASK,
	COMPLETE_COLUMN,
	COMPLETE_NOUN,
	COMPLETE_VERB
};

/* Lists of these end with an entry whose name is NULL. `help`, `summary` and the like are N_() messages. */
struct command_option {
	const char *name; /* long, without dashes */
	char letter; /* short; 0: none */
	enum value_kind kind;
	const char *label; /* how help names the value; NULL: by kind */
	const char *help;
	const char *fallback; /* the default; NULL: none */
	const char *const *choices; /* NULL-ended ids */
	int64_t least, most; /* of integers; both 0: any */
	enum completion complete;
	bool repeated;
	bool hidden;
};
struct command_argument {
	const char *name, *help; /* name in capitals: SERIAL */
	enum completion complete;
	const char *const *choices;
	bool optional, repeated; /* repeated: the last one only */
};
struct command_example {
	const char *line, *says; /* the command line, one line of explanation */
};

/* What a verb takes beside its own options; the parser adds these. */
enum {
	TAKES_FACTS = 1, /* fact=value, fact:='JSON', map.key=value, @FILE, - : in command->facts */
	TAKES_SETTINGS = 2, /* --set NAME=VALUE: in command->settings */
	TAKES_FIELDS = 4, /* an option for every writable field of `kind`, in command->fields */
	TAKES_FILTER = 8, /* an option for every field of `kind` in lists, --text, --sort, --limit, --count */
	TAKES_LIST = 16, /* --sort, --limit, --count alone */
	TAKES_DRY_RUN = 32, /* --dry-run; the dispatcher rolls back */
	TAKES_EXPLAIN = 64, /* --explain */
	TAKES_BATCH = 128 /* --batch, --format */
};
enum command_need {
	NEEDS_NOTHING,
	NEEDS_POLICY, /* places of packs; no store */
	NEEDS_DESK_IF_THERE, /* command->desk is NULL when there is no store */
	NEEDS_READ,
	NEEDS_WRITE, /* run stands between svc_desk_begin and svc_desk_commit; takes --key and --wait */
	NEEDS_CHANGES /* a desk that can be written; run makes the changes one by one, each with a key of its own */
};
enum { OUTPUT_TABLE = 1, OUTPUT_FORM = 2, OUTPUT_REPORT = 4, OUTPUT_JSON = 8, OUTPUT_JSONL = 16, OUTPUT_TSV = 32 };
#define OUTPUT_LIST (OUTPUT_TABLE | OUTPUT_JSON | OUTPUT_JSONL | OUTPUT_TSV)
#define OUTPUT_RECORD (OUTPUT_FORM | OUTPUT_JSON | OUTPUT_JSONL | OUTPUT_TSV)
#define OUTPUT_ANSWER (OUTPUT_REPORT | OUTPUT_JSON | OUTPUT_JSONL | OUTPUT_TSV)

struct command;
struct command_verb {
	const char *name; /* "" for a noun that is one command: svc init */
	const char *summary;
	const struct command_argument *arguments; /* NULL: none */
	const struct command_option *options; /* NULL: none */
	unsigned takes;
	enum svc_kind kind; /* of TAKES_FIELDS and TAKES_FILTER */
	const char *field; /* TAKES_FIELDS: the field that the first argument gives, and no option; NULL: none */
	enum command_need needs;
	unsigned outputs;
	const char *schema; /* of each object; NULL: no JSON */
	const struct command_example *examples; /* ended by line NULL; at least one */
	bool own_transaction; /* NEEDS_WRITE that begins and commits by itself; --key is kept by the dispatcher */
	bool hidden;
	int (*prepare)(struct command *command); /* before the store is opened; NULL: nothing to do */
	int (*run)(struct command *command);
};
struct command_noun {
	const char *name, *summary;
	const struct command_verb *verbs; /* ended by run NULL */
	bool hidden;
};
extern const struct command_noun *const command_nouns[]; /* NULL-ended; commands.c */

/* ---- a command that runs ---- */

struct command {
	const struct command_noun *noun;
	const struct command_verb *verb;
	struct svc_desk *desk; /* NULL unless needed */
	struct svc_policy_places places;
	const char *policy; /* --policy or SVC_POLICY or the file's; NULL: none */
	const char *database; /* file of the desk */
	const char *actor; /* --as or the login name; "" in a reader that has neither */
	svc_time now;
	int wait_seconds;
	const char *program; /* path of the running svc, to start it again */
	const struct svc_assignment *facts, *settings, *fields;
	size_t fact_count, setting_count, field_count;
	bool dry_run;
	bool made; /* command_make_desk has made the store */
	struct show *show;
	struct svc_error error;
	struct command_line *line; /* what was given: read through the functions below */
};

/* Run functions return a status: SVC_OK, SVC_NO and SVC_INCOMPLETE are answers; anything else is an error that has been set in
   command->error (SVC_PARTIAL may go without). They never open, parse, exit or print but through command->show. */

/* Values live as long as the command. NULL: not given (and no default). */
const char *command_argument(const struct command *command, const char *name);
size_t command_arguments(const struct command *command, const char *name, const char *const **values);
const char *command_text(const struct command *command, const char *option);
size_t command_texts(const struct command *command, const char *option, const char *const **values);
bool command_flag(const struct command *command, const char *option);
int64_t command_integer(const struct command *command, const char *option); /* 0 when not given */
bool command_date(const struct command *command, const char *option, svc_date *out); /* false: not given */
/* Of a day its first second; false: not given. */
bool command_time(const struct command *command, const char *option, svc_time *out);
svc_date command_today(const struct command *command); /* of `now`, in the machine's zone */

char *command_print(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
void *command_memory(const struct command *command, size_t size); /* zeroed */

/* Set command->error and return its code. The format comes translated. */
int command_fail(struct command *command, enum svc_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int command_hint(struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A word of progress or a warning on stderr, not with -q. */
void command_say(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
int command_make_desk(struct command *command, const char *name); /* a new store where --db says */
/* Opens command->desk for reading where the options now say; for the one command that learns late what it needs. */
int command_reach_desk(struct command *command);
/* Prints any error as main does, at once: for verbs that list several. `source` is the line it stands on, or NULL. */
void command_show_error(const struct svc_error *error, const char *source);

/* ---- what verbs of records share (records.c) ---- */

/* The same with one more condition; NULL: none. */
int records_list_of(struct command *command, const struct svc_match *also);
int records_list(struct command *command); /* a whole list verb of verb->kind: filters, sort, limit, count */
int records_show(struct command *command); /* a whole show verb: the record that the first argument names */
int records_add(struct command *command); /* adds one from command->fields and shows it */
int records_edit(struct command *command); /* changes the one that the first argument names, and shows it */
int records_display(struct command *command, enum svc_kind kind, int64_t id); /* shows one record */
int records_find(struct command *command, enum svc_kind kind, const char *text, int64_t *id);
/* A word that the desk itself gives to tickets, as people read it. */
const char *ticket_word(const char *id);
/* The columns of a kind's fields, schema name "svc.KIND/1"; static for the life of the process. */
const struct show_column *records_columns(enum svc_kind kind, size_t *count);
/* The events of some subjects ("U17", "T3"), in the order in which they happened. */
int records_history(struct command *command, const char *const *subjects, size_t count);

#endif
