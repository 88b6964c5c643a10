/* Completions for the shells: words that never change stand in the file, values come from `svc complete`. */
#include "help.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

static void head(struct text *out, const char *shell)
{
	text_print(out, "# %s completions of svc. Made by `svc help --completion %s`; changes here are lost.\n", shell,
		   shell);
}

static void option_words(struct text *out, const struct command_verb *verb, bool global)
{
	size_t count;
	struct tree_option *options = tree_options(verb, &count);

	for (size_t i = 0; i < count; i++) {
		if (!options[i].option.hidden && (options[i].origin == OPTION_GLOBAL) == global)
			text_print(out, " --%s", options[i].option.name);
	}
	free(options);
}

static void noun_words(struct text *out)
{
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (!(*noun)->hidden)
			text_print(out, " %s", (*noun)->name);
	}
}

static void bash_cases(struct text *out)
{
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		bool one = noun_is_one_verb(*noun);
		if ((*noun)->hidden)
			continue;
		if (!one) {
			text_print(out, "\t'%s ') words='", (*noun)->name);
			for (const struct command_verb *verb = (*noun)->verbs; verb->run; verb++)
				text_print(out, " %s", verb->name);
			text_puts(out, "' ;;\n");
		}
		for (const struct command_verb *verb = (*noun)->verbs; verb->run; verb++) {
			text_print(out, one ? "\t'%s '*) options='" : "\t'%s %s') options='", (*noun)->name,
				   verb->name);
			option_words(out, verb, false);
			text_puts(out, "' ;;\n");
		}
	}
}

static void bash(struct text *out)
{
	head(out, "bash");
	text_puts(out, "# shellcheck shell=bash\n\n_svc_nouns='");
	noun_words(out);
	text_puts(out, " '\n\n# What may follow a noun and a verb: sets `words` and `options` of the caller.\n"
		       "_svc_known() {\n\tcase \"$1 $2\" in\n\t' ') words=$_svc_nouns ;;\n");
	bash_cases(out);
	text_puts(out, "\tesac\n\toptions+='");
	option_words(out, NULL, true);
	text_puts(out, "'\n}\n\n_svc() {\n"
		       "\tlocal line=${COMP_LINE:0:COMP_POINT} noun='' verb='' words='' options='' word\n"
		       "\tlocal -a typed # bash would break fact=value in three\n"
		       "\tread -ra typed <<<\"$line\"\n"
		       "\t[[ $line == *[[:space:]] ]] && typed+=('')\n"
		       "\tlocal current=${typed[-1]} before=${typed[-2]-}\n"
		       "\tlocal kept=${current%\"${current##*[=:]}\"}\n"
		       "\tfor word in \"${typed[@]:1:${#typed[@]}-2}\"; do\n"
		       "\t\tif [[ -z $noun ]]; then\n"
		       "\t\t\t[[ $_svc_nouns == *\" $word \"* ]] && noun=$word\n"
		       "\t\telif [[ -z $verb && $word != -* ]]; then\n"
		       "\t\t\tverb=$word\n"
		       "\t\tfi\n"
		       "\tdone\n"
		       "\t_svc_known \"$noun\" \"$verb\"\n"
		       "\t[[ $current == -* ]] && words=$options\n"
		       "\tif [[ -n $words && $before != -* && $current != -*=* ]]; then\n"
		       "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
		       "\t\treturn\n"
		       "\tfi\n"
		       "\twhile IFS=$'\\t' read -r word _; do\n"
		       "\t\tif [[ $word == @file ]]; then\n"
		       "\t\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
		       "\t\t\treturn\n"
		       "\t\tfi\n"
		       "\t\tword=${word#\"$kept\"}\n"
		       "\t\tCOMPREPLY+=(\"${word// /\\\\ }\")\n"
		       "\tdone < <(svc complete -- \"${typed[@]:1}\" 2>/dev/null)\n"
		       "}\n\ncomplete -F _svc svc\n");
}

