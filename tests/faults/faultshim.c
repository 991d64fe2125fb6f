/* The failing disk of the fault suite: an LD_PRELOAD library that fails, cuts or records what is done to files below one path.

   gcc -O2 -shared -fPIC -o faultshim.so faultshim.c -ldl -lpthread      (tests/faults/shim.py does it)

   What it does is told by the environment, read when a program starts and again by fs_arm():
   FS_PATH=prefix      only files whose absolute path begins so
   FS_COUNT=file       8 bytes mapped into memory: operations met so far, readable after a kill
   FS_FAIL_AT=n        the n-th operation fails with FS_ERRNO; FS_MODE=persist: all from there on
   FS_SHORT=1          a failing write has written half of its bytes
   FS_KILL_AT=n        SIGKILL before the n-th operation is done; FS_KILL_AFTER=1: behind it
   FS_ROOM=n           after n bytes were written a write is cut short and the disk is full
   FS_UNPLUG=n         the medium is gone before the n-th operation; with FS_ROOM, FS_UNPLUG=-1: at that byte
   FS_LOCKLIE=1        locks are granted to everybody, as by a bad share
   FS_SYNCLIE=1        fsync says yes and does nothing
   FS_TRACE=file       every operation that was met, and that was done, for the replay of power cuts (tests/faults/power.py)
   FS_HIT=file         what the operation was that failed */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAXFD 4096
static char *fdpath[MAXFD]; /* of open files below FS_PATH */
static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;
static const char *prefix, *hitfile;
static size_t prefixlen;
static long failat, killat, unplug, room, written;
static int asleep, failure, persist, shortwrite, killafter, locklie, synclie, hasroom, pulled, inited;
static int tracefd = -1;
static int64_t localcount, *count = &localcount;

static long number(const char *key) { const char *v = getenv(key); return v ? atol(v) : 0; }

static void init(void) {
  if (inited) return;
  inited = 1;
  const char *v = getenv("FS_PATH");
  prefix = v ? strdup(v) : NULL;
  prefixlen = prefix ? strlen(prefix) : 0;
  failat = number("FS_FAIL_AT"); failure = number("FS_ERRNO"); if (!failure) failure = EIO;
  killat = number("FS_KILL_AT"); killafter = number("FS_KILL_AFTER"); unplug = number("FS_UNPLUG");
  shortwrite = number("FS_SHORT"); locklie = number("FS_LOCKLIE"); synclie = number("FS_SYNCLIE");
  hasroom = getenv("FS_ROOM") != NULL; room = number("FS_ROOM"); written = 0; pulled = 0;
  persist = (v = getenv("FS_MODE")) && !strcmp(v, "persist");
  hitfile = (v = getenv("FS_HIT")) ? strdup(v) : NULL;
  localcount = 0; count = &localcount;
  if ((v = getenv("FS_COUNT"))) {
    int fd = syscall(SYS_openat, AT_FDCWD, v, O_RDWR | O_CREAT, 0666);
    if (fd >= 0) {
      syscall(SYS_ftruncate, fd, 8);
      void *p = mmap(0, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
      if (p != MAP_FAILED) count = p;
      syscall(SYS_close, fd);
    }
  }
  tracefd = -1;
  if ((v = getenv("FS_TRACE"))) {
    int fd = syscall(SYS_openat, AT_FDCWD, v, O_WRONLY | O_CREAT | O_APPEND, 0666);
    tracefd = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, fd);
  }
}

/* Read the environment again: a child that was forked from a program that had its imports done. */
void fs_arm(void) { inited = 0; init(); }

static int ours(const char *p) { return p && prefix && !asleep && !strncmp(p, prefix, prefixlen); }
static const char *held(int fd) { return !asleep && fd >= 0 && fd < MAXFD ? fdpath[fd] : NULL; }
static const char *absolute(int dirfd, const char *p, char *buf) {
  if (!p || p[0] == '/') return p;
  char base[PATH_MAX] = "";
  if (dirfd == AT_FDCWD) {
    if (!getcwd(base, sizeof base)) return p;
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
    ssize_t n = readlink(link, base, sizeof base - 1);
    if (n < 0) return p;
    base[n] = 0;
  }
  snprintf(buf, PATH_MAX, "%.2000s/%.2000s", base, p);
  return buf;
}

/* In the trace: a header, one or two paths, and the bytes. */
static void rec(char op, const char *a, const char *b, int64_t off, const void *data, uint64_t len) {
  if (tracefd < 0) return;
  struct { char op; char pad[3]; uint32_t alen, blen; int64_t off; uint64_t len; } __attribute__((packed)) h =
    { op, {0}, a ? strlen(a) : 0, b ? strlen(b) : 0, off, len };
  struct iovec v[4] = { { &h, sizeof h }, { (void *)a, h.alen }, { (void *)b, h.blen }, { (void *)data, data ? len : 0 } };
  syscall(SYS_writev, tracefd, v, 4);
}

/* Let whoever looks at the files from inside a child do so: nothing is counted, fails or is recorded meanwhile. */
void fs_rest(int yes) { asleep = yes; }

