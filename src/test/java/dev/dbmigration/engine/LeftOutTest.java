package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contenders that are not to be had do not end the benchmark; it says why. */
class LeftOutTest {

    @TempDir
    Path folder;

    @Test
    void psqlThatIsNotThere() {
        assertThatThrownBy(() -> Psql.of("no-such-psql"))
                .isInstanceOf(LeftOut.class)
                .hasMessageContaining("no-such-psql");
    }

    @Test
    void dbmateWithoutNpm() {
        assertThatThrownBy(() -> Dbmate.of("no-such-npm", folder))
                .isInstanceOf(LeftOut.class)
                .hasMessageContaining("no-such-npm");
    }

    @Test
    void dbmateThatNpmDoesNotGet() {
        assertThatThrownBy(() -> Dbmate.of("false", folder))
                .isInstanceOf(LeftOut.class)
                .hasMessageContaining("false failed with 1");
        assertThatThrownBy(() -> Dbmate.of("true", folder))
                .isInstanceOf(LeftOut.class)
                .hasMessageContaining("for x64 Linux");
    }

    @Test
    void libraryThatIsNotOnTheClassPath() {
        Jars without = new Jars(List.of(Path.of("lib/postgresql-42.7.14.jar")));

        assertThatThrownBy(() -> Flyway.of(without, folder))
                .isInstanceOf(LeftOut.class)
                .hasMessage("flyway-core is not on the class path");
        assertThatThrownBy(() -> Liquibase.of(without))
                .isInstanceOf(LeftOut.class)
                .hasMessage("liquibase-core is not on the class path");
    }

    @Test
    void theOthersTakePart() throws Exception {
        assertThat(Roster.of(List.of("nobody"), folder)).isEmpty();
    }

    @Test
    void jarsAreFoundByTheNamesOfTheirArtifacts() throws LeftOut {
        Jars jars = new Jars(
                List.of(Path.of("classes"), Path.of("lib/core-extras-1.0.jar"), Path.of("lib/core-2.1-beta.jar")));

        assertThat(jars.of(List.of("core")))
                .isEqualTo(Path.of("lib/core-2.1-beta.jar").toString());
        assertThat(jars.version("core")).isEqualTo("2.1-beta");
    }
}
