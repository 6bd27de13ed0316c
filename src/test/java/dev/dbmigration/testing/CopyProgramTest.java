package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.TerminationMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What src/main/c/copy.c does, where gcc is there to compile it, and that its stand-in does the same. */
class CopyProgramTest {

    enum Program {
        C,
        STAND_IN
    }

    @TempDir
    Path home;

    private Path image;
    private Path volume;

    @BeforeEach
    void folders() throws IOException {
        image = Files.createDirectories(home.resolve("image"));
        volume = Files.createDirectories(home.resolve("volume"));
    }

    @ParameterizedTest
    @EnumSource
    void copiesTheMigrationsOfAFolderAndThoseBelow(Program kind) throws Exception {
        Files.writeString(image.resolve("002_b.sql"), "select 2");
        Files.writeString(image.resolve("001_a.SQL"), "select 1");
        Files.writeString(image.resolve("002_b.sql.conf"), "executeInTransaction=false");
        Files.writeString(image.resolve("README"), "no");
        Files.writeString(image.resolve(".hidden.sql"), "no");
        Files.writeString(
                Files.createDirectories(image.resolve("more/and/more")).resolve("003_c.sql"), "select 3");
        Files.createDirectories(image.resolve("folder.sql/.hidden"));
        Files.createSymbolicLink(image.resolve("004_link.sql"), Path.of("README"));

        assertThat(files(kind)).isZero();
        assertThat(files(kind)).as("again, in a sandbox made anew").isZero();

        assertThat(names(volume)).containsExactly("001_a.SQL", "002_b.sql", "002_b.sql.conf", "004_link.sql", "more");
        assertThat(volume.resolve("more/and/more/003_c.sql")).hasContent("select 3");
        assertThat(volume.resolve("002_b.sql")).hasContent("select 2");
        assertThat(volume.resolve("004_link.sql")).hasContent("no").isRegularFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve("002_b.sql"))))
                .isEqualTo("rw-r--r--");
        assertThat(message()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void putsItselfWhereOthersRunIt(Program kind) throws Exception {
        Files.writeString(image.resolve("001.sql"), "select 1");
        Path tools = Files.createDirectories(home.resolve("tools"));

        assertThat(run(program(kind), "install", tools.toString())).isZero();

        assertThat(run(tools.resolve("copy"), "files", image.toString(), volume.toString(), "app:1"))
                .isZero();
        assertThat(names(volume)).containsExactly("001.sql");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFolderThatIsNotThere(Program kind) throws Exception {
        image = image.resolve("nowhere");
        assertThat(files(kind)).isEqualTo(1);
        refusal("image app:1 has no folder " + image + "; correct image.path");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFile(Program kind) throws Exception {
        image = Files.writeString(image.resolve("001.sql"), "select 1");
        assertThat(files(kind)).isEqualTo(1);
        refusal("image app:1: " + image + " is not a folder; image.path names the folder of the .sql files");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFolderWithoutMigrations(Program kind) throws Exception {
        Files.writeString(image.resolve("README"), "no");
        Files.writeString(image.resolve("001_gone.sql.conf"), "executeInTransaction=false");
        assertThat(files(kind)).isEqualTo(1);
        refusal("image app:1: no file in " + image + " ends in .sql; correct image.path");
    }

    @ParameterizedTest
    @EnumSource
    void refusesALinkToNothingRatherThanLeaveAMigrationOut(Program kind) throws Exception {
        Files.writeString(image.resolve("001.sql"), "select 1");
        Files.createSymbolicLink(image.resolve("002.sql"), Path.of("nowhere"));
        assertThat(files(kind)).isEqualTo(1);
        assertThat(report().message()).startsWith("image app:1: " + image + "/002.sql cannot be read by user ");
    }

    @ParameterizedTest
    @EnumSource
    void refusesALinkThatLeadsInACircle(Program kind) throws Exception {
        Files.writeString(image.resolve("001.sql"), "select 1");
        Files.createSymbolicLink(image.resolve("again"), image);
        assertThat(files(kind)).isEqualTo(1);
        refusal("image app:1: " + image + "/again".repeat(17)
                + " has more than 16 folders within each other, or a link leads in a circle");
    }

    @Test
    void refusesMoreThanTheRunnerCanHold() throws Exception {
        try (RandomAccessFile large =
                new RandomAccessFile(image.resolve("001.sql").toFile(), "rw")) {
            large.setLength((64L << 20) + 1);
        }
        assertThat(files(Program.C)).isEqualTo(1);
        refusal("image app:1: the .sql files in " + image + " hold more than 64 MiB");
    }

    @Test
    void leavesPlainTextWhereNotTheSpecIsToBlame() throws Exception {
        Files.writeString(image.resolve("001.sql"), "select 1");
        volume = volume.resolve("gone");
        assertThat(files(Program.C)).isEqualTo(1);
        assertThat(message()).startsWith("cannot open the volume at " + volume);
    }

    @Test
    void itsMessageIsShortAndWellFormedWhateverTheNames() throws Exception {
        image = image.resolve("\"\\\n\u00e4").resolve(("x".repeat(200) + "/").repeat(5));
        assertThat(files(Program.C)).isEqualTo(1);
        assertThat(message()).hasSizeLessThan(1024);
        assertThat(report().message()).startsWith("image app:1");
    }

    private void refusal(String words) throws IOException {
        assertThat(report().outcome()).isEqualTo(Report.Outcome.Failed);
        assertThat(report().reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(report().message()).isEqualTo(words);
    }

    private Report report() throws IOException {
        return TerminationMessage.decode(message()).orElseThrow();
    }

    private String message() throws IOException {
        Path message = home.resolve("message");
        return Files.exists(message) ? Files.readString(message) : "";
    }

    private int files(Program kind) throws Exception {
        return run(program(kind), "files", image.toString(), volume.toString(), "app:1");
    }

    private int run(Path program, String... arguments) throws Exception {
        List<String> line = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile());
        builder.environment()
                .put("DBMIGRATION_REPORT_PATH", home.resolve("message").toString());
        return builder.start().waitFor();
    }

    private Path program(Program kind) throws Exception {
        Path program = home.resolve(kind.name());
        if (Files.exists(program)) {
            return program;
        }
        if (kind == Program.STAND_IN) {
            Files.writeString(program, CopyProgram.standIn());
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            return program;
        }
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "gcc"))),
                "no gcc on this machine");
        String[] command = {"gcc", "-std=c11", "-static", "-Os", "-Wall", "-Wextra", "-Werror", "-o"};
        List<String> line = Stream.concat(Stream.of(command), Stream.of(program.toString(), "src/main/c/copy.c"))
                .toList();
        Process gcc = new ProcessBuilder(line).inheritIO().start();
        assertThat(gcc.waitFor()).as("gcc").isZero();
        return program;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
