package dev.dbmigration.runner.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkippedObjectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RELATION   | a.b      | CREATE UNLOGGED TABLE IF NOT EXISTS a.b (id int)",
                "RELATION   | \"A\".b  | CREATE MATERIALIZED VIEW if not exists \"A\".b AS SELECT 1",
                "RELATION   | numbers  | CREATE SEQUENCE IF NOT EXISTS numbers",
                "TEMPORARY  | seen     | CREATE LOCAL TEMP TABLE IF NOT EXISTS seen (id int)",
                "NAME_ALONE | pg_trgm  | CREATE EXTENSION IF NOT EXISTS pg_trgm",
                "NAME_ALONE | s        | CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION me",
                "NAME_ALONE | 'one'    | ALTER TYPE e ADD VALUE IF NOT EXISTS 'one'",
            },
            quoteCharacter = '`')
    void whatIsMadeStandsBehindTheClause(SkippedObject.Kind kind, String name, String statement) {
        assertThat(SkippedObject.of(statement))
                .hasValueSatisfying(object -> assertThat(object)
                        .extracting(SkippedObject::kind, SkippedObject::name, SkippedObject::alone)
                        .containsExactly(kind, name, statement));
    }

    @Test
    void anIndexRunsAloneWithinATransaction() {
        SkippedObject index = SkippedObject.of("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY a.t (concurrently)")
                .orElseThrow();

        assertThat(index.on()).isEqualTo("a.t");
        assertThat(index.alone()).isEqualTo("CREATE INDEX  IF NOT EXISTS i ON ONLY a.t (concurrently)");
    }

    @Test
    void ofAnAlterTableOnlyTheColumnsThatMayBeThereRunAgain() {
        SkippedObject columns = SkippedObject.of("ALTER TABLE IF EXISTS ONLY a.t ADD COLUMN IF NOT EXISTS b"
                        + " numeric(10, 2) DEFAULT 0, ADD CONSTRAINT c CHECK (b > 0), ADD IF NOT EXISTS \"D\" int")
                .orElseThrow();

        assertThat(columns.name()).isEqualTo("a.t");
        assertThat(columns.columns()).isEqualTo(List.of("b", "\"D\""));
        assertThat(columns.alone())
                .isEqualTo("ALTER TABLE a.t ADD COLUMN IF NOT EXISTS b numeric(10, 2) DEFAULT 0,"
                        + " ADD IF NOT EXISTS \"D\" int");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN CREATE TABLE IF NOT EXISTS t (id int); END $$",
                "SELECT made_by_a_function()",
                "CREATE SERVER IF NOT EXISTS s FOREIGN DATA WRAPPER w"
            })
    void otherWordsDoNotTell(String statement) {
        assertThat(SkippedObject.of(statement)).isEmpty();
    }
}
