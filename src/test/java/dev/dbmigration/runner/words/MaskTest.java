package dev.dbmigration.runner.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MaskTest {

    @Test
    void hidesWhatStandsInALiteral() {
        assertThat(masked("42883", "UPDATE t SET a = 'Jane Roe', n = 4711", "cannot put Jane Roe (4711) into t"))
                .isEqualTo("cannot put … (…) into t");
    }

    @Test
    void hidesAQuotedPartOfALiteral() {
        assertThat(masked("42704", "SELECT 'Roe, Jane'::text", "no object \"Jane\" for \"Janet\""))
                .isEqualTo("no object \"…\" for \"Janet\"");
    }

    @Test
    void leavesTheMiddleOfWords() {
        assertThat(masked("42601", "SELECT 'a', 1", "a table1 at line 10")).isEqualTo("… table1 at line 10");
    }

    @Test
    void leavesNamesWhereTheErrorIsAboutNames() {
        assertThat(masked(
                        "42P01",
                        "DO $$ BEGIN INSERT INTO \"ClinicalNote\" VALUES (1); END $$",
                        "relation \"ClinicalNote\" does not exist"))
                .isEqualTo("relation \"ClinicalNote\" does not exist");
    }

    @Test
    void hidesEveryQuotedValueWhereTheErrorIsAboutData() {
        for (String state : new String[] {"22P02", "23514", "P0001"}) {
            assertThat(masked(state, "INSERT INTO t SELECT s FROM u", "bad value \"Jane\", 'Roe' isn't fine"))
                    .isEqualTo("bad value \"…\", '…' isn't fine");
        }
    }

    @Test
    void leavesWhatRaiseWasWrittenToSayButNoOtherLiteral() {
        String block = "DO $$ BEGIN IF x = 'secret' THEN RAISE EXCEPTION 'seed data is missing'; END IF; END $$";

        assertThat(masked("P0001", block, "seed data is missing")).isEqualTo("seed data is missing");
        assertThat(masked("P0001", block, "seed secret is missing")).isEqualTo("seed … is missing");
    }

    @Test
    void aDollarStringThatIsNoCodeIsData() {
        assertThat(masked("42883", "INSERT INTO t VALUES ($$Jane$$)", "what is Jane"))
                .isEqualTo("what is …");
    }

    @Test
    void theDoOfOnConflictBeginsNoCode() {
        assertThat(masked("42883", "INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = $$Jane Roe$$", "Jane Roe?"))
                .isEqualTo("…?");
    }

    @Test
    void seesThroughEscapes() {
        assertThat(masked("42883", "SELECT E'O\\'Brien', 'O''Hara'", "O'Brien and O'Hara"))
                .isEqualTo("… and …");
    }

    @Test
    void seesWhatAnEscapeStandsFor() {
        assertThat(masked("42883", "SELECT E'a\\x2db\\u0041\\tc', U&'\\0064\\+000065'", "a-bA\tc and de"))
                .isEqualTo("… and …");
        assertThat(masked("42883", "SELECT 'Jane'\n  ' Roe'", "Jane Roe?")).isEqualTo("…?");
    }

    @Test
    void hidesALiteralAsItIsWritten() {
        assertThat(masked("42601", "SELECT 1 'O''Hara'", "syntax error at or near \"'O''Hara'\""))
                .isEqualTo("syntax error at or near \"'…'\"");
    }

    @Test
    void hidesANameFromALiteralThoughItIsFoldedOrCutOff() {
        assertThat(masked("42P01", "SELECT 'JaneRoe'::regclass", "relation \"janeroe\" does not exist"))
                .isEqualTo("relation \"…\" does not exist");
        assertThat(masked("42P01", "SELECT 'jane_roe_and_more'::regclass", "relation \"jane_roe_an\" does not exist"))
                .isEqualTo("relation \"…\" does not exist");
    }

    @Test
    void hidesAValueWithTheQuotesInIt() {
        assertThat(masked("22P02", "SELECT s::int FROM t", "invalid input: \"says \"Jane\" twice\""))
                .isEqualTo("invalid input: \"…\"");
    }

    @Test
    void hidesWhatRaisePutsIntoItsWords() {
        String block = "DO $$ BEGIN RAISE EXCEPTION 'patient % is 100%% gone: %', name, why; END $$";

        assertThat(masked("P0001", block, "patient Jane Roe is 100% gone: ill")).isEqualTo("patient … is 100% gone: …");
    }

    @Test
    void hidesNumbersAndAddressesWhereTheWordsOfRaiseAreNotKnown() {
        assertThat(masked("P0001", "SELECT check_all()", "patient 4711 (jane@roe.example) is not allowed"))
                .isEqualTo("patient … (…) is not allowed");
    }

    @Test
    void standsLongWords() {
        String letters = "a".repeat(200_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(masked("P0001", "SELECT check_all()", letters + " 4711"))
                        .isEqualTo(letters + " …"));
    }

    @Test
    void hidesANewPasswordHoweverItIsQuoted() {
        assertThat(masked("42601", "ALTER ROLE a PASSWORD hunter", "syntax error at or near \"hunter\""))
                .isEqualTo("syntax error at or near \"…\"");
        assertThat(masked("42601", "CREATE USER a PASSWORD \"hunter\"", "syntax error at or near \"\"hunter\"\""))
                .doesNotContain("hunter");
        assertThat(masked("42704", "ALTER TABLE t ADD password txet", "type \"txet\" does not exist"))
                .contains("txet");
    }

    private static String masked(String sqlState, String sql, String message) {
        return Mask.of(sql, sqlState, null).apply(message);
    }
}
