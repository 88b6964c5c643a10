/* Making and opening the file. */
#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/strbuf.h"
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct store *store_new(const char *file, int wait_seconds)
{
	struct store *store = memory_get(sizeof *store);
	store->file = memory_copy(file);
	store->wait_seconds = wait_seconds;
	return store;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	for (size_t i = 0; i < store->statement_count; i++)
		sqlite3_finalize(store->statements[i].prepared);
	for (int kind = 0; kind < SVC_KIND_COUNT; kind++)
		for (int i = 0; i < RECORD_STATEMENTS; i++)
			free(store->record_sql[kind][i]);
	if (store->db) {
		store_rollback(store);
		sqlite3_close(store->db);
	}
	if (store->about) {
		free((char *)store->about->name);
		free((char *)store->about->policy);
		free((char *)store->about->currency);
		free((char *)store->about->zone);
		free(store->about);
	}
	free(store->file);
	free(store);
}

/* ---- opening ---- */

enum { HEADER_SIZE = 72, VERSION_AT = 60, APPLICATION_AT = 68 };

static uint32_t big_endian(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The file's header in one read, through the connection's own handle: opening and closing the file a second time would
   drop the locks of other desks in this process. */
static int read_version(struct store *store, int *version, struct svc_error *err)
{
	unsigned char header[HEADER_SIZE];
	sqlite3_file *file = NULL;
	int code = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (code == SQLITE_OK && file && file->pMethods)
		code = file->pMethods->xRead(file, header, sizeof header, 0);
	else
		code = SQLITE_CANTOPEN;
	if (code && code != SQLITE_IOERR_SHORT_READ)
		return store_fault(store, code, err);
	if (code || memcmp(header, "SQLite format 3", 16) != 0 ||
	    big_endian(header + APPLICATION_AT) != STORE_APPLICATION)
		return error_set(err, SVC_BAD_INPUT, _("not a desk: %s"), store->file);
	*version = (int)big_endian(header + VERSION_AT);
	return SVC_OK;
}

/* On a medium that can't be written there is no log and nobody who writes, but SQLite has to be told. */
static bool folder_writable(const char *file)
{
	char *copy = memory_copy(file);
	bool writable = access(dirname(copy), W_OK) == 0;
	free(copy);
	return writable;
}

static bool log_exists(const char *file)
{
	struct strbuf name = {0};
	struct stat status;
	strbuf_printf(&name, "%s-wal", file);
	bool found = stat(name.text, &status) == 0 && status.st_size > 0;
	strbuf_release(&name);
	return found;
}

static int connect_unwritable(struct store *store, struct svc_error *err)
{
	struct strbuf uri = {0};
	strbuf_puts(&uri, *store->file == '/' ? "file://" : "file:");
	for (const char *c = store->file; *c; c++)
		if (*c == '?' || *c == '#' || *c == '%')
			strbuf_printf(&uri, "%%%02X", (unsigned char)*c);
		else
			strbuf_putc(&uri, *c);
	strbuf_puts(&uri, "?immutable=1");
	int status = store_connect(store, uri.text, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
	strbuf_release(&uri);
	return status;
}

static int connect_file(struct store *store, struct svc_error *err)
{
	struct stat status;
	if (stat(store->file, &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
		return error_set(err, SVC_NOT_FOUND, _("there is no desk at %s"), store->file);
	if (store->read_only && !folder_writable(store->file) && !log_exists(store->file))
		return connect_unwritable(store, err);
	return store_connect(store, store->file, store->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, err);
}

/* ---- upgrading ---- */

static void copy_name(struct strbuf *out, const char *file, int version)
{
	strbuf_printf(out, "%s.version-%d", file, version);
}

/* Whether the copy is still of this version: another process may have upgraded the store while it was made. */
static bool copy_is_of(int handle, int version)
{
	unsigned char header[HEADER_SIZE];
	return pread(handle, header, sizeof header, 0) == sizeof header &&
	       (int)big_endian(header + VERSION_AT) == version;
}

static int vacuum_into(struct store *store, const char *file, struct svc_error *err)
{
	sqlite3_stmt *statement;
	int status = store_prepare(store, "VACUUM INTO ?1", &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, file);
	status = store_run(store, statement, err);
	sqlite3_finalize(statement);
	return status;
}

/* A whole copy of the store as it is, under its own name beside it; an older copy of that name is replaced. */
static int copy_store(struct store *store, int version, struct svc_error *err)
{
	struct strbuf name = {0}, unfinished = {0};
	copy_name(&name, store->file, version);
	strbuf_printf(&unfinished, "%s.new-XXXXXX", name.text);
	int handle = mkostemp(unfinished.text, O_CLOEXEC); /* mode 0600 */
	int status = handle < 0 ? error_set(err, SVC_BUSY, _("can't write %s: %s"), name.text, svc_system_reason(errno))
				: vacuum_into(store, unfinished.text, err);
	bool wanted = status == SVC_OK && copy_is_of(handle, version);
	if (wanted && (fsync(handle) || rename(unfinished.text, name.text)))
		status = error_set(err, SVC_BUSY, _("can't write %s: %s"), name.text, svc_system_reason(errno));
	if (handle >= 0 && (status != SVC_OK || !wanted))
		unlink(unfinished.text);
	if (handle >= 0)
		close(handle);
	strbuf_release(&name);
	strbuf_release(&unfinished);
	return status;
}

static int newer(const char *file, int version, struct svc_error *err)
{
	error_set(err, SVC_REFUSED, _("the store was made by a newer svc (version %d of the store): %s"), version,
		  file);
	error_hint(err, _("install a newer svc"));
	return SVC_REFUSED;
}

static int upgrade_file(const char *file, int wait_seconds, int version, struct svc_error *err)
{
	struct store *store = store_new(file, wait_seconds);
	int64_t inside = 0; /* the log can know of an upgrade that the header does not show yet */
	int status = store_connect(store, file, SQLITE_OPEN_READWRITE, err);
	if (status == SVC_OK)
		status = store_number(store, "PRAGMA user_version", &inside, err);
	if (status == SVC_OK && inside > version) {
		store_close(store);
		return inside > STORE_VERSION ? newer(file, (int)inside, err) : SVC_OK;
	}
	if (status == SVC_OK)
		status = copy_store(store, version, err);
	if (status == SVC_OK)
		status = schema_prepare_writer(store, err);
	if (status == SVC_OK)
		status = schema_upgrade(store, version, err);
	/* The header must say the new version to whoever looks at it alone. */
	if (status == SVC_OK)
		sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	store_close(store);
	return status;
}

static int check_opened(struct store *store, struct svc_error *err)
{
	int version = 0;
	int status = read_version(store, &version, err);
	if (status != SVC_OK || version == STORE_VERSION)
		return status;
	if (version > STORE_VERSION)
		return newer(store->file, version, err);
	return upgrade_file(store->file, store->wait_seconds, version, err);
}

int store_open(struct store **out, const char *file, bool read_only, int wait_seconds, struct svc_error *err)
{
	struct store *store = store_new(file, wait_seconds);
	store->read_only = read_only;
	int status = connect_file(store, err);
	if (status == SVC_OK)
		status = check_opened(store, err);
	if (status != SVC_OK) {
		store_close(store);
		store = NULL;
	}
	*out = store;
	return status;
}

/* ---- making ---- */

static int write_about(struct store *store, const struct store_about *about, struct svc_error *err)
{
	sqlite3_stmt *statement;
	int status = store_prepare(store,
				   "INSERT INTO desk (id, name, policy, currency, currency_digits, zone, created)"
				   " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
				   &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, about->name);
	bind_text(statement, 2, about->policy);
	bind_text(statement, 3, about->currency);
	sqlite3_bind_int(statement, 4, about->currency_digits);
	bind_text(statement, 5, about->zone);
	sqlite3_bind_int64(statement, 6, about->created);
	status = store_run(store, statement, err);
	sqlite3_finalize(statement);
	return status;
}

static int build(const char *file, const struct store_about *about, store_first first, void *context,
		 struct svc_error *err)
{
	struct store *store = store_new(file, 0);
	int status = store_connect(store, file, SQLITE_OPEN_READWRITE, err);
	if (status == SVC_OK)
		status = schema_upgrade(store, 0, err);
	if (status == SVC_OK)
		status = write_about(store, about, err);
	if (status == SVC_OK && first)
		status = first(context, store, err);
	if (status == SVC_OK)
		status = schema_settle(store, err);
	/* Closed as the last connection with its log written back, the one file is all there is. */
	if (status == SVC_OK)
		sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	store_close(store);
	return status;
}

static int there_already(const char *file, struct svc_error *err)
{
	error_set(err, SVC_REFUSED, _("there is a file already: %s"), file);
	error_hint(err, _("choose another place with --db FILE"));
	return SVC_REFUSED;
}

/* Moves without replacing; a file system that can't say so is asked in two steps. */
static int move_new(const char *from, const char *to, struct svc_error *err)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return SVC_OK;
	if (errno == EEXIST || (errno == EINVAL && file_exists(to)))
		return there_already(to, err);
	if (errno == EINVAL && rename(from, to) == 0)
		return SVC_OK;
	return error_set(err, SVC_BUSY, _("can't write %s: %s"), to, svc_system_reason(errno));
}

static void keep_folder(const char *file)
{
	char *copy = memory_copy(file);
	int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
	free(copy);
}

int store_create(const char *file, const struct store_about *about, store_first first, void *context,
		 struct svc_error *err)
{
	struct strbuf unfinished = {0};
	if (file_exists(file))
		return there_already(file, err);
	if (file_make_parents(file) != 0)
		return error_set(err, SVC_BUSY, _("can't make the folder of %s: %s"), file, svc_system_reason(errno));
	strbuf_printf(&unfinished, "%s.new-XXXXXX", file);
	int handle = mkostemp(unfinished.text, O_CLOEXEC); /* mode 0600, which the log inherits */
	if (handle < 0) {
		strbuf_release(&unfinished);
		return error_set(err, SVC_BUSY, _("can't write %s: %s"), file, svc_system_reason(errno));
	}
	close(handle);
	int status = build(unfinished.text, about, first, context, err);
	if (status == SVC_OK)
		status = move_new(unfinished.text, file, err);
	if (status == SVC_OK)
		keep_folder(file);
	else
		unlink(unfinished.text);
	strbuf_release(&unfinished);
	return status;
}
