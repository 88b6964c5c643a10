#include "globals.h"

#include "show/text.h"
#include "svc/config.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const colour_words[] = {"auto", "always", "never", NULL};
static const char *const language_words[] = {"en", "zh", NULL};

const struct global globals[] = {
	[GLOBAL_DB] =
		{{.name = "db", .kind = VALUE_FILE, .help = N_("the file of the desk"), .complete = COMPLETE_FILE},
		 "SVC_DB",
		 true},
	[GLOBAL_POLICY] = {{.name = "policy",
			    .kind = VALUE_TEXT,
			    .label = N_("PACK"),
			    .help = N_("the policy pack that answers: an id, id@DATE or a file"),
			    .complete = COMPLETE_POLICY},
			   "SVC_POLICY",
			   true},
	[GLOBAL_POLICY_PATH] = {{.name = "policy-path",
				 .kind = VALUE_TEXT,
				 .label = N_("DIR:DIR"),
				 .help = N_("folders in which packs are looked for first"),
				 .complete = COMPLETE_FOLDER},
				"SVC_POLICY_PATH",
				true},
	[GLOBAL_NOW] = {{.name = "now", .kind = VALUE_TIME, .help = N_("answer as if it were this time")},
			"SVC_NOW",
			false},
	[GLOBAL_AS] = {{.name = "as",
			.kind = VALUE_TEXT,
			.label = N_("ACTOR"),
			.help = N_("who acts; default: the login name"),
			.complete = COMPLETE_ACTOR},
		       "SVC_AS",
		       true},
	[GLOBAL_JSON] = {{.name = "json", .kind = VALUE_FLAG, .help = N_("print one JSON document")}, NULL, false},
	[GLOBAL_JSONL] = {{.name = "jsonl", .kind = VALUE_FLAG, .help = N_("print one JSON object a line")},
			  NULL,
			  false},
	[GLOBAL_TSV] = {{.name = "tsv", .kind = VALUE_FLAG, .help = N_("print tab-separated values with a header")},
			NULL,
			false},
	[GLOBAL_COLUMNS] = {{.name = "columns",
			     .kind = VALUE_TEXT,
			     .label = N_("A,B"),
			     .help = N_("show these fields, in this order"),
			     .complete = COMPLETE_COLUMN},
			    NULL,
			    false},
	[GLOBAL_QUIET] = {{.name = "quiet",
			   .letter = 'q',
			   .kind = VALUE_FLAG,
			   .help = N_("print no more than ids; a check prints nothing")},
			  NULL,
			  true},
	[GLOBAL_VERBOSE] = {{.name = "verbose", .letter = 'v', .kind = VALUE_FLAG, .help = N_("say more on stderr")},
			    NULL,
			    true},
	[GLOBAL_NO_PAGER] = {{.name = "no-pager", .kind = VALUE_FLAG, .help = N_("never start a pager")}, NULL, true},
	[GLOBAL_COLOR] = {{.name = "color",
			   .kind = VALUE_WORD,
			   .choices = colour_words,
			   .fallback = "auto",
			   .help = N_("when to use colour")},
			  NULL,
			  true},
	[GLOBAL_LANG] = {{.name = "lang",
			  .kind = VALUE_WORD,
			  .choices = language_words,
			  .help = N_("language of the messages")},
			 "SVC_LANG",
			 true},
	[GLOBAL_WAIT] = {{.name = "wait",
			  .kind = VALUE_INTEGER,
			  .label = N_("SECONDS"),
			  .least = 0,
			  .most = 86400,
			  .fallback = "10",
			  .help = N_("how long to wait for a busy desk")},
			 NULL,
			 true},
	[GLOBAL_HELP] = {{.name = "help", .letter = 'h', .kind = VALUE_FLAG, .help = N_("show the help of a command")},
			 NULL,
			 false},
};
const size_t global_count = sizeof(globals) / sizeof(globals[0]);

void globals_from_environment(struct global_values *values)
{
	for (size_t i = 0; i < global_count; i++) {
		const char *value = globals[i].environment ? getenv(globals[i].environment) : NULL;
		if (value && *value)
			values->value[i] = value;
	}
}

