#include "output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FLUSH_AT = 64 * 1024 };

void output_open(struct output *output, bool pager)
{
	output->terminal = isatty(STDOUT_FILENO) == 1;
	output->wants_pager = pager && output->terminal;
}

static const char *pager_command(void)
{
	const char *own = getenv("SVC_PAGER"), *any = getenv("PAGER"), *term = getenv("TERM");

	if (own)
		return own;
	if (!term || strcmp(term, "dumb") == 0)
		return "";
	return any ? any : "less";
}

/* Puts a pager between us and the terminal. Without one the terminal itself is as good. */
static void start_pager(struct output *output)
{
	const char *pager = pager_command();
	int ends[2];

	output->wants_pager = false;
	if (!*pager || strcmp(pager, "cat") == 0 || pipe(ends) != 0)
		return;
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[0], STDIN_FILENO);
		close(ends[0]);
		close(ends[1]);
		setenv("LESS", "FRX", 0);
		setenv("LESSCHARSET", "utf-8", 0);
		execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
		_exit(127);
	}
	close(ends[0]);
	if (child > 0 && dup2(ends[1], STDOUT_FILENO) >= 0) {
		output->pager = child;
		signal(SIGINT, SIG_IGN); /* it is for the pager, which must not be left alone with the terminal */
	}
	close(ends[1]);
}

void output_flush(struct output *output)
{
	size_t done = 0;

	if (output->pending.length && output->wants_pager)
		start_pager(output);
	while (done < output->pending.length && !output->fault) {
		ssize_t wrote = write(STDOUT_FILENO, output->pending.bytes + done, output->pending.length - done);
		if (wrote >= 0)
			done += (size_t)wrote;
		else if (errno != EINTR)
			output->fault = errno;
	}
	output->pending.length = 0;
}

void output_add(struct output *output, const char *bytes, size_t length)
{
	text_add(&output->pending, bytes, length);
	if (output->pending.length >= FLUSH_AT && !output->held)
		output_flush(output);
}

void output_close(struct output *output)
{
	output_flush(output);
	if (output->pager) {
		close(STDOUT_FILENO);
		while (waitpid(output->pager, NULL, 0) < 0 && errno == EINTR)
			;
		output->pager = 0;
	}
	text_release(&output->pending);
}

bool terminal_colours(int descriptor)
{
	const char *off = getenv("NO_COLOR"), *term = getenv("TERM");

	return !(off && *off) && term && strcmp(term, "dumb") != 0 && isatty(descriptor) == 1;
}

int terminal_width(void)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	const char *columns = getenv("COLUMNS");
	return columns && atoi(columns) > 0 ? atoi(columns) : 80;
}
