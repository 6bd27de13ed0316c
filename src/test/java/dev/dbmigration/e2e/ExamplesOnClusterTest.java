package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.ServerCertificate;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code deploy/examples} on the cluster that {@code KUBECONFIG} names, by an operator that the chart
 * installed, against a database that lets nobody in without TLS.
 *
 * <p>{@code -De2e.app.image} is what stands in for the examples' application; {@code src/test/e2e/app-image} makes it.
 * {@link Site} has the other properties.
 */
@Tag("e2e")
@TestInstance(Lifecycle.PER_CLASS)
class ExamplesOnClusterTest {

    /** By default a name that no registry can have. */
    private static final String APP = System.getProperty("e2e.app.image", "ehr.invalid/app:1.42");

    /** The one that wants a PostgreSQL beside the checks, of the version of {@link Site}'s. */
    private static final String REPLAYED = "15-expected-schema.yaml";

    /** What is true of the database afterwards. */
    private static final Map<String, String> EFFECTS = Map.ofEntries(
            entry("01-draft-fields-nullable.yaml", nullable("appointmentId", "sessionDate", "dueDate")),
            entry(
                    "02-configmap-and-verification.yaml",
                    ledger("001_note_status", "002_note_status_index", "003_private")),
            entry("03-container.yaml", "select count(*) = 1 from knex_migrations"),
            entry("04-container-verification.yaml", "select count(*) = 1000 from clinical_notes"),
            entry("05-timeouts-retry-tls.yaml", "select to_regclass('clinical_notes_due_date_idx') is not null"),
            entry("06-image-source.yaml", ledger("001_note_authors", "002_note_authors_index")),
            entry("07-entrypoint-override.yaml", nullable("appointmentId", "dueDate")),
            entry(
                    "08-variables-and-copy.yaml",
                    "select count(*) = 2 from appointment_kinds where region = 'eu-central'"),
            entry(
                    "09-step-by-step.yaml",
                    "select indisvalid from pg_index where indexrelid = 'clinical_notes_due_idx'::regclass"),
            entry(
                    "10-existing-database.yaml",
                    "select string_agg(outcome, ' ' order by version) = 'Baseline Applied Applied'"
                            + " and to_regclass('german_notes') is not null from dbmigration.migrations"),
            entry("11-plan.yaml", "select to_regclass('clinical_notes_type_idx') is null"),
            entry("12-again-and-again.yaml", "select to_regnamespace('dbmigration') is null"),
            entry(
                    "13-role.yaml",
                    "select tableowner = 'ehr_owner' and applied_by <> 'ehr_owner'"
                            + " from pg_tables, dbmigration.migrations where tablename = 'note_reviews'"),
            entry("14-history-and-plan.yaml", ledger("001_due_date_index", "002_statistics")),
            entry(REPLAYED, ledger("001_invoices", "002_payments")));

    private final Site site;
    private final KubernetesClient client;

    ExamplesOnClusterTest() throws IOException {
        site = new Site("examples-e2e");
        client = site.client;
    }

    @BeforeAll
    void install() throws IOException {
        whatTheExamplesTakeForGranted();
        certificate("ehr-db-ca", site.requireTls());
        site.install(values -> values);
    }

    @AfterAll
    void close() throws IOException {
        site.close();
    }

