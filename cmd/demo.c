/* svc demo: the main job on a throw-away desk. Every command is shown as it would be typed, then really run. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- what is shown ---- */

/* A small legacy file with the faults that real ones have: an unknown state, a date that is none. */
static const char repairs_csv[] =
	"id,product_category,brand,repair_status,event_date,problem\n"
	"old_1,Golf cart,Maker A,Fixed,2025-04-12,\"charger dead, plug burnt\"\n"
	"old_2,Golf cart,Maker A,Repairable,2025-06-30,brake squeals\n"
	"old_3,Golf cart,Maker B,End of life,2025-02-30,battery swollen\n"
	"old_4,Sightseeing cart,Maker A,Fixed,2025-09-02,\xe7\x94\xb5\xe6\x9c\xba\xe5\xbc\x82\xe5\x93\x8d\n";
static const char repairs_yaml[] = "into: tickets\n"
				   "source: old-desk\n"
				   "columns:\n"
				   "  legacy_id: id\n"
				   "  opened: {column: event_date, date: \"%Y-%m-%d\"}\n"
				   "  closed: {column: event_date, date: \"%Y-%m-%d\"}\n"
				   "  product: product_category\n"
				   "  brand: brand\n"
				   "  symptom: problem\n"
				   "  outcome: {column: repair_status, values: {Fixed: repaired, Repairable: advised, "
				   "End of life: unrepairable}}\n";
static const char cases_yaml[] =
	"- id: demo/motor-last-day\n"
	"  policy: golf-carts\n"
	"  ask: warranty\n"
	"  given: {component: motor, manufacture: 2024-04-20, purchase: 2024-05-06, cause: defect, claim: 2026-04-20,\n"
	"          documents: [contract, warranty_card, certificate]}\n"
	"  expect: {verdict: covered, remedy: replace, ends: 2026-04-20, clauses: [golf-carts.22]}\n"
	"- id: demo/motor-a-day-later\n"
	"  policy: golf-carts\n"
	"  ask: warranty\n"
	"  given: {component: motor, manufacture: 2024-04-20, purchase: 2024-05-06, cause: defect, claim: 2026-04-21,\n"
	"          documents: [contract, warranty_card, certificate]}\n"
	"  expect: {verdict: covered, remedy: repair, ends: 2026-05-06, clauses: [golf-carts.13]}\n";

static const struct {
	const char *name, *text;
} files[] = {{"repairs.csv", repairs_csv}, {"repairs.yaml", repairs_yaml}, {"cases.yaml", cases_yaml}};

#define STEP_WORDS 16
/* A step is either a file that is shown, or a command with the exit code that it must end with. */
struct step {
	const char *says;
	const char *file;
	const char *words[STEP_WORDS];
	int exit;
};
static const struct step steps[] = {
	{N_("A desk: one file. The pack of the golf carts answers unless another is named."),
	 NULL,
	 {"init", "--policy", "golf-carts"},
	 0},
	{N_("Records of an old system, and a map that says how they become tickets."), "repairs.csv", {0}, 0},
	{NULL, "repairs.yaml", {0}, 0},
	{N_("The import keeps what is good and sets aside what is not, by line, field and reason."),
	 NULL,
	 {"import", "tickets", "repairs.csv", "--map", "repairs.yaml"},
	 SVC_PARTIAL},
	{NULL, NULL, {"ticket", "list", "--columns", "id,state,opened,product,symptom,outcome,legacy"}, 0},
	{N_("A customer and a cart."), NULL, {"customer", "add", "Riverside Golf Club", "--phone", "0755-5550123"}, 0},
	{NULL,
	 NULL,
	 {"unit", "register", "GX-20871", "--customer", "Riverside Golf Club", "--product", "golf_cart",
	  "--manufacture", "2024-04-20", "--purchase", "2024-05-06"},
	 0},
	{N_("The counter's first question: is the motor covered? The cause is not known yet, so the exit code is 3."),
	 NULL,
	 {"warranty", "check", "GX-20871", "component=motor", "documents=contract,warranty_card,certificate"},
	 SVC_INCOMPLETE},
	{N_("The technician says it is a defect."),
	 NULL,
	 {"warranty", "check", "GX-20871", "component=motor", "documents=contract,warranty_card,certificate",
	  "cause=defect"},
	 SVC_OK},
	{N_("Had it been overloaded, the answer would be no: exit code 1."),
	 NULL,
	 {"warranty", "check", "GX-20871", "component=motor", "documents=contract,warranty_card,certificate",
	  "cause=overload", "--explain"},
	 SVC_NO},
	{N_("The ticket keeps the decision: pack, version, facts, answer."),
	 NULL,
	 {"ticket", "open", "GX-20871", "--symptom", "does not pull uphill", "component=motor",
	  "documents=contract,warranty_card,certificate", "cause=defect", "--key", "call-1"},
	 0},
	{N_("A script that runs twice opens one ticket: the same key gives the same answer."),
	 NULL,
	 {"-q", "ticket", "open", "GX-20871", "--symptom", "does not pull uphill", "component=motor",
	  "documents=contract,warranty_card,certificate", "cause=defect", "--key", "call-1"},
	 0},
	{NULL, NULL, {"ticket", "list", "--state", "open"}, 0},
	{NULL, NULL, {"ticket", "close", "T4", "--outcome", "repaired", "motor replaced"}, 0},
	{NULL, NULL, {"ticket", "show", "T4"}, 0},
	{N_("The same in Chinese; facts and words may be typed in Chinese, too."),
	 NULL,
	 {"--lang", "zh", "warranty", "check", "GX-20871", "\xe9\x83\xa8\xe4\xbb\xb6=\xe7\x94\xb5\xe6\x9c\xba",
	  "documents=contract,warranty_card,certificate", "cause=defect"},
	 0},
	{N_("For scripts: one JSON document."),
	 NULL,
	 {"--json", "warranty", "check", "GX-20871", "component=motor", "documents=contract,warranty_card,certificate",
	  "cause=defect"},
	 0},
	{N_("The pack itself is tested by cases that a service manager can write."), "cases.yaml", {0}, 0},
	{NULL, NULL, {"policy", "test", "cases.yaml"}, 0},
};
#define STEPS (sizeof steps / sizeof *steps)