/* A description inside single quotes and, for zsh, after a colon. */
static void described(struct text *out, const char *message)
{
	for (const char *p = message; *p; p++) {
		if (*p == '\'')
			text_puts(out, "'\\''");
		else if (*p == ':')
			text_puts(out, "\\:");
		else
			text_putc(out, *p);
	}
}

static void zsh_options(struct text *out, const struct command_verb *verb, bool global)
{
	size_t count;
	struct tree_option *options = tree_options(verb, &count);

	for (size_t i = 0; i < count; i++) {
		if (options[i].option.hidden || (options[i].origin == OPTION_GLOBAL) != global)
			continue;
		text_print(out, "\n\t\t'--%s:", options[i].option.name);
		described(out, options[i].option.help);
		text_putc(out, '\'');
	}
	free(options);
}

static void zsh_verbs(struct text *out, const struct command_noun *noun)
{
	bool one = noun_is_one_verb(noun);

	if (!one) {
		text_print(out, "\t'%s ') known=(", noun->name);
		for (const struct command_verb *verb = noun->verbs; verb->run; verb++) {
			text_print(out, "\n\t\t'%s:", verb->name);
			described(out, verb->summary);
			text_putc(out, '\'');
		}
		text_puts(out, ") ;;\n");
	}
	for (const struct command_verb *verb = noun->verbs; verb->run; verb++) {
		text_print(out, one ? "\t'%s '*) options=(" : "\t'%s %s') options=(", noun->name, verb->name);
		zsh_options(out, verb, false);
		text_puts(out, ") ;;\n");
	}
}

static void zsh_known(struct text *out)
{
	text_puts(out, "\n# What may follow a noun and a verb: sets `known` and `options` of the caller.\n"
		       "_svc_known() {\n\tcase \"$1 $2\" in\n\t' ') known=(");
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if ((*noun)->hidden)
			continue;
		text_print(out, "\n\t\t'%s:", (*noun)->name);
		described(out, (*noun)->summary);
		text_putc(out, '\'');
	}
	text_puts(out, ") ;;\n");
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (!(*noun)->hidden)
			zsh_verbs(out, *noun);
	}
	text_puts(out, "\tesac\n\toptions+=(");
	zsh_options(out, NULL, true);
	text_puts(out, ")\n}\n");
}

static void zsh(struct text *out)
{
	text_puts(out, "#compdef svc\n");
	head(out, "zsh");
	text_puts(out, "\ntypeset -g _svc_nouns='");
	noun_words(out);
	text_puts(out, " '\n");
	zsh_known(out);
	text_puts(out, "\n_svc() {\n"
		       "\tlocal -a known options values line\n"
		       "\tlocal noun='' verb='' word\n"
		       "\tline=(\"${(@)words[2,CURRENT]}\")\n"
		       "\tfor word in \"${(@)words[2,CURRENT-1]}\"; do\n"
		       "\t\tif [[ -z $noun ]]; then\n"
		       "\t\t\t[[ $_svc_nouns == *\" $word \"* ]] && noun=$word\n"
		       "\t\telif [[ -z $verb && $word != -* ]]; then\n"
		       "\t\t\tverb=$word\n"
		       "\t\tfi\n"
		       "\tdone\n"
		       "\t_svc_known \"$noun\" \"$verb\"\n"
		       "\tif [[ ${words[CURRENT-1]} != -* && ${words[CURRENT]} != -*=* ]]; then\n"
		       "\t\t[[ ${words[CURRENT]} == -* ]] && { _describe option options; return }\n"
		       "\t\t(( ${#known} )) && { _describe command known; return }\n"
		       "\tfi\n"
		       "\tfor word in \"${(@f)$(svc complete -- \"${(@)line}\" 2>/dev/null)}\"; do\n"
		       "\t\t[[ $word == @file* ]] && { _files; return }\n"
		       "\t\t[[ -n $word ]] && values+=(\"${${word%%$'\\t'*}//:/\\\\:}:${word#*$'\\t'}\")\n"
		       "\tdone\n"
		       "\t(( ${#values} )) && _describe value values\n"
		       "}\n\n_svc \"$@\"\n");
}

