package dev.dbmigration.testing.psql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One session of a {@link RecordingServer}. */
final class RecordingSession {

    private static final int SSL = 80877103;
    private static final int GSS = 80877104;
    private static final byte[] IDLE = {'I'};
    private static final byte[] TEXT_WITHOUT_COLUMNS = {0, 0, 0};
    private static final byte[] TRUST = {0, 0, 0, 0};
    private static final byte[] NO_KEY = new byte[8];

    private final RecordingServer server;
    private final Wire wire;
    private final boolean takesCopies;
    private final Setting strings = new Setting();

    RecordingSession(RecordingServer server, Wire wire, boolean takesCopies) {
        this.server = server;
        this.wire = wire;
        this.takesCopies = takesCopies;
    }

    void run() throws IOException {
        if (startUp()) {
            int type = wire.type();
            while (type >= 0 && type != 'X') {
                answer(type, wire.body());
                type = wire.type();
            }
        }
    }

    private boolean startUp() throws IOException {
        byte[] request = wire.startUp();
        while (request.length == 4 && Arrays.asList(SSL, GSS).contains(number(request))) {
            wire.answer('N');
            request = wire.startUp();
        }
        if (request.length == 12) {
            // A request to cancel.
            return false;
        }
        wire.send('R', TRUST);
        wire.send('S', "server_version", "15.0");
        wire.send('S', "server_encoding", "UTF8");
        wire.send('S', "client_encoding", "UTF8");
        wire.send('S', "DateStyle", "ISO, MDY");
        wire.send('S', "TimeZone", "UTC");
        wire.send('S', "integer_datetimes", "on");
        wire.send('S', "standard_conforming_strings", "on");
        wire.send('K', NO_KEY);
        ready();
        return true;
    }

    private static int number(byte[] b) {
        return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff;
    }

    private void answer(int type, byte[] body) throws IOException {
        switch (type) {
            case 'Q' -> query(new String(body, 0, body.length - 1, StandardCharsets.UTF_8));
            case 'P' -> parse(new String(body, StandardCharsets.UTF_8));
            case 'S' -> ready();
            case 'F' -> {
                error("0A000", "no functions here");
                ready();
            }
            default -> {}
        }
    }

    /** The first string is the name of the statement, the second its text. */
    private void parse(String body) throws IOException {
        server.heard(body.split("\0", 3)[1]);
        error("0A000", "nothing is prepared here");
    }

    private void query(String text) throws IOException {
        server.heard(text);
        List<String> parts = Plain.statements(text, strings.isOn());
        boolean well = true;
        for (String part : parts) {
            well = well && perform(part);
        }
        if (parts.isEmpty()) {
            wire.send('I', new byte[0]);
        }
        ready();
    }

    private boolean perform(String statement) throws IOException {
        if (Plain.copiesFromClient(statement)) {
            return copyIn();
        }
        if (Plain.copiesToClient(statement)) {
            return copyOut();
        }
        if (strings.follow(statement)) {
            wire.send('S', "standard_conforming_strings", strings.isOn() ? "on" : "off");
        }
        wire.send('C', "OK");
        return true;
    }

    private boolean copyIn() throws IOException {
        if (!takesCopies) {
            error("42P01", "there is no such table");
            return false;
        }
        wire.send('G', TEXT_WITHOUT_COLUMNS);
        wire.flush();
        int type = wire.type();
        while (type == 'd' || type == 'H' || type == 'S') {
            wire.body();
            type = wire.type();
        }
        wire.body();
        if (type == 'c') {
            wire.send('C', "COPY 0");
        } else {
            error("57014", "COPY failed");
        }
        return type == 'c';
    }

    private boolean copyOut() throws IOException {
        if (!takesCopies) {
            error("42P01", "there is no such table");
            return false;
        }
        wire.send('H', TEXT_WITHOUT_COLUMNS);
        wire.send('d', "1\n".getBytes(StandardCharsets.UTF_8));
        wire.send('c', new byte[0]);
        wire.send('C', "COPY 1");
        return true;
    }

    private void error(String code, String message) throws IOException {
        wire.send('E', "SERROR", "VERROR", "C" + code, "M" + message, "");
    }

    private void ready() throws IOException {
        wire.send('Z', IDLE);
        wire.flush();
    }
}
