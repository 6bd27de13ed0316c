package dev.dbmigration.runner.words;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static String masked(String sqlState, String sql, String message) {
        return Mask.of(sql, sqlState, null).apply(message);
    }
}