/* Something that happened outside the disk, such as an answer that was given. */
void fs_mark(const char *text) { rec('a', text, 0, 0, 0, 0); }

static void hit(const char *op, const char *path) {
  if (!hitfile) return;
  int fd = syscall(SYS_openat, AT_FDCWD, hitfile, O_WRONLY | O_CREAT | O_APPEND, 0666);
  char line[PATH_MAX + 64];
  int n = snprintf(line, sizeof line, "%s %s\n", op, path ? path : "");
  syscall(SYS_write, fd, line, n);
  syscall(SYS_close, fd);
}
static void die(void) { syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause(); }
static int gone(void) { return pulled || (unplug > 0 && *count >= unplug); }

/* The errno to fail with; 0: go on. */
static int gate(const char *op, const char *path) {
  int64_t n = __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
  rec('g', path, op, n, 0, 0);
  if (killat && n == killat && !killafter) { hit(op, path); die(); }
  if (pulled || (unplug > 0 && n >= unplug)) { if (n == unplug) hit(op, path); return ENODEV; }
  if (failat && (n == failat || (persist && n >= failat))) { if (n == failat) hit(op, path); return failure; }
  return 0;
}
static void after(void) { if (killat && killafter && *count == killat) die(); }

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name); init()

static int opened(int fd, const char *p, int flags, int existed) {
  if (fd < 0 || fd >= MAXFD) return fd;
  free(fdpath[fd]);
  fdpath[fd] = ours(p) ? strdup(p) : NULL;
  if (fdpath[fd] && !existed && (flags & O_CREAT)) rec('c', p, 0, 0, 0, 0);
  if (fdpath[fd] && existed && (flags & O_TRUNC)) rec('t', p, 0, 0, 0, 0);
  return fd;
}
#define OPEN(call, dirfd) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { va_list ap; va_start(ap, flags); mode = va_arg(ap, mode_t); va_end(ap); } \
  char buf[PATH_MAX]; const char *p = absolute(dirfd, path, buf); int existed = 1; \
  if (ours(p)) { \
    if (gone()) { errno = ENODEV; return -1; } \
    struct stat st; existed = !syscall(SYS_newfstatat, AT_FDCWD, p, &st, 0); \
    int e = gate(((flags & O_CREAT && !existed) || flags & O_TRUNC) ? "create" : "open", p); \
    if (e) { errno = e; return -1; } \
  } \
  pthread_mutex_lock(&M); int fd = call; opened(fd, p, flags, existed); pthread_mutex_unlock(&M); \
  if (ours(p)) after(); \
  return fd
int open(const char *path, int flags, ...) { REAL(open); OPEN(real(path, flags, mode), AT_FDCWD); }
int open64(const char *path, int flags, ...) { REAL(open64); OPEN(real(path, flags, mode), AT_FDCWD); }
int openat(int dirfd, const char *path, int flags, ...) { REAL(openat); OPEN(real(dirfd, path, flags, mode), dirfd); }
int openat64(int dirfd, const char *path, int flags, ...) { REAL(openat64); OPEN(real(dirfd, path, flags, mode), dirfd); }
int close(int fd) {
  REAL(close);
  if (fd >= 0 && fd < MAXFD && fdpath[fd]) { free(fdpath[fd]); fdpath[fd] = NULL; }
  return real(fd);
}

static int64_t offset(int fd) {
  struct stat st;
  if (syscall(SYS_fcntl, fd, F_GETFL) & O_APPEND && !syscall(SYS_fstat, fd, &st)) return st.st_size;
  return syscall(SYS_lseek, fd, 0, SEEK_CUR);
}
/* `real` writes `n` bytes; what is left of the room is written when it is less. */
#define WRITE(call, off) \
  const char *p = held(fd); if (!p) { return call; } \
  int e = gate("write", p); \
  if (e && !(shortwrite && n > 1 && !gone())) { errno = e; return -1; } \
  pthread_mutex_lock(&M); \
  if (e) n /= 2; \
  if (!e && hasroom && written + (long)n > room) { \
    n = room > written ? room - written : 0; if (unplug < 0) pulled = 1; \
    if (!n) { hit("write", p); pthread_mutex_unlock(&M); errno = pulled ? ENODEV : ENOSPC; return -1; } } \
  int64_t o = off; ssize_t k = call; if (k > 0) { rec('w', p, 0, o, b, k); written += k; } \
  pthread_mutex_unlock(&M); \
  if (e) { errno = e; return -1; } \
  after(); return k
