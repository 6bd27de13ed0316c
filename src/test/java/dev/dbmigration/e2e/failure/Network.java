package dev.dbmigration.e2e.failure;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The way between pods and the database, cut by this machine's firewall without a word to either end. */
final class Network implements AutoCloseable {

    private final int port;
    private final Set<String> cut = ConcurrentHashMap.newKeySet();

    Network(int port) {
        this.port = port;
    }

    void cut(String podIp) throws IOException {
        cut.add(podIp);
        for (List<String> rule : rules(podIp)) {
            iptables("-I", rule);
        }
    }

    /** What was cut stays cut until this is called, or until the end. */
    void mend(String podIp) throws IOException {
        if (cut.remove(podIp)) {
            for (List<String> rule : rules(podIp)) {
                iptables("-D", rule);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (String podIp : Set.copyOf(cut)) {
            mend(podIp);
        }
    }

    private List<List<String>> rules(String podIp) {
        String number = Integer.toString(port);
        return List.of(
                List.of("INPUT", "-s", podIp, "-p", "tcp", "--dport", number, "-j", "DROP"),
                List.of("OUTPUT", "-d", podIp, "-p", "tcp", "--sport", number, "-j", "DROP"));
    }

    private static void iptables(String verb, List<String> rule) throws IOException {
        // Without -w it fails while another program, such as kube-proxy, changes rules.
        List<String> command = Stream.concat(Stream.of("iptables", "-w", "10", verb), rule.stream())
                .toList();
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("failed: " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
