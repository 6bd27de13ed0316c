package dev.dbmigration.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What {@code helm test} learns. */
class ProbeTest {

    @Test
    void aReadyOperatorIsTheOnlyOneThatPasses() throws InterruptedException {
        AtomicBoolean ready = new AtomicBoolean(true);
        Endpoints endpoints = new Endpoints(0, ready::get, () -> "");
        URI url = URI.create("http://localhost:" + endpoints.port() + "/readyz");
        endpoints.start();

        assertThat(Probe.ask(url)).isTrue();
        ready.set(false);
        assertThat(Probe.ask(url)).isFalse();
        endpoints.close();
        assertThat(Probe.ask(url)).isFalse();
    }
}