const char *place_in(const char *variable, const char *below_home, const char *rest)
{
	const char *base = getenv(variable), *home = getenv("HOME");
	struct text place = {0};

	if (base && *base == '/')
		text_print(&place, "%s/%s", base, rest);
	else if (home && *home)
		text_print(&place, "%s/%s/%s", home, below_home, rest);
	return text_keep(&place);
}

struct reading {
	struct global_values *values;
	const char *path;
};

static const struct global *global_in_file(const char *name)
{
	for (size_t i = 0; i < global_count; i++) {
		if (globals[i].in_file && strcmp(globals[i].option.name, name) == 0)
			return &globals[i];
	}
	return NULL;
}

static void fault_in_file(const struct svc_config_entry *entry, struct svc_error *err)
{
	err->code = SVC_BAD_INPUT;
	err->line = entry->line;
	err->column = entry->column;
	snprintf(err->file, sizeof(err->file), "%s", entry->file);
}

static int unknown_key(const struct svc_config_entry *entry, struct svc_error *err)
{
	struct suggestion near = {.meant = entry->key};

	for (size_t i = 0; i < global_count; i++) {
		if (globals[i].in_file)
			suggestion_try(&near, globals[i].option.name);
	}
	fault_in_file(entry, err);
	snprintf(err->text, sizeof(err->text), _("the config file knows no \"%s\""), entry->key);
	if (near.best)
		snprintf(err->hint, sizeof(err->hint), _("did you mean \"%s\"?"), near.best);
	return SVC_BAD_INPUT;
}

/* "~/desk.db" in a file means what it means to a shell. */
static const char *with_home(const char *value)
{
	const char *home = getenv("HOME");
	struct text path = {0};

	if (strncmp(value, "~/", 2) == 0 && home)
		text_print(&path, "%s%s", home, value + 1);
	else
		text_puts(&path, value);
	return text_keep(&path);
}

static int take_entry(void *context, const struct svc_config_entry *entry, struct svc_error *err)
{
	struct global_values *values = context;
	const struct global *global = global_in_file(entry->key);

	if (!global)
		return unknown_key(entry, err);
	if (entry->json) {
		fault_in_file(entry, err);
		snprintf(err->text, sizeof(err->text), "%s", _("a list may only hold plain values here"));
		return SVC_BAD_INPUT;
	}
	size_t place = (size_t)(global - globals);
	if (!values->value[place] && !(global->option.kind == VALUE_FLAG && strcmp(entry->value, "false") == 0))
		values->value[place] = with_home(entry->value);
	return SVC_OK;
}

int globals_from_file(struct global_values *values, struct svc_error *err)
{
	const char *path = place_in("XDG_CONFIG_HOME", ".config", "svc/config.yaml");

	if (!path || access(path, F_OK) != 0)
		return SVC_OK;
	return svc_config_read(path, take_entry, values, err);
}

void language_choose(const char *asked)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; !asked && i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = getenv(variables[i]);
		if (value && *value)
			asked = value;
	}
	if (asked && strncmp(asked, "zh", 2) == 0)
		svc_language_set(SVC_LANG_ZH, installation()->catalogue);
	else
		svc_language_set(SVC_LANG_EN, NULL);
}

static const char *joined(const char *folder, const char *rest)
{
	struct text path = {0};

	text_print(&path, "%s/%s", folder, rest);
	return text_keep(&path);
}

const struct installation *installation(void)
{
	static struct installation found;
	static char program[4096];
	static const char build[] = SVC_BUILD_ROOT "/";

	if (found.program)
		return &found;
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[length > 0 ? length : 0] = '\0';
	found.program = program;
	if (strncmp(program, build, sizeof(build) - 1) == 0) {
		found.policies = SVC_SOURCE_ROOT "/policies";
		found.catalogue = SVC_BUILD_ROOT "/po/zh_CN/LC_MESSAGES/svc.mo";
		return &found;
	}
	char folder[sizeof(program)];
	snprintf(folder, sizeof(folder), "%s", program);
	char *slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
	found.catalogue = joined(folder, "../po/zh_CN/LC_MESSAGES/svc.mo");
	if (access(found.catalogue, F_OK) == 0) { /* a build tree that was moved, in the folder of its sources */
		found.policies = joined(folder, "../../policies");
		return &found;
	}
	found.policies = joined(folder, "../share/svc/policies");
	found.catalogue = joined(folder, "../share/locale/zh_CN/LC_MESSAGES/svc.mo");
	return &found;
}
