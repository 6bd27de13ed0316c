package dev.dbmigration.runner.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnacknowledgedTest {

    private static final String ROW =
            "  12: 0000000000000000FFFF00000100F40A:%04X 0000000000000000FFFF00000200F40A:%04X"
                    + " 01 0000002A:00000000 %s:00000A1F %08X     0        0 2768467 2 0000000000000000 20 4 31 10 7";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "5432, 01, 9, true",
        "5432, 01, 20, true",
        "5432, 01, 8, false",
        "5433, 01, 9, false",
        "5432, 02, 9, false",
        "5432, 04, 9, false"
    })
    void onlyWhatRetransmitsInVain(int remotePort, String timer, int retransmissions, boolean unheard) {
        String row = ROW.formatted(40_000, remotePort, timer, retransmissions);

        assertThat(Unacknowledged.isUnheard(row, 40_000, 5432)).isEqualTo(unheard);
    }

    @Test
    void theTablesHeadIsNoRow() throws IOException {
        for (String line : List.of("", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt")) {
            assertThat(Unacknowledged.isUnheard(line, 40_000, 5432)).isFalse();
        }
    }

    @Test
    void theSystemsTableKnowsAConnectionByItsPorts() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            String ports = ":%04X .*:%04X 01 ".formatted(socket.getLocalPort(), socket.getPort());

            assertThat(Files.readString(Path.of("/proc/self/net/tcp"))
                            + Files.readString(Path.of("/proc/self/net/tcp6")))
                    .containsPattern(ports);
        }
    }

    @Test
    void aConnectionThatNobodyAcknowledgesIsClosed() throws IOException {
        Path table = folder.resolve("tcp");
        Unacknowledged unacknowledged = new Unacknowledged(List.of(folder.resolve("none"), table), 10);
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                Socket dead = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket alive = new Socket(server.getInetAddress(), server.getLocalPort())) {
            unacknowledged.watch(dead);
            unacknowledged.watch(alive);
            Files.writeString(
                    table,
                    "head\n" + ROW.formatted(alive.getLocalPort(), alive.getPort(), "01", 3) + "\n"
                            + ROW.formatted(dead.getLocalPort(), dead.getPort(), "01", 9) + "\n");

            await().until(dead::isClosed);
            assertThat(alive.isClosed()).isFalse();
        }
    }
}
