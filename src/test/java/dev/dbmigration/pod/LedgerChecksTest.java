package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.check.LedgerCheck;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a check of our ledger takes from the migration that is judged. */
class LedgerChecksTest {

    private static final String BARE = "{name: recorded, ledger: {versions: ['1']}}";

    @Test
    void schemaAndScopeAreThoseOfTheMigration() {
        LedgerCheck stated = stated(BARE, "{sql: {ledger: {schema: audit, scope: drafts}, sources: []}}");

        assertThat(stated.schema()).isEqualTo("audit");
        assertThat(stated.scope()).isEqualTo("drafts");
        assertThat(stated.versions()).containsExactly("1");
    }

    @Test
    void aMigrationThatSaysNothingHasItsNameForScope() {
        LedgerCheck stated = stated(BARE, "{sql: {sources: []}}");

        assertThat(stated.schema()).isEqualTo("dbmigration");
        assertThat(stated.scope()).isEqualTo("notes");
    }

    @Test
    void whatTheCheckSaysItselfIsKept() {
        String own = "{name: recorded, ledger: {schema: mine, scope: other, atLeast: 3}}";

        LedgerCheck stated = stated(own, "{sql: {ledger: {schema: audit, scope: drafts}, sources: []}}");

        assertThat(stated.schema()).isEqualTo("mine");
        assertThat(stated.scope()).isEqualTo("other");
        assertThat(stated.atLeast()).isEqualTo(3);
    }

    @Test
    void otherToolsAndOtherChecksAreLeftAlone() {
        MigrationVerificationSpec spec = spec(
                "{name: flyway, ledger: {tool: Flyway, latest: '3'}}", "{name: table, table: {name: notes}}", BARE);

        MigrationVerificationSpec stated = LedgerChecks.stated(spec, Optional.of(migration("{sql: {sources: []}}")));

        assertThat(stated.checks().subList(0, 2)).isEqualTo(spec.checks().subList(0, 2));
        assertThat(stated.checks().get(2).ledger().scope()).isEqualTo("notes");
        assertThat(stated).usingRecursiveComparison().ignoringFields("checks").isEqualTo(spec);
    }

    @Test
    void aContainerHasNoLedger() {
        assertThat(stated(BARE, "{container: {image: app, entrypoint: [node]}}").scope())
                .isNull();
        assertThat(LedgerChecks.stated(spec(BARE), Optional.empty())).isEqualTo(spec(BARE));
    }

    private static LedgerCheck stated(String check, String migration) {
        MigrationVerificationSpec stated = LedgerChecks.stated(spec(check), Optional.of(migration(migration)));
        return stated.checks().get(0).ledger();
    }

    private static MigrationVerificationSpec spec(String... checks) {
        String yaml =
                "---\n{database: {host: db}, pod: {labels: {team: ehr}}, timeouts: {statement: 5s}, checks: [%s]}";
        return Serialization.unmarshal(yaml.formatted(String.join(", ", checks)), MigrationVerificationSpec.class);
    }

    private static DatabaseMigration migration(String spec) {
        return Serialization.unmarshal(
                "---\n{metadata: {name: notes, namespace: ehr}, spec: " + spec + "}", DatabaseMigration.class);
    }
}
