package dev.dbmigration.runner.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class WakefulSocketsTest {

    @Test
    void aServerThatIsGoneIsNoticedWithinTwoMinutes() throws IOException {
        try (Socket socket = new WakefulSockets().createSocket()) {
            int idle = socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);
            int interval = socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL);
            int count = socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);

            assertThat(idle + interval * count).isEqualTo(120);
        }
    }
}
