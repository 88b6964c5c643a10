/* pairs [-e FOLDER] N A-ARGS... -- B-ARGS...: runs two commands in turn, N times each after a warm-up, and prints the wall time of each
   (minimum, median, maximum in milliseconds) and the median of the ratios A/B, pair by pair. What they print is discarded.
   With -e the files of FOLDER are removed before each run of A, outside of its time. */
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static double run(char **argv)
{
	posix_spawn_file_actions_t quiet;
	double start;
	pid_t child;
	int status;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	start = now();
	if (posix_spawnp(&child, argv[0], &quiet, NULL, argv, environ) || waitpid(child, &status, 0) < 0) {
		perror(argv[0]);
		exit(2);
	}
	start = now() - start;
	posix_spawn_file_actions_destroy(&quiet);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 3) {
		fprintf(stderr, "%s ended with status %d\n", argv[0], status);
		exit(2);
	}
	return start;
}

static void empty(const char *folder)
{
	DIR *files = folder ? opendir(folder) : NULL;
	struct dirent *entry;

	while (files && (entry = readdir(files)))
		unlinkat(dirfd(files), entry->d_name, 0);
	if (files)
		closedir(files);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void show(const char *name, double *values, int count, const char *unit)
{
	qsort(values, (size_t)count, sizeof *values, by_size);
	printf("%-10s min %.3f  median %.3f  max %.3f %s\n", name, values[0], values[count / 2], values[count - 1],
	       unit);
}

int main(int argc, char **argv)
{
	const char *folder = argc > 3 && !strcmp(argv[1], "-e") ? argv[2] : NULL;
	int count, split = 2;
	double *a, *b, *ratio;

	if (folder) {
		argv += 2;
		argc -= 2;
	}
	count = argc > 4 ? atoi(argv[1]) : 0;
	while (split < argc && strcmp(argv[split], "--"))
		split++;
	if (count < 1 || split >= argc - 1) {
		fprintf(stderr, "usage: pairs [-e FOLDER] N COMMAND... -- COMMAND...\n");
		return 2;
	}
	argv[split] = NULL;
	a = calloc((size_t)count, sizeof *a);
	b = calloc((size_t)count, sizeof *b);
	ratio = calloc((size_t)count, sizeof *ratio);
	for (int i = 0; i < 3; i++) {
		run(argv + 2);
		run(argv + split + 1);
	}
	for (int i = 0; i < count; i++) {
		empty(folder);
		a[i] = run(argv + 2);
		b[i] = run(argv + split + 1);
		ratio[i] = a[i] / b[i];
	}
	show("A", a, count, "ms");
	show("B", b, count, "ms");
	show("A/B", ratio, count, "");
	free(a);
	free(b);
	free(ratio);
	return 0;
}