/* ---- the throw-away folder ---- */

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

static int write_files(struct command *command, const char *folder)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		FILE *file = fopen(command_print(command, "%s/%s", folder, files[i].name), "w");
		bool written = file && fputs(files[i].text, file) >= 0;
		if ((file && fclose(file)) || !written)
			return command_fail(command, SVC_FAULT, _("can't write in %s: %s"), folder,
					    svc_system_reason(errno));
	}
	return SVC_OK;
}

/* ---- running a step ---- */

static bool is_plain(const char *word)
{
	return *word && !word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,=/:+%@")];
}

/* The command as it would be typed. */
static void show_typed(struct command *command, const struct step *step)
{
	char *typed = command_print(command, "%s", "$ svc");
	for (size_t i = 0; i < STEP_WORDS && step->words[i]; i++)
		typed = command_print(command, is_plain(step->words[i]) ? "%s %s" : "%s '%s'", typed, step->words[i]);
	show_mood(command->show, SHOW_BOLD, "%s", typed);
}

static void show_file(struct command *command, const char *name)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (!strcmp(files[i].name, name)) {
			show_mood(command->show, SHOW_BOLD, "$ cat %s", name);
			show_line(command->show, "%.*s", (int)strlen(files[i].text) - 1, files[i].text);
		}
}

/* The child sees the throw-away desk alone, and a fixed day so that the answers never change. */
static void prepare_child(const struct command *command, const char *folder)
{
	static const char *const ours[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"};
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		setenv(ours[i], folder, 1);
	setenv("SVC_DB", command_print(command, "%s/desk.db", folder), 1);
	setenv("SVC_NOW", "2026-03-02T09:30:00+08:00", 1);
	setenv("SVC_AS", "counter", 1);
	setenv("SVC_LANG", svc_language() == SVC_LANG_ZH ? "zh" : "en", 1);
	unsetenv("SVC_POLICY");
	setenv("SVC_PAGER", "cat", 1);
}

static int run_child(struct command *command, const char *folder, const struct step *step)
{
	char *words[STEP_WORDS + 2] = {command_print(command, "svc")};
	int output = show_descriptor(command->show), ended = 0;
	for (size_t i = 0; i < STEP_WORDS && step->words[i]; i++)
		words[i + 1] = command_print(command, "%s", step->words[i]);
	pid_t child = fork();
	if (child == 0) {
		if (chdir(folder) || (show_quiet(command->show) && (output = open("/dev/null", O_WRONLY)) < 0))
			_exit(SVC_FAULT);
		if (output != STDOUT_FILENO)
			dup2(output, STDOUT_FILENO);
		execv(command->program, words);
		_exit(SVC_FAULT);
	}
	while (child > 0 && waitpid(child, &ended, 0) < 0 && errno == EINTR)
		;
	if (child < 0 || !WIFEXITED(ended))
		return SVC_FAULT;
	return WEXITSTATUS(ended);
}

static int run_step(struct command *command, const char *folder, const struct step *step)
{
	if (step->says) {
		show_line(command->show, "%s", "");
		show_mood(command->show, SHOW_FAINT, "# %s", _(step->says));
	}
	if (step->file) {
		show_file(command, step->file);
		return SVC_OK;
	}
	show_typed(command, step);
	int ended = run_child(command, folder, step);
	if (ended == step->exit)
		return SVC_OK;
	return command_fail(command, SVC_FAULT, _("this step ended with %d, not with %d"), ended, step->exit);
}

static int demo(struct command *command)
{
	const char *where = getenv("TMPDIR");
	char *folder = command_print(command, "%s/svc-demo-XXXXXX", where && *where ? where : "/tmp");
	if (!mkdtemp(folder))
		return command_fail(command, SVC_FAULT, _("can't make a folder in %s: %s"), folder,
				    svc_system_reason(errno));
	int status = write_files(command, folder);
	prepare_child(command, folder);
	for (size_t i = 0; i < STEPS && !status; i++)
		status = run_step(command, folder, &steps[i]);
	nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	if (!status)
		show_line(command->show, "\n%s",
			  _("That was the main job; the throw-away desk is gone. `svc help` has the rest."));
	return status;
}

static const struct command_example examples[] = {
	{"svc demo", N_("see the main job once, in a minute")},
	{"svc --lang zh demo", N_("the same in Chinese")},
	{.line = NULL},
};
static const struct command_verb verbs[] = {
	{.name = "",
	 .summary = N_("show the main job on a throw-away desk: every command and its output"),
	 .needs = NEEDS_NOTHING,
	 .outputs = OUTPUT_REPORT,
	 .examples = examples,
	 .run = demo},
	{.run = NULL},
};

const struct command_noun noun_demo = {
	.name = "demo",
	.summary = N_("see the main job on a throw-away desk"),
	.verbs = verbs,
};
