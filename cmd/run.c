/* From a command line that was taken apart to its answer: where things are, the desk, the change that is kept or not. */
#include "run.h"

#include "fault.h"
#include "show/text.h"
#include "show/writer.h"
#include "show/zone.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- how it is shown ---- */

static int settle_format(struct command *command, struct show_options *options)
{
	static const struct {
		enum global_id id;
		enum show_format format;
		unsigned output;
	} formats[] = {{GLOBAL_JSON, SHOW_AS_JSON, OUTPUT_JSON},
		       {GLOBAL_JSONL, SHOW_AS_JSONL, OUTPUT_JSONL},
		       {GLOBAL_TSV, SHOW_AS_TSV, OUTPUT_TSV}};
	const char *chosen = NULL;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		const char *name = globals[formats[i].id].option.name;
		if (!command->line->globals.value[formats[i].id])
			continue;
		if (chosen)
			return command_fail(command, SVC_USAGE, _("--%s and --%s exclude each other"), chosen, name);
		if (!(command->verb->outputs & formats[i].output))
			return command_fail(command, SVC_USAGE, _("%s gives no --%s"), command_spoken(command), name);
		chosen = name;
		options->format = formats[i].format;
	}
	return SVC_OK;
}

int run_show(struct command *command)
{
	const char *const *value = command->line->globals.value;
	const char *colour = value[GLOBAL_COLOR] ? value[GLOBAL_COLOR] : "auto";
	struct show_options options = {
		.colour = strcmp(colour, "always") == 0  ? SHOW_COLOUR_ALWAYS
			  : strcmp(colour, "never") == 0 ? SHOW_COLOUR_NEVER
							 : SHOW_COLOUR_AUTO,
		.columns = value[GLOBAL_COLUMNS],
		.quiet = value[GLOBAL_QUIET] != NULL,
		.verbose = value[GLOBAL_VERBOSE] != NULL,
		.pager = !value[GLOBAL_NO_PAGER],
	};
	int status = settle_format(command, &options);

	if (status == SVC_OK)
		command->show = show_new(&options, &command->error);
	return status;
}

/* ---- the surroundings of a command ---- */

static const char *login_name(void)
{
	const char *name = getenv("LOGNAME");

	if (!name || !*name)
		name = getenv("USER");
	return name && *name ? name : NULL;
}

/* Looking a name up by the user's number reads half of /etc: only a change needs it. */
static const char *account_name(void)
{
	const struct passwd *entry = getpwuid(geteuid());

	return entry ? entry->pw_name : "unknown";
}

static void find_places(struct command *command)
{
	const char *path = command->line->globals.value[GLOBAL_POLICY_PATH];
	size_t most = 4, count = 0;

	for (const char *p = path; p && *p; p++)
		most += *p == ':';
	const char **folders = command_memory(command, most * sizeof(*folders));
	for (const char *rest = path; rest && *rest;) {
		size_t length = strcspn(rest, ":");
		if (length)
			folders[count++] = command_print(command, "%.*s", (int)length, rest);
		rest += length + (rest[length] == ':');
	}
	const char *own = place_in("XDG_CONFIG_HOME", ".config", "svc/policies");
	if (own)
		folders[count++] = own;
	folders[count] = installation()->policies;
	command->places = (struct svc_policy_places){folders, place_in("XDG_CACHE_HOME", ".cache", "svc")};
}

/* Without an offset, --now is in the zone of the pack that is named, else of the machine. */
svc_time run_present(const struct command *command)
{
	const char *given = command->line->globals.value[GLOBAL_NOW];
	struct svc_policy *policy = NULL;
	struct timespec clock = {0};
	svc_time now = 0;
	svc_date date;

	clock_gettime(CLOCK_REALTIME, &clock);
	if (!given)
		return clock.tv_sec;
	if (command->policy)
		(void)svc_policy_open(&policy, command->policy, SVC_DATE_NONE, &command->places, NULL);
	const struct svc_zone *zone = policy ? svc_policy_zone(policy) : local_zone();
	if (svc_date_parse(given, &date))
		now = svc_zone_time(zone, date, 0);
	else
		(void)svc_time_parse(given, zone, &now);
	svc_policy_free(policy);
	return now;
}

void run_furnish(struct command *command)
{
	const char *const *value = command->line->globals.value;

	find_places(command);
	command->policy = value[GLOBAL_POLICY];
	command->database = value[GLOBAL_DB] ? value[GLOBAL_DB]
					     : place_in("XDG_DATA_HOME", ".local/share", "svc/desk.db");
	command->actor = value[GLOBAL_AS] ? value[GLOBAL_AS] : login_name() ? login_name() : "";
	command->wait_seconds = atoi(value[GLOBAL_WAIT] ? value[GLOBAL_WAIT] : globals[GLOBAL_WAIT].option.fallback);
	command->program = installation()->program;
	command->now = run_present(command);
}

static int without_place(struct command *command)
{
	command_fail(command, SVC_USAGE, _("no desk: neither HOME nor SVC_DB is set"));
	return command_hint(command, _("name its file with --db FILE"));
}

static struct svc_desk_options desk_options(const struct command *command)
{
	bool read_only = command->verb->needs != NEEDS_WRITE && command->verb->needs != NEEDS_CHANGES;

