#include "check.h"

#include "base/arena.h"

#include <string.h>

static void test_arena__gives_zeroed_aligned_memory(void **state)
{
	(void)state;
	struct arena arena = {0};
	static const char zeros[5000];
	for (size_t size = 0; size < sizeof zeros; size += 7) {
		char *memory = arena_alloc(&arena, size);
		assert_int_equal((uintptr_t)memory % 16, 0);
		assert_memory_equal(memory, zeros, size);
		memset(memory, 0xff, size);
		arena_strdup(&arena, "odd");
	}
	arena_release(&arena);
}

static void test_arena__is_zeroed_again_after_reset(void **state)
{
	(void)state;
	struct arena arena = {0};
	arena_reset(&arena);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++) {
			char *memory = arena_alloc(&arena, 300);
			assert_int_equal(memory[0] | memory[299], 0);
			memset(memory, 0xff, 300);
		}
		arena_reset(&arena);
	}
	char *end = arena.end;
	arena_alloc(&arena, 100);
	assert_ptr_equal(arena.end, end);
	arena_release(&arena);
	assert_null(arena.head);
}

static void test_arena__takes_large_requests(void **state)
{
	(void)state;
	struct arena arena = {0};
	char *large = arena_alloc(&arena, 5u << 20);
	large[(5u << 20) - 1] = 'x';
	char *small = arena_alloc(&arena, 16);
	assert_non_null(small);
	assert_int_equal(large[(5u << 20) - 1], 'x');
	arena_release(&arena);
}

static void test_arena__copies_text(void **state)
{
	(void)state;
	struct arena arena = {0};
	assert_string_equal(arena_strdup(&arena, ""), "");
	assert_string_equal(arena_strndup(&arena, "golf cart", 4), "golf");
	assert_string_equal(arena_strndup(&arena, "", 0), "");
	arena_release(&arena);
}

static void test_arena__formats_across_blocks(void **state)
{
	(void)state;
	struct arena arena = {0};
	assert_string_equal(arena_printf(&arena, "%d-%s", 7, "x"), "7-x");
	for (int i = 0; i < 3000; i++) {
		const char *text = arena_printf(&arena, "%05d", i);
		assert_int_equal(strlen(text), 5);
	}
	const char *wide = arena_printf(&arena, "%*d", 100000, 1);
	assert_int_equal(strlen(wide), 100000);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena__gives_zeroed_aligned_memory),
		cmocka_unit_test(test_arena__is_zeroed_again_after_reset),
		cmocka_unit_test(test_arena__takes_large_requests),
		cmocka_unit_test(test_arena__copies_text),
		cmocka_unit_test(test_arena__formats_across_blocks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
