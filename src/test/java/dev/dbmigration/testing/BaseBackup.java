package dev.dbmigration.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * The data of a replica, copied file by file while its server works, as chapter 26.3.3 of PostgreSQL's manual has it: the
 * embedded binaries come without {@code pg_basebackup}.
 */
final class BaseBackup {

    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private BaseBackup() {}

    /** Copies the data of the server that {@code admin} is a superuser of, so that a server there will follow it. */
    static void of(Database admin, Path directory) {
        boolean renamed = Integer.parseInt(admin.query("SHOW server_version_num")) >= 150_000;
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    renamed
                            ? "SELECT pg_backup_start('replica', true)"
                            : "SELECT pg_start_backup('replica', true, false)");
            copy(Path.of(admin.query("SHOW data_directory")), directory);
            String stop = renamed ? "pg_backup_stop(false)" : "pg_stop_backup(false, false)";
            try (ResultSet label = statement.executeQuery("SELECT labelfile FROM " + stop)) {
                label.next();
                Files.writeString(directory.resolve("backup_label"), label.getString(1));
            }
            follow(admin, directory);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void follow(Database primary, Path directory) throws IOException {
        Files.createFile(directory.resolve("standby.signal"));
        Files.writeString(
                directory.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=%s port=%d user=%s'%n"
                        .formatted(primary.host(), primary.port(), primary.user()),
                StandardOpenOption.APPEND);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (var files = Files.walk(from)) {
            all = files.toList();
        }
        for (Path file : all) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else if (!LEFT_OUT.contains(file.getFileName().toString())) {
                copyFile(file, target);
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    /** A working server removes files meanwhile; what they held is in its log of changes. */
    private static void copyFile(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(target);
        }
    }
}