    static List<String> files() throws IOException {
        boolean scratch = System.getProperty(Example.SCRATCH_IMAGE) != null;
        return Example.files().stream()
                .filter(file -> scratch || !file.equals(REPLAYED))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void comesToWhatItPromises(String file) throws IOException {
        assertThat(EFFECTS).containsKey(file);
        Database database = site.filledDatabase("example_" + file.substring(0, 2));
        Example.preparation(file, database).forEach(database.as("postgres", "")::execute);
        Example example = Example.of(file, site.users, database, APP);

        example.resources().forEach(resource -> client.resource(resource).create());

        for (GenericKubernetesResource resource : example.resources()) {
            String promise = example.promise(resource);
            if (promise != null) {
                new Waiting(client, resource).forCondition(promise);
                assertThat(podsOf(resource))
                        .isNotEmpty()
                        .allMatch(pod -> "Succeeded".equals(pod.getStatus().getPhase()));
            }
        }
        assertThat(database.query(EFFECTS.get(file))).isEqualTo("t");
    }

    /** So it is the certificate that lets the fifth in, and not that nobody looks. */
    @Test
    void theFifthIsNotAppliedWhereTheAuthorityIsAnother() throws IOException {
        certificate("another-ca", ServerCertificate.of("dns:elsewhere").certificate());
        Database database = site.filledDatabase("other_authority");
        Example example = Example.of("05-timeouts-retry-tls.yaml", site.users, database, APP);
        GenericKubernetesResource migration = example.resources().get(0);
        migration.getMetadata().setName("other-authority");
        Map<String, String> authority = migration.get("spec", "database", "tls", "ca", "configMapKeyRef");
        authority.put("name", "another-ca");

        client.resource(migration).create();

        Map<String, Object> applied = new Waiting(client, migration).forReason("Applied", "ConnectionFailed");
        assertThat(applied.get("status")).isEqualTo("False");
        assertThat(applied.get("message").toString()).contains("SSL error", "PKIX path", "spec.database.tls.mode");
        assertThat(database.query("select to_regclass('dbmigration.migrations') is null"))
                .isEqualTo("t");
    }

    /** So it is the other entrypoint that lets the seventh be applied; with its words as arguments alone it fails. */
    @Test
    void theSeventhsImageFailsWithItsOwnEntrypoint() throws IOException {
        Example example = Example.of("07-entrypoint-override.yaml", site.users, site.database(), APP);
        GenericKubernetesResource migration = example.resources().get(0);
        List<String> words = migration.get("spec", "container", "entrypoint");
        words.addAll(migration.get("spec", "container", "args"));

        var pod = client.pods().inNamespace(site.users).resource(asItComes(words));
        pod.create();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pod.get().getStatus().getPhase())
                        .as("%s", pod.get().getStatus())
                        .isEqualTo("Failed"));
        assertThat(pod.getLog()).contains("P3005");
    }

    private Pod asItComes(List<String> args) {
        return new PodBuilder()
                .withMetadata(named("as-it-comes"))
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("app")
                .withImage(APP)
                .withArgs(args)
                .endContainer()
                .endSpec()
                .build();
    }

    private List<Pod> podsOf(GenericKubernetesResource resource) {
        return client.pods()
                .inNamespace(site.users)
                .withLabel("dbmigration.dev/kind", resource.getKind())
                .withLabel("dbmigration.dev/name", resource.getMetadata().getName())
                .list()
                .getItems();
    }

    private void whatTheExamplesTakeForGranted() throws IOException {
        Database database = site.database();
        client.secrets()
                .inNamespace(site.users)
                .withName("ehr-db")
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData("user", database.user())
                        .addToStringData("host", database.host())
                        .addToStringData("port", String.valueOf(database.port()))
                        .build());
        client.resource(new SecretBuilder()
                        .withMetadata(named("ehr-private-migrations"))
                        .addToStringData("003_private.sql", "COMMENT ON TABLE clinical_notes IS 'private';")
                        .build())
                .create();
        client.resource(new SecretBuilder()
                        .withMetadata(named("registry"))
                        .withType("kubernetes.io/dockerconfigjson")
                        .addToStringData(".dockerconfigjson", "{\"auths\": {}}")
                        .build())
                .create();
        client.resource(new ConfigMapBuilder().withMetadata(named("ehr-app")).build())
                .create();
        client.resource(new ServiceAccountBuilder()
                        .withMetadata(named("ehr-migrations"))
                        .build())
                .create();
    }

    private void certificate(String name, String pem) {
        client.resource(new ConfigMapBuilder()
                        .withMetadata(named(name))
                        .addToData("ca.pem", pem)
                        .build())
                .create();
    }

    private ObjectMeta named(String name) {
        return new ObjectMetaBuilder().withNamespace(site.users).withName(name).build();
    }

    private static String nullable(String... columns) {
        return "select count(*) = %d from information_schema.columns where table_name = 'clinical_notes'"
                        .formatted(columns.length)
                + " and is_nullable = 'YES' and column_name in ('" + String.join("', '", columns) + "')";
    }

    private static String ledger(String... files) {
        return "select array_agg(file order by file) = array['" + String.join(".sql', '", files)
                + ".sql'] from dbmigration.migrations";
    }
}
