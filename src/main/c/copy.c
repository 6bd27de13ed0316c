/*
 * Brings the migrations of an image into a volume. Linked statically, since that image may hold nothing else: no shell,
 * no library, no user.
 *
 *   copy install DIRECTORY              puts this program there, for the containers of other images
 *   copy files DIRECTORY TARGET IMAGE   copies the .sql files that lie in DIRECTORY, and their .sql.conf files;
 *                                       IMAGE is what messages call it
 *
 * What its user must correct is left as a report, as the runner writes them; other trouble as plain text.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The runner reads all files into memory before the first statement. */
#define MOST_BYTES (64L * 1024 * 1024)

/* Small enough for the share of the termination message that the kubelet leaves to one container of many. */
#define MESSAGE_BYTES 800

static char buffer[64 * 1024];

/* Bytes that would need an escape in JSON, or may be half a character, do not matter to who reads the message. */
static void sanitize(char *text) {
    for (; *text != 0; text++) {
        if (*text < ' ' || *text > '~' || *text == '"' || *text == '\\') {
            *text = '?';
        }
    }
}

static void leave(const char *format, const char *message) {
    const char *path = getenv("DBMIGRATION_REPORT_PATH");
    FILE *report = fopen(path == NULL ? "/dev/termination-log" : path, "w");
    if (report != NULL) {
        fprintf(report, format, message);
        fclose(report);
    }
}

static void fail(const char *format, const char *words, va_list values) {
    char message[MESSAGE_BYTES];
    vsnprintf(message, sizeof message, words, values);
    sanitize(message);
    fprintf(stderr, "%s\n", message);
    leave(format, message);
    exit(1);
}

/* The spec, or the image it names, has to be corrected. */
__attribute__((noreturn, format(printf, 1, 2))) static void refuse(const char *words, ...) {
    va_list values;
    va_start(values, words);
    fail("{\"schemaVersion\":1,\"outcome\":\"Failed\",\"reason\":\"InvalidSpec\",\"message\":\"%s\"}", words, values);
    abort();
}

/* The node has some trouble, and another attempt may fare better. */
__attribute__((noreturn, format(printf, 1, 2))) static void give_up(const char *words, ...) {
    va_list values;
    va_start(values, words);
    fail("%s", words, values);
    abort();
}

static long copy(int from, int directory, const char *name, mode_t mode) {
    /* A Pod whose sandbox is made anew runs this a second time. */
    unlinkat(directory, name, 0);
    int to = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (to < 0 || fchmod(to, mode) != 0) {
        give_up("cannot create %s in the volume: %s", name, strerror(errno));
    }
    long total = 0;
    ssize_t count;
    while ((count = read(from, buffer, sizeof buffer)) > 0) {
        total += count;
        if (total > MOST_BYTES) {
            break;
        }
        for (ssize_t done = 0, part; done < count; done += part) {
            part = write(to, buffer + done, count - done);
            if (part < 0) {
                give_up("cannot write %s into the volume: %s", name, strerror(errno));
            }
        }
    }
    if (count < 0 || close(to) != 0) {
        give_up("cannot copy %s: %s", name, strerror(errno));
    }
    return total;
}

static int open_volume(const char *path) {
    int volume = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (volume < 0) {
        give_up("cannot open the volume at %s: %s", path, strerror(errno));
    }
    return volume;
}

static void install(const char *target) {
    int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (self < 0) {
        give_up("cannot read this program: %s", strerror(errno));
    }
    copy(self, open_volume(target), "copy", 0755);
}

static DIR *open_source(const char *path, const char *image) {
    DIR *source = opendir(path);
    if (source == NULL && errno == ENOENT) {
        refuse("image %s has no folder %s; correct image.path", image, path);
    }
    if (source == NULL && errno == ENOTDIR) {
        refuse("image %s: %s is not a folder; image.path names the folder of the .sql files", image, path);
    }
    if (source == NULL && errno == EACCES) {
        refuse("image %s: user %d may not read %s; set pod.securityContext.runAsUser", image, (int)getuid(), path);
    }
    if (source == NULL) {
        give_up("image %s: cannot open %s: %s", image, path, strerror(errno));
    }
    return source;
}

static int ends_in(const char *name, const char *end) {
    size_t length = strlen(name);
    return length > strlen(end) && strcasecmp(name + length - strlen(end), end) == 0;
}

static int is_migration(const char *name) {
    return name[0] != '.' && ends_in(name, ".sql");
}

/* What Flyway is told of one migration, in a file beside it. */
static int is_configuration(const char *name) {
    return name[0] != '.' && ends_in(name, ".sql.conf");
}

/* A link is followed. A file that cannot be had is refused, not left out: who would miss it? */
static int open_file(int source, const char *path, const char *name, const char *image) {
    struct stat found;
    int file = openat(source, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 || fstat(file, &found) != 0) {
        const char *cure = errno == EACCES ? "; set pod.securityContext.runAsUser" : "";
        refuse("image %s: %s/%s cannot be read by user %d: %s%s", image, path, name, (int)getuid(), strerror(errno), cure);
    }
    if (!S_ISREG(found.st_mode)) {
        fprintf(stderr, "%s is not copied: it is not a file\n", name);
        close(file);
        return -1;
    }
    return file;
}

static void copy_files(const char *path, const char *target, const char *image) {
    DIR *source = open_source(path, image);
    int volume = open_volume(target);
    int files = 0;
    long total = 0;
    for (struct dirent *entry; (entry = readdir(source)) != NULL;) {
        if (!is_migration(entry->d_name) && !is_configuration(entry->d_name)) {
            continue;
        }
        int file = open_file(dirfd(source), path, entry->d_name, image);
        if (file < 0) {
            continue;
        }
        total += copy(file, volume, entry->d_name, 0644);
        close(file);
        files += is_migration(entry->d_name);
        if (total > MOST_BYTES) {
            refuse("image %s: the .sql files in %s hold more than %ld MiB", image, path, MOST_BYTES >> 20);
        }
    }
    if (files == 0) {
        refuse("image %s: no file in %s ends in .sql; correct image.path", image, path);
    }
    printf("%d files copied from %s\n", files, path);
}

/* As the first process of a container it would not even notice. */
static void stop(int signal) {
    _exit(128 + signal);
}

int main(int count, char **arguments) {
    signal(SIGTERM, stop);
    if (count == 3 && strcmp(arguments[1], "install") == 0) {
        install(arguments[2]);
    } else if (count == 5 && strcmp(arguments[1], "files") == 0) {
        copy_files(arguments[2], arguments[3], arguments[4]);
    } else {
        fprintf(stderr, "usage: copy install DIRECTORY | copy files DIRECTORY TARGET IMAGE\n");
        return 64;
    }
    return 0;
}
