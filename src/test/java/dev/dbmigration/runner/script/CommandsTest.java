package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.runner.fault.RunFailed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** psql's own commands: those that are followed, and what is said of the others. */
class CommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\restrict k1\nSELECT 1;\n\\unrestrict k1\nSELECT 2;",
                "\\c\n\\connect -\n\\connect ehr\n\\c ehr - - -\nSELECT 1;\nSELECT 2;",
                "\\set ON_ERROR_STOP on\n\\set ON_ERROR_STOP\n\\set ECHO all\n\\set AUTOCOMMIT 1\nSELECT 1;\nSELECT 2;",
                "\\set a 1 \\\\ SELECT :a; \\echo a \\\\ SELECT 2;",
                "SELECT\n\\echo within\n1;SELECT 2;",
                "\\set x 1;\nSELECT :x SELECT 2;",
            })
    void theseAreFollowed(String content) {
        assertThat(FileText.split(content)).hasSize(2);
    }

    @Test
    void echoesKeepTheirPlaceAndTheirWords() {
        MigrationFile file = FileText.read(
                "\\echo a  'b  c' :v\nSELECT 1;\n\\echo -n \"d\" \\\\ SELECT 2;".getBytes(StandardCharsets.UTF_8),
                Map.of("v", "it's"));

        assertThat(file.echoes())
                .extracting(Echo::before, Echo::line, Echo::text)
                .containsExactly(tuple(1, 1, "a b  c it's"), tuple(2, 3, "\"d\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\i other.sql|version prefix",
                "\\ir other.sql|version prefix",
                "\\copy a from 'x'|COPY … FROM STDIN",
                "\\.|none",
                "SELECT 1 \\g|semicolon",
                "SELECT 1 \\gx|semicolon",
                "SELECT 1 \\gset|spec.sql.variables",
                "SELECT 1 \\gexec|DO block",
                "\\if true|DO block",
                "\\qecho x|\\echo",
                "\\unset x|\\set",
                "\\encoding latin1|UTF-8",
                "\\x|prints nothing",
                "\\d a|spec.verify",
                "\\dt+|spec.verify",
                "\\! ls|container",
                "\\q|delete",
                "\\nosuch|as SQL",
                "\\c other|one database",
                "\\c ehr somebody|one role",
                "\\c postgres://u:p@h/ehr|one database",
                "SELECT 1; \\c ehr|split the file",
                "\\set ON_ERROR_STOP off|first statement that fails",
                "\\set AUTOCOMMIT off|one transaction",
                "\\set SINGLELINE on|semicolons",
                "\\set a-b 1|letters",
                "\\set|letters",
                "\\set a 'open|close it",
                "\\set a `date`|backquotes",
                "\\restrict|pg_dump",
                "\\unrestrict k|pg_dump",
            })
    void theOthersAreRefusedWithWhatToWriteInstead(String line, String instead) {
        Failure failure = refusal("\n" + line + "\nSELECT 2;");

        assertThat(failure.reason()).isEqualTo(Reason.UnsupportedFeature);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.hint()).contains(instead);
        assertThat(failure.message()).startsWith("psql's own command \\").doesNotContain("u:p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\echo x", "\\set a 1", "\\restrict k2", "\\unrestrict other", "\\c"})
    void betweenRestrictAndUnrestrictNothingElseIsFollowed(String line) {
        assertThat(refusal("\\restrict k1\n" + line + "\n").line()).isEqualTo(2);
    }

    private static Failure refusal(String content) {
        RunFailed failed = catchThrowableOfType(RunFailed.class, () -> FileText.split(content));
        assertThat(failed).isNotNull();
        return failed.failures().get(0);
    }
}