static void quoted(struct text *out, const char *message)
{
	text_putc(out, '\'');
	for (const char *p = message; *p; p++) {
		if (*p == '\'' || *p == '\\')
			text_putc(out, '\\');
		text_putc(out, *p);
	}
	text_putc(out, '\'');
}

static void fish_options(struct text *out, const char *condition, const struct command_verb *verb, bool global)
{
	size_t count;
	struct tree_option *options = tree_options(verb, &count);

	for (size_t i = 0; i < count; i++) {
		const struct command_option *option = &options[i].option;
		if (option->hidden || (options[i].origin == OPTION_GLOBAL) != global)
			continue;
		text_print(out, "complete -c svc%s -l %s", condition, option->name);
		if (option->letter)
			text_print(out, " -s %c", option->letter);
		if (option->kind == VALUE_FILE)
			text_puts(out, " -rF");
		else if (option->kind != VALUE_FLAG)
			text_puts(out, " -xa '(__svc_values)'");
		text_puts(out, " -d ");
		quoted(out, option->help);
		text_putc(out, '\n');
	}
	free(options);
}

static void fish_word(struct text *out, const char *condition, const char *word, const char *says)
{
	text_print(out, "complete -c svc -n '%s' -a %s -d ", condition, word);
	quoted(out, says);
	text_putc(out, '\n');
}

static void fish_noun(struct text *out, const struct command_noun *noun)
{
	for (const struct command_verb *verb = noun->verbs; verb->run; verb++) {
		struct text condition = {0};
		if (*verb->name) {
			text_print(&condition, "__svc_is %s", noun->name);
			fish_word(out, condition.bytes, verb->name, verb->summary);
		}
		condition.length = 0;
		text_print(&condition, " -n '__svc_in %s%s%s'", noun->name, *verb->name ? " " : "", verb->name);
		fish_options(out, condition.bytes, verb, false);
		text_release(&condition);
	}
}

static void fish(struct text *out)
{
	head(out, "fish");
	text_puts(out,
		  "\nfunction __svc_typed\n"
		  "\tset -l words (commandline -opc)\n"
		  "\tstring match -v -- '-*' $words[2..-1]\n"
		  "end\n"
		  "function __svc_is --description 'exactly these words stand there'\n"
		  "\tset -l typed (__svc_typed)\n"
		  "\ttest \"$typed\" = \"$argv\"\n"
		  "end\n"
		  "function __svc_in --description 'these words stand first'\n"
		  "\tset -l typed (__svc_typed)\n"
		  "\ttest (count $typed) -ge (count $argv); and test \"$typed[1..\"(count $argv)\"]\" = \"$argv\"\n"
		  "end\n"
		  "function __svc_values\n"
		  "\tset -l words (commandline -opc) (commandline -ct)\n"
		  "\tset -l found (svc complete -- $words[2..-1] 2>/dev/null)\n"
		  "\tif string match -q '@file*' -- $found\n"
		  "\t\t__fish_complete_path (commandline -ct)\n"
		  "\telse\n"
		  "\t\tprintf '%s\\n' $found\n"
		  "\tend\n"
		  "end\n\ncomplete -c svc -f\n");
	fish_options(out, "", NULL, true);
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (!(*noun)->hidden)
			fish_word(out, "__svc_is", (*noun)->name, (*noun)->summary);
	}
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (!(*noun)->hidden)
			fish_noun(out, *noun);
	}
	text_puts(out, "complete -c svc -n 'not __svc_is' -a '(__svc_values)'\n");
}

int tree_as_completion(struct text *out, const char *shell)
{
	static const struct {
		const char *shell;
		void (*write)(struct text *out);
	} writers[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

	for (size_t i = 0; i < sizeof(writers) / sizeof(writers[0]); i++) {
		if (strcmp(writers[i].shell, shell) == 0) {
			writers[i].write(out);
			return SVC_OK;
		}
	}
	return SVC_USAGE;
}
