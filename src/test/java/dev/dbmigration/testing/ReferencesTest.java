package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import org.junit.jupiter.api.Test;

/** References between variables, as the kubelet resolves them. */
class ReferencesTest {

    @Test
    void aReferenceMeansWhatStandsBeforeAndADoubleDollarIsOne() {
        var container = new ContainerBuilder()
                .addToEnv(new EnvVar("EARLY", "$(LATE)", null))
                .addToEnv(new EnvVar("LATE", "x", null))
                .addToEnv(new EnvVar("BOTH", "$(LATE)-$(NONE)-$$(LATE)-$-$$", null))
                .build();
        assertThat(new ContainerEnvironment(null, null).of(container))
                .containsEntry("EARLY", "$(LATE)")
                .containsEntry("BOTH", "x-$(NONE)-$(LATE)-$-$");
    }
}
