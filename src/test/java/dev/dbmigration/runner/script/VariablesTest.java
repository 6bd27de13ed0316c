package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code :x} and its kin, as psql puts values there. */
class VariablesTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "n",
            "1",
            "said",
            "it's",
            "path",
            "a\\b",
            "odd",
            "a\"b",
            "two",
            ":n + :n",
            "me",
            "(:me)",
            "stop",
            "1; SELECT 2");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT :n|SELECT 1",
                "SELECT :'said', :\"odd\"|SELECT 'it''s', \"a\"\"b\"",
                "SELECT :'path'|SELECT  E'a\\\\b'",
                "SELECT ':n', \":n\", $$:n$$, E':n', /* :n */ 1 -- :n|SELECT ':n', \":n\", $$:n$$, E':n', /* :n */ 1 -- :n",
                "SELECT 1::n, a[1:none], :none, :'none'|SELECT 1::n, a[1:none], :none, :'none'",
                "SELECT f(a := :n)|SELECT f(a := 1)",
                "SELECT :two|SELECT 1 + 1",
                "SELECT :me|SELECT (:me)",
                "SELECT :{?n}, :{?none}|SELECT TRUE, FALSE",
            })
    void areReplacedOutsideQuotes(String content, String text) {
        assertThat(FileText.split(content, VARIABLES).get(0).text()).isEqualTo(text);
    }

    @Test
    void aValueIsReadAsIfItStoodThere() {
        assertThat(FileText.split("SELECT :stop, 3;\nSELECT 4", VARIABLES))
                .extracting(Statement::text, Statement::line)
                .containsExactly(tuple("SELECT 1", 1), tuple("SELECT 2, 3", 1), tuple("SELECT 4", 2));
    }

    @Test
    void aVariableSetInAFileIsKnownFromThereOn() {
        List<Statement> statements = FileText.split("SELECT :m;\n\\set m 'a b' 5 :n\nSELECT :'m';", VARIABLES);

        assertThat(statements).extracting(Statement::text).containsExactly("SELECT :m", "SELECT 'a b51'");
    }
}
