package dev.dbmigration.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/**
 * Hands connections from pods on to a server that listens on this machine's loopback alone. The server cannot see a pod
 * that went without a word, since its own keepalives are answered here; so the relay asks after pods itself, and hangs up
 * for those that do not answer.
 */
final class Relay implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;

    private Relay(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** Listens on an address of this machine and hands on to a port of its loopback. */
    static Relay to(int target, InetAddress address) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.bind(new InetSocketAddress(address, 0));
            Relay relay = new Relay(listening, target);
            start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                askAfter(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                start(() -> copy(client, server));
                start(() -> copy(server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void askAfter(Socket pod) throws IOException {
        pod.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        pod.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 10);
        pod.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 5);
        pod.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 4);
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of both has hung up.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
