package dev.dbmigration.e2e;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.function.Predicate;

/**
 * Who brings a statement to the database: the operator, or a bare Job that runs {@code psql}.
 *
 * @param kind what is created
 * @param manifest of one: its name, its namespace, the database's host, port and name, and the statement
 * @param podLabel the label by which a Pod names whose it is
 * @param done whether it has come to its good end
 * @param failed whether it has come to a bad one
 */
record Contender<T extends HasMetadata>(
        Class<T> kind, String manifest, String podLabel, Predicate<T> done, Predicate<T> failed) {

    private static final String MIGRATION = """
            apiVersion: dbmigration.dev/v1alpha1
            kind: DatabaseMigration
            metadata: {name: %1$s, namespace: %2$s}
            spec:
              database: {host: %3$s, port: %4$d, name: %5$s, secretRef: {name: ehr-db}}
              sql: {sources: [{inline: {name: 001_benchmark.sql, content: "%6$s -- %1$s"}}]}
            """;

    private static final String JOB = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: %s, namespace: %s}
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  automountServiceAccountToken: false
                  enableServiceLinks: false
                  containers:
                    - name: psql
                      image: IMAGE
                      imagePullPolicy: IfNotPresent
                      env:
                        - {name: PGHOST, value: %s}
                        - {name: PGPORT, value: "%d"}
                        - {name: PGDATABASE, value: %s}
                        - {name: PGUSER, valueFrom: {secretKeyRef: {name: ehr-db, key: username}}}
                        - {name: PGPASSWORD, valueFrom: {secretKeyRef: {name: ehr-db, key: password}}}
                      command: [psql, --no-psqlrc, --set=ON_ERROR_STOP=1, --single-transaction, --command, "%s"]
            """;

    static Contender<DatabaseMigration> migration() {
        return new Contender<>(
                DatabaseMigration.class,
                MIGRATION,
                "dbmigration.dev/name",
                migration -> migration.getStatus() != null
                        && Conditions.isTrue(migration.getStatus().conditions(), "Applied"),
                migration -> migration.getStatus() != null
                        && Conditions.isTrue(migration.getStatus().conditions(), "Stalled"));
    }

    /** A Job of an image with {@code psql} on its PATH. */
    static Contender<Job> job(String image) {
        return new Contender<>(
                Job.class,
                JOB.replace("IMAGE", image),
                "job-name",
                job -> has(job, "Complete"),
                job -> has(job, "Failed"));
    }

    private static boolean has(Job job, String condition) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(each -> each.getType().equals(condition)
                                && each.getStatus().equals("True"));
    }

    /** One of that name, which brings a statement of its own. */
    T named(String name, String namespace, Database database) {
        String statement =
                "CREATE TABLE %s (id bigint PRIMARY KEY, note text NOT NULL)".formatted(name.replace('-', '_'));
        return Serialization.unmarshal(
                manifest.formatted(name, namespace, database.host(), database.port(), database.name(), statement),
                kind);
    }
}
