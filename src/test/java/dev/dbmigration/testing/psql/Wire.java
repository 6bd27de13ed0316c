package dev.dbmigration.testing.psql;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Messages of PostgreSQL's protocol, version 3: a type, a length, a body. */
final class Wire {

    private final DataInputStream in;
    private final DataOutputStream out;

    Wire(Socket socket) throws IOException {
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /** A message without a type, as start-up sends it. */
    byte[] startUp() throws IOException {
        return body();
    }

    /** The type of the next message; -1 where the client has gone. */
    int type() throws IOException {
        return in.read();
    }

    byte[] body() throws IOException {
        return in.readNBytes(in.readInt() - 4);
    }

    /** One byte that is no message, which refuses an encrypted connection. */
    void answer(char c) throws IOException {
        out.write(c);
        out.flush();
    }

    /** A message of strings. */
    void send(char type, String... strings) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String string : strings) {
            body.write(string.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        send(type, body.toByteArray());
    }

    void send(char type, byte[] body) throws IOException {
        out.write(type);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    void flush() throws IOException {
        out.flush();
    }
}