	return (struct svc_desk_options){
		.file = command->database,
		.actor = *command->actor || read_only ? command->actor : account_name(),
		.now = command->now,
		.wait_seconds = command->wait_seconds,
		.read_only = read_only,
		.places = command->places,
		.policy = command->policy,
	};
}

int command_make_desk(struct command *command, const char *name)
{
	struct svc_desk_options options = desk_options(command);

	if (!command->database)
		return without_place(command);
	int status = svc_desk_init(&options, name, command->policy, &command->error);
	command->made = status == SVC_OK;
	return status;
}

int command_reach_desk(struct command *command)
{
	if (command->line->globals.value[GLOBAL_DB])
		command->database = command->line->globals.value[GLOBAL_DB];
	struct svc_desk_options options = desk_options(command);

	if (!options.file || access(options.file, F_OK) != 0)
		return SVC_NOT_FOUND;
	options.wait_seconds = 0;
	return svc_desk_open(&command->desk, &options, &command->error);
}

/* What to do about a file that is not there or is no desk. */
static int hint_desk(struct command *command, int status)
{
	if (status == SVC_NOT_FOUND && command->line->globals.value[GLOBAL_DB])
		command_hint(command, _("\"svc --db %s init\" makes a desk there"), command->database);
	else if (status == SVC_NOT_FOUND)
		command_hint(command, _("\"svc init\" makes a desk; --db FILE names another one"));
	else if (status == SVC_BAD_INPUT)
		command_hint(command, _("name the desk's file with --db FILE"));
	return status;
}

static int open_desk(struct command *command)
{
	enum command_need needs = command->verb->needs;

	if (needs == NEEDS_NOTHING || needs == NEEDS_POLICY || command->desk)
		return SVC_OK;
	if (needs == NEEDS_DESK_IF_THERE && !command->line->globals.value[GLOBAL_DB] &&
	    (!command->database || access(command->database, F_OK) != 0))
		return SVC_OK;
	if (!command->database)
		return without_place(command);
	struct svc_desk_options options = desk_options(command);
	command->actor = options.actor;
	if (show_verbose(command->show))
		command_say(command, _("desk %s, actor %s"), options.file, options.actor);
	int status = svc_desk_open(&command->desk, &options, &command->error);
	return status == SVC_OK || *command->error.hint ? status : hint_desk(command, status);
}

/* ---- running ---- */

static int replay(struct command *command, char *result, int status)
{
	show_replay(command->show, result ? result : "{}");
	free(result);
	return status;
}

bool run_is_done(int status)
{
	return status == SVC_OK || status == SVC_PARTIAL;
}

static int commit(struct command *command, const char *key, int status)
{
	char *kept = key ? show_kept(command->show) : NULL;
	int committed = svc_desk_commit(command->desk, kept, status, &command->error);

	free(kept);
	return committed == SVC_OK ? status : committed;
}

/* Keeps the result of a change that wrote in transactions of its own. Another run with the same key may have been first:
   then its answer is the answer. */
static int keep_afterwards(struct command *command, const char *key, int status)
{
	bool replayed = false;
	char *result = NULL;
	int first = SVC_OK;
	int begun = svc_desk_begin(command->desk, key, line_canonical(command), &replayed, &result, &first,
				   &command->error);

	if (begun != SVC_OK)
		return begun;
	if (!replayed)
		return commit(command, key, status);
	show_forget(command->show);
	return replay(command, result, first);
}

/* A change: begun, run, and kept whole or not at all. Its output waits for the commit. */
static int run_change(struct command *command)
{
	const char *key = command_text(command, "key");
	bool own = command->verb->own_transaction, replayed = false;
	char *result = NULL;
	int first = SVC_OK, status = SVC_OK;

	command->dry_run = command->verb->takes & TAKES_DRY_RUN && command_flag(command, "dry-run");
	if (command->dry_run)
		key = NULL;
	if (!own || key)
		status = svc_desk_begin(command->desk, key, line_canonical(command), &replayed, &result, &first,
					&command->error);
	if (status != SVC_OK)
		return status;
	if (replayed)
		return replay(command, result, first);
	if (own && key)
		svc_desk_rollback(command->desk);
	show_hold(command->show, key != NULL);
	status = command->verb->run(command);
	if (own)
		return key && run_is_done(status) ? keep_afterwards(command, key, status) : status;
	if (run_is_done(status) && !command->dry_run)
		return commit(command, key, status);
	svc_desk_rollback(command->desk);
	return status;
}

int run_command(struct command *command)
{
	unsigned takes = command->verb->takes;
	int status = takes & (TAKES_FACTS | TAKES_SETTINGS) ? line_facts(command) : SVC_OK;

	if (takes & TAKES_FIELDS)
		line_fields(command);
	if (status == SVC_OK && command->verb->prepare)
		status = command->verb->prepare(command);
	if (status == SVC_OK)
		status = open_desk(command);
	if (status != SVC_OK)
		return status;
	if (command->verb->needs != NEEDS_WRITE)
		return command->verb->run(command);
	status = run_change(command);
	if (!run_is_done(status) && *command->error.text) /* without one, what was found missing is the answer */
		show_forget(command->show);
	else if (command->dry_run)
		command_say(command, _("dry run: nothing was kept"));
	return status;
}
