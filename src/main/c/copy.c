/*
 * Brings the migrations of an image into a volume. Linked statically, since that image may hold nothing else: no shell,
 * no library, no user.
 *
 *   copy install DIRECTORY              puts this program there, for the containers of other images
 *   copy files DIRECTORY TARGET IMAGE   copies the .sql files in and below DIRECTORY, and their .sql.conf files; IMAGE
 *                                       is what messages call it
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

/* Links may lead in circles. */
#define MOST_FOLDERS 16

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
    return ends_in(name, ".sql");
}

/* What Flyway is told of one migration, in a file beside it. */
static int is_configuration(const char *name) {
    return ends_in(name, ".sql.conf");
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

struct copied {
    const char *image;
    int files;
    long bytes;
};

static void copy_folder(DIR *source, int volume, const char *path, int depth, struct copied *all);

/* Where it holds no migration, no folder is left in the volume. */
static void copy_below(int source, int volume, const char *path, const char *name, int depth, struct copied *all) {
    char below[4096];
    snprintf(below, sizeof below, "%s/%s", path, name);
    if (depth == MOST_FOLDERS) {
        refuse("image %s: %s has more than %d folders within each other, or a link leads in a circle", all->image,
               below, MOST_FOLDERS);
    }
    int folder = openat(source, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (entries == NULL) {
        const char *cure = errno == EACCES ? "; set pod.securityContext.runAsUser" : "";
        refuse("image %s: %s cannot be read by user %d: %s%s", all->image, below, (int)getuid(), strerror(errno), cure);
    }
    int target = mkdirat(volume, name, 0755) == 0 || errno == EEXIST
        ? openat(volume, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        : -1;
    if (target < 0) {
        give_up("cannot create %s in the volume: %s", name, strerror(errno));
    }
    copy_folder(entries, target, below, depth + 1, all);
    close(target);
    closedir(entries);
    unlinkat(volume, name, AT_REMOVEDIR);
}

static void copy_file(int source, int volume, const char *path, const char *name, struct copied *all) {
    int file = open_file(source, path, name, all->image);
    if (file < 0) {
        return;
    }
    all->bytes += copy(file, volume, name, 0644);
    all->files += is_migration(name);
    close(file);
    if (all->bytes > MOST_BYTES) {
        refuse("image %s: the .sql files in %s hold more than %ld MiB", all->image, path, MOST_BYTES >> 20);
    }
}

static void copy_folder(DIR *source, int volume, const char *path, int depth, struct copied *all) {
    for (struct dirent *entry; (entry = readdir(source)) != NULL;) {
        struct stat found;
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (fstatat(dirfd(source), entry->d_name, &found, 0) == 0 && S_ISDIR(found.st_mode)) {
            copy_below(dirfd(source), volume, path, entry->d_name, depth, all);
        } else if (is_migration(entry->d_name) || is_configuration(entry->d_name)) {
            copy_file(dirfd(source), volume, path, entry->d_name, all);
        }
    }
}

static void copy_files(const char *path, const char *target, const char *image) {
    struct copied all = {image, 0, 0};
    copy_folder(open_source(path, image), open_volume(target), path, 0, &all);
    if (all.files == 0) {
        refuse("image %s: no file in %s ends in .sql; correct image.path", image, path);
    }
    printf("%d files copied from %s\n", all.files, path);
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
