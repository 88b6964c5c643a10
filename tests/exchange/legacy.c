#include "legacy.h"

#include <dirent.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/svc-exchange-XXXXXX";

int legacy_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

int legacy_clean(void **state)
{
	(void)state;
	DIR *files = opendir(".");

	for (struct dirent *file; files && (file = readdir(files));)
		if (*file->d_name != '.')
			unlink(file->d_name);
	if (files)
		closedir(files);
	return chdir("/") || rmdir(folder) ? -1 : 0;
}

void legacy_write(const char *name, const char *bytes, size_t length)
{
	FILE *file = fopen(name, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

void legacy_text(const char *name, const char *text)
{
	legacy_write(name, text, strlen(text));
}

char *legacy_read(const char *name, size_t *length)
{
	FILE *file = fopen(name, "rb");

	if (!file)
		return NULL;
	fseek(file, 0, SEEK_END);
	size_t size = (size_t)ftell(file);
	rewind(file);
	char *bytes = calloc(size + 1, 1);
	assert_int_equal(fread(bytes, 1, size, file), size);
	fclose(file);
	if (length)
		*length = size;
	return bytes;
}

void legacy_encoded(const char *name, const char *encoding, const char *text)
{
	size_t in_room = strlen(text), room = in_room * 4 + 16, out_room = room;
	char *bytes = malloc(room), *out = bytes, *copy = strdup(text), *in = copy;
	iconv_t encoder = iconv_open(encoding, "UTF-8");

	assert_true(encoder != (iconv_t)-1);
	assert_int_equal(iconv(encoder, &in, &in_room, &out, &out_room), 0);
	iconv_close(encoder);
	legacy_write(name, bytes, room - out_room);
	free(copy);
	free(bytes);
}
