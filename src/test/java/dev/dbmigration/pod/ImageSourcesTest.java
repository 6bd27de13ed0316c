package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSourcesTest {

    private static PodSpec pod(String settings) {
        DatabaseMigration migration = Serialization.unmarshal("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: m}
                spec:
                  database: {host: db}
                  sql: {sources: [{image: {reference: "ehr/app:1", path: /app}}]}
                  pod: %s
                """.formatted(settings), DatabaseMigration.class);
        return new SqlWork(migration.getSpec(), List.of(), new RunnerImage("ours", null)).spec("p", List.of("input"));
    }

    private static Long user(PodSpec pod) {
        Container folder = pod.getInitContainers().get(1);
        return folder.getSecurityContext().getRunAsUser();
    }

    @Test
    void aUserThatTheSpecStatesIsThatOfTheImagesToo() {
        PodSpec pod = pod("{securityContext: {runAsUser: 7}}");
        assertThat(user(pod)).isNull();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(7);
    }

    @Test
    void anotherWordOnSecurityIsNone() {
        assertThat(user(pod("{securityContext: {fsGroup: 7}}"))).isEqualTo(65532);
    }

    @ParameterizedTest
    @CsvSource({"1, 4096", "2, 3072", "3, 2457", "10, 1024"})
    void theKubeletDividesTerminationMessages(int containers, int bytes) {
        assertThat(RunnerPod.reportBytes(containers)).isEqualTo(bytes);
    }
}
