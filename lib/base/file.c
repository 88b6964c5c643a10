#include "file.h"

#include "error.h"
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define PIECE ((size_t)64 << 10) /* read at once where the size is not known */

static const struct {
	int number;
	enum svc_code code;
	const char *reason;
} failures[] = {
	{ENOENT, SVC_NOT_FOUND, N_("no such file or folder")},
	{ENOTDIR, SVC_NOT_FOUND, N_("a part of the path is not a folder")},
	{EISDIR, SVC_BAD_INPUT, N_("this is a folder")},
	{ENAMETOOLONG, SVC_BAD_INPUT, N_("the name is too long")},
	{EACCES, SVC_DENIED, N_("permission denied")},
	{EPERM, SVC_DENIED, N_("permission denied")},
	{EROFS, SVC_DENIED, N_("the file system is read-only")},
	{ENOSPC, SVC_BUSY, N_("the disk is full")},
	{EDQUOT, SVC_BUSY, N_("the disk quota is used up")},
	{EIO, SVC_BUSY, N_("the disk reports an error")},
	{EMFILE, SVC_BUSY, N_("too many open files")},
	{EBADF, SVC_BUSY, N_("it is closed")},
};

const char *svc_system_reason(int number)
{
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
		if (failures[i].number == number)
			return _(failures[i].reason);
	const char *reason = strerrordesc_np(number);
	return reason ? reason : _("the system gives no reason");
}

static int fail(struct svc_error *err, const char *path, int number)
{
	enum svc_code code = SVC_BAD_INPUT;
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
		if (failures[i].number == number)
			code = failures[i].code;
	return error_set(err, code, "%s: %s", path, svc_system_reason(number));
}

static int read_all(struct strbuf *out, int fd, size_t guess, const char *path, size_t limit, struct svc_error *err)
{
	size_t start = out->length, step = guess < limit ? guess + 1 : limit + 1;
	for (;;) {
		size_t length = out->length;
		if (length + step + 1 > out->room) {
			out->room = length + step + 1 > 2 * out->room ? length + step + 1 : 2 * out->room;
			out->text = memory_grow(out->text, out->room, 1);
		}
		ssize_t got = read(fd, out->text + length, out->room - length - 1);
		out->length += got > 0 ? (size_t)got : 0;
		out->text[out->length] = '\0';
		if (got == 0)
			return SVC_OK;
		if (got < 0 && errno != EINTR)
			return fail(err, path, errno);
		if (out->length - start > limit)
			return error_set(err, SVC_BAD_INPUT, _("%s: larger than %zu bytes"), path, limit);
		if (got > 0 && out->length - start == guess && guess != PIECE) /* as long as the file said */
			return SVC_OK;
		step = PIECE;
	}
}

int file_read(struct strbuf *out, const char *path, size_t limit, struct svc_error *err)
{
	if (strcmp(path, "-") == 0)
		return read_all(out, STDIN_FILENO, PIECE, path, limit, err);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(err, path, errno);
	struct stat status;
	int code;
	if (fstat(fd, &status) < 0)
		code = fail(err, path, errno);
	else if (S_ISDIR(status.st_mode))
		code = fail(err, path, EISDIR);
	else
		code = read_all(out, fd, S_ISREG(status.st_mode) ? (size_t)status.st_size : PIECE, path, limit, err);
	close(fd);
	return code;
}

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);
		if (written < 0 && errno != EINTR)
			return -1;
		bytes += written > 0 ? written : 0;
		length -= written > 0 ? (size_t)written : 0;
	}
	return 0;
}

/* A new file beside `path`, named after the process, so that two writers do not meet. Not mkstemp: its files are
   private to the user whatever the umask says. */
static int open_beside(const char *path, char *name, size_t room)
{
	for (int attempt = 0; attempt < 100; attempt++) {
		snprintf(name, room, "%s.%ld-%d", path, (long)getpid(), attempt);
		int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

int file_replace(const char *path, const void *bytes, size_t length, struct svc_error *err)
{
	size_t room = strlen(path) + 32;
	char *name = memory_get(room);
	int code = SVC_OK;
	int fd = open_beside(path, name, room);
	if (fd < 0) {
		code = fail(err, path, errno);
	} else {
		int number = write_all(fd, bytes, length) < 0 ? errno : 0;
		if (close(fd) < 0 && !number)
			number = errno;
		if (!number && rename(name, path) < 0)
			number = errno;
		if (number) {
			unlink(name);
			code = fail(err, path, number);
		}
	}
	free(name);
	return code;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

int file_make_parents(const char *path)
{
	char *folder = memory_copy(path);
	int result = 0;
	for (char *slash = strchr(folder + (*folder == '/'), '/'); slash && result == 0;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) < 0 && errno != EEXIST)
			result = -1;
		*slash = '/';
	}
	int number = errno;
	free(folder);
	errno = number;
	return result;
}

struct fingerprint fingerprint_of(const void *bytes, size_t length)
{
	XXH128_hash_t hash = XXH3_128bits(bytes, length);
	return (struct fingerprint){.high = hash.high64, .low = hash.low64};
}

void fingerprint_format(struct fingerprint print, char out[33])
{
	static const char hex[] = "0123456789abcdef";
	for (int i = 0; i < 16; i++) {
		out[i] = hex[print.high >> (60 - 4 * i) & 15];
		out[16 + i] = hex[print.low >> (60 - 4 * i) & 15];
	}
	out[32] = '\0';
}
