package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each contender is given: files in its own format, and a way to the database. */
class ContendersTest {

    private static final Load LOAD = new Load("two", "two files", List.of("SELECT 1;\n", "SELECT 2;\n"), "", "");

    private static final Database DATABASE = new Database("db.invalid", 5433, "ehr", "ann", "pw-of-ann");

    @TempDir
    Path folder;

    static Stream<Contender> contenders() {
        return Stream.of(
                new InstalledRunner(new Entrypoint(List.of("java"), Map.of()), Path.of("")),
                new Psql("psql", "15"),
                new Flyway("flyway.jar", "13"),
                new Liquibase("liquibase.jar", "5"),
                new Dbmate(Path.of("dbmate")));
    }

    @Test
    void theRunnerGetsARunDirectory() throws IOException {
        contenders().findFirst().orElseThrow().prepare(LOAD, folder);

        assertThat(folder.resolve("sources/inline/0002.sql")).hasContent("SELECT 2;\n");
        assertThat(folder.resolve(RunInput.FILE)).content().contains("sources/inline");
    }

    @Test
    void psqlGetsATransactionForEachFile() throws IOException {
        new Psql("psql", "15").prepare(LOAD, folder);

        assertThat(folder.resolve("all.sql")).hasContent("BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;\n");
        assertThat(folder.resolve("empty.sql")).isEmptyFile();
    }

    @Test
    void flywayGetsVersionedFiles() throws IOException {
        new Flyway("", "").prepare(LOAD, folder);

        assertThat(folder.resolve("V0001__load.sql")).hasContent("SELECT 1;\n");
        assertThat(folder.resolve("V0002__load.sql")).hasContent("SELECT 2;\n");
    }

    @Test
    void liquibaseGetsAChangeSetForEachFile() throws IOException {
        new Liquibase("", "").prepare(LOAD, folder);

        assertThat(folder.resolve("sql/0002.sql"))
                .hasContent("--liquibase formatted sql\n--changeset benchmark:0002\nSELECT 2;\n");
        assertThat(folder.resolve("changelog.yaml")).content().contains("includeAll: {path: sql}");
    }

    @Test
    void dbmateGetsMigrationsWithTheirMark() throws IOException {
        new Dbmate(Path.of("dbmate")).prepare(LOAD, folder);

        assertThat(folder.resolve("0001_load.sql")).content().startsWith("-- migrate:up\nSELECT 1;\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void eachIsToldWhereAndWhetherToEncrypt(Contender contender) {
        String clear = environment(contender, false);
        String encrypted = environment(contender, true);

        assertThat(clear).contains("db.invalid", "5433", "ehr", "ann", "pw-of-ann", "disable");
        assertThat(encrypted).contains("require").doesNotContain("disable");
    }

    private String environment(Contender contender, boolean encrypted) {
        return contender
                .apply(folder, new Target(DATABASE, encrypted))
                .environment()
                .toString();
    }

    /** Anybody on the machine may read it there. */
    @ParameterizedTest
    @MethodSource("contenders")
    void noPasswordIsAmongTheArguments(Contender contender) {
        Target target = new Target(DATABASE, true);

        assertThat(contender.apply(folder, target).words()).noneMatch(word -> word.contains("pw-of-ann"));
        assertThat(contender.nothing(folder, target).words()).noneMatch(word -> word.contains("pw-of-ann"));
    }
}
