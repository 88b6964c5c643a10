#include "check.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_memory__is_zeroed_and_grows(void **state)
{
	(void)state;
	char *memory = memory_get(8);
	assert_memory_equal(memory, "\0\0\0\0\0\0\0", 8);
	memcpy(memory, "kept", 5);
	memory = memory_grow(memory, 1000, 10);
	assert_string_equal(memory, "kept");
	free(memory);
	free(memory_get(0));
	free(memory_grow(NULL, 0, 8));
	memory = memory_copy("text");
	assert_string_equal(memory, "text");
	free(memory);
}

/* A request beyond the address space ends the process with the code for a fault of svc. */
static void test_memory__ends_the_process_when_it_is_gone(void **state)
{
	(void)state;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(STDERR_FILENO);
		memory_grow(NULL, SIZE_MAX / 4, 8);
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 70);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory__is_zeroed_and_grows),
		cmocka_unit_test(test_memory__ends_the_process_when_it_is_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
