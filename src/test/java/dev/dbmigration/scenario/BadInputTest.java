package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bad input works, or gets a reason and a message with the way out, and loses nothing. */
class BadInputTest extends Scenario {

    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void bothSqlAndContainer() {
        stage.migration(
                OneFile.inline("m", database, "select 1", "  container: {image: \"app:1\", entrypoint: [\"true\"]}"));
        fails("InvalidSpec", "set exactly one of sql and container");
        assertThat(stage.pods()).isEmpty();
    }

    @Test
    void noSourceAtAll() {
        stage.migration(OneFile.sources("m", database, "[]", ""));
        fails("InvalidSpec", "name at least one source");
    }

    @Test
    void aConfigMapWithoutAFile() {
        stage.configMap("files", Map.of("README.md", "nothing here"));
        stage.migration(OneFile.sources("m", database, "- configMap: {name: files}", "  timeouts: {start: 1s}"));
        fails("SourceNotFound", "no key that ends in .sql");
    }

    @Test
    void aSecretWithoutAFile() {
        stage.secret("files", Map.of("README.md", "nothing here"));
        stage.migration(OneFile.sources("m", database, "- secret: {name: files}", ""));
        fails("InvalidSpec", "files");
    }

    @Test
    void aFileThatIsNotUtf8() {
        stage.client
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(Stage.NAMESPACE)
                        .withName("files")
                        .endMetadata()
                        .addToBinaryData(
                                "001_latin.sql",
                                Base64.getEncoder().encodeToString(new byte[] {'-', '-', '\n', (byte) 0xe9}))
                        .build())
                .create();
        stage.migration(OneFile.sources("m", database, "- configMap: {name: files}", ""));
        DatabaseMigration failed = fails(null, "UTF-8");
        assertThat(failed.getStatus().failures().get(0).file()).isEqualTo("001_latin.sql");
        assertThat(failed.getStatus().failures().get(0).line()).isEqualTo(2);
    }

    @Test
    void anUnterminatedQuote() {
        stage.migration(OneFile.inline("m", database, "create table t (id int); select 'open"));
        fails("SyntaxError", "001_t.sql");
        assertThat(database.query("select to_regclass('t')")).isNull();
    }

    @Test
    void oneFileNameTwice() {
        stage.configMap("files", Map.of("001_t.sql", "select 1;"));
        stage.migration(OneFile.sources(
                "m", database, "- configMap: {name: files}\n      - inline: {name: 001_t.sql, content: select 2}", ""));
        fails("InvalidSpec", "001");
    }

    @Test
    void oneInlineNameTwice() {
        stage.migration(OneFile.sources(
                "m",
                database,
                "- inline: {name: 001_t.sql, content: select 1}\n"
                        + "      - inline: {name: 001_t.sql, content: select 2}",
                ""));
        fails("InvalidSpec", "two inline files are named 001_t.sql");
    }

    @Test
    void aFileOfOneMebibyteInAConfigMapWorks() {
        String statement = "create table big (id int); -- ";
        stage.configMap("files", Map.of("001_big.sql", statement + "x".repeat(MEBIBYTE - statement.length())));
        stage.migration(OneFile.sources("m", database, "- configMap: {name: files}", ""));
        stage.awaitPhase("m", "Applied");
        assertThat(database.query("select to_regclass('big')")).isEqualTo("big");
    }

    @Test
    void moreThanTheBoundsInline() {
        String file = "      - inline: {name: 00%d_t.sql, content: \"-- %s\"}\n";
        StringBuilder sources = new StringBuilder("- inline: {name: 000_t.sql, content: select 1}\n");
        for (int i = 1; i <= 4; i++) {
            sources.append(file.formatted(i, "x".repeat(200 * 1024)));
        }
        stage.migration(OneFile.sources("m", database, sources.toString(), ""));
        fails("InvalidSpec", "put the large ones into ConfigMaps");
    }

    @Test
    void aNameOf253CharactersWorks() {
        String name = "a".repeat(39) + "." + "b".repeat(213);
        stage.migration(OneFile.inline(
                name, database, OneFile.COUNTING, "  verify: {checks: [{name: t, table: {name: effect}}]}"));
        stage.awaitPhase(name, "Verified");
    }

    @Test
    void aDurationThatIsNone() {
        stage.migration(OneFile.inline("m", database, "select 1", "  timeouts: {start: soon}"));
        fails("InvalidSpec", "spec.timeouts.start");
    }

    @Test
    void aSpecMadeGoodAgainGoesOnWhereItWas() {
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        stage.awaitPhase("m", "Applied");
        stage.edit("m", json -> json.replace("\"start\":\"10m\"", "\"start\":\"soon\""));
        stage.awaitPhase("m", "Failed");

        stage.edit("m", json -> json.replace("\"start\":\"soon\"", "\"start\":\"10m\""));

        DatabaseMigration back = stage.awaitPhase("m", "Applied");
        assertThat(back.getStatus().run().number()).isEqualTo(1);
    }

    private DatabaseMigration fails(String reason, String words) {
        DatabaseMigration failed = stage.awaitPhase("m", "Failed");
        if (reason != null) {
            assertThat(condition(failed, "Applied").getReason()).isEqualTo(reason);
        }
        assertThat(condition(failed, "Applied").getStatus()).isEqualTo("False");
        String told =
                condition(failed, "Applied").getMessage() + failed.getStatus().failures();
        assertThat(told).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(condition(failed, "Stalled").getStatus()).isEqualTo("True");
        return failed;
    }
}