ssize_t write(int fd, const void *b, size_t n) { REAL(write); WRITE(real(fd, b, n), offset(fd)); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { REAL(pwrite); WRITE(real(fd, b, n, at), at); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) { REAL(pwrite64); WRITE(real(fd, b, n, at), at); }

#define READ(call) if (held(fd) && gone()) { errno = EIO; return -1; } return call
ssize_t read(int fd, void *b, size_t n) { REAL(read); READ(real(fd, b, n)); }
ssize_t pread(int fd, void *b, size_t n, off_t at) { REAL(pread); READ(real(fd, b, n, at)); }
ssize_t pread64(int fd, void *b, size_t n, off64_t at) { REAL(pread64); READ(real(fd, b, n, at)); }

#define SYNC(call) \
  const char *p = held(fd); if (!p) return call; \
  int e = gate("fsync", p); if (e) { errno = e; return -1; } \
  int r = synclie ? 0 : call; if (!r) rec('s', p, 0, 0, 0, 0); after(); return r
int fsync(int fd) { REAL(fsync); SYNC(real(fd)); }
int fdatasync(int fd) { REAL(fdatasync); SYNC(real(fd)); }

#define TRUNCATE(call) \
  const char *p = held(fd); if (!p) return call; \
  int e = gate("truncate", p); if (e) { errno = e; return -1; } \
  int r = call; if (!r) rec('t', p, 0, len, 0, 0); after(); return r
int ftruncate(int fd, off_t len) { REAL(ftruncate); TRUNCATE(real(fd, len)); }
int ftruncate64(int fd, off64_t len) { REAL(ftruncate64); TRUNCATE(real(fd, len)); }

static int renamed(const char *a, const char *b) {
  int e = gate("rename", b);
  if (e) { errno = e; return -1; }
  pthread_mutex_lock(&M);
  int r = syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 0);
  if (!r) rec('r', a, b, 0, 0, 0);
  pthread_mutex_unlock(&M); after();
  return r;
}
#define RENAME(call, d1, d2) \
  char x[PATH_MAX], y[PATH_MAX]; const char *p = absolute(d1, a, x), *q = absolute(d2, b, y); \
  return ours(p) || ours(q) ? renamed(p, q) : call
int rename(const char *a, const char *b) { REAL(rename); RENAME(real(a, b), AT_FDCWD, AT_FDCWD); }
int renameat(int d1, const char *a, int d2, const char *b) { REAL(renameat); RENAME(real(d1, a, d2, b), d1, d2); }

int link(const char *a, const char *b) {
  REAL(link);
  char x[PATH_MAX], y[PATH_MAX]; const char *p = absolute(AT_FDCWD, a, x), *q = absolute(AT_FDCWD, b, y);
  if (!ours(p) && !ours(q)) return real(a, b);
  int e = gate("link", q); if (e) { errno = e; return -1; }
  int r = real(a, b); if (!r) rec('l', p, q, 0, 0, 0); after(); return r;
}

#define UNLINK(call, dirfd) \
  char x[PATH_MAX]; const char *p = absolute(dirfd, a, x); if (!ours(p)) return call; \
  int e = gate("unlink", p); if (e) { errno = e; return -1; } \
  int r = call; if (!r) rec('u', p, 0, 0, 0, 0); after(); return r
int unlink(const char *a) { REAL(unlink); UNLINK(real(a), AT_FDCWD); }
int unlinkat(int d, const char *a, int flags) { REAL(unlinkat); UNLINK(real(d, a, flags), d); }
int rmdir(const char *a) { REAL(rmdir); UNLINK(real(a), AT_FDCWD); }
int mkdir(const char *a, mode_t m) {
  REAL(mkdir);
  char x[PATH_MAX]; const char *p = absolute(AT_FDCWD, a, x); if (!ours(p)) return real(a, m);
  int e = gate("mkdir", p); if (e) { errno = e; return -1; }
  int r = real(a, m); if (!r) rec('m', p, 0, 0, 0, 0); after(); return r;
}

static int is_lock(int c) { return c == F_SETLK || c == F_SETLKW || c == F_OFD_SETLK || c == F_OFD_SETLKW; }
#define FCNTL \
  va_list ap; va_start(ap, cmd); void *arg = va_arg(ap, void *); va_end(ap); \
  if (locklie && is_lock(cmd) && held(fd)) return 0; \
  int r = real(fd, cmd, arg); \
  if ((cmd == F_DUPFD || cmd == F_DUPFD_CLOEXEC) && r >= 0 && r < MAXFD && held(fd)) fdpath[r] = strdup(fdpath[fd]); \
  return r
int fcntl(int fd, int cmd, ...) { REAL(fcntl); FCNTL; }
int fcntl64(int fd, int cmd, ...) { REAL(fcntl64); FCNTL; }
int flock(int fd, int op) { REAL(flock); return locklie && held(fd) ? 0 : real(fd, op); }

/* What copies in bulk would pass by all of this: it says that it cannot, and the copy is read and written. */
ssize_t sendfile64(int o, int i, off64_t *off, size_t n) { REAL(sendfile64); if (held(o)) { errno = EINVAL; return -1; } return real(o, i, off, n); }
ssize_t sendfile(int o, int i, off_t *off, size_t n) {
  static ssize_t (*real)(int, int, off_t *, size_t);
  if (!real) real = dlsym(RTLD_NEXT, "sendfile");
  init();
  if (held(o)) { errno = EINVAL; return -1; }
  return real(o, i, off, n);
}
int fallocate64(int fd, int m, off64_t o, off64_t l) { REAL(fallocate64); if (held(fd)) { errno = EOPNOTSUPP; return -1; } return real(fd, m, o, l); }
