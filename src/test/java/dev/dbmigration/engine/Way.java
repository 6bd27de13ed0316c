package dev.dbmigration.engine;

import java.util.List;
import java.util.stream.Stream;

/**
 * How contenders get to the database.
 *
 * @param delayMillis added to each answer of the server; 0: none
 * @param encrypted by TLS, and with a password, by SCRAM; else without either
 */
record Way(int delayMillis, boolean encrypted) {

    /**
     * With each delay, each way.
     *
     * @param delays in milliseconds
     * @param ways as a property calls them: {@code plain} and {@code tls}
     */
    static List<Way> all(List<String> delays, List<String> ways) {
        return delays.stream()
                .flatMap(delay -> ways.stream().map(way -> new Way(Integer.parseInt(delay), encrypted(way))))
                .toList();
    }

    private static boolean encrypted(String way) {
        return switch (way) {
            case "plain" -> false;
            case "tls" -> true;
            default -> throw new IllegalArgumentException("no way is called " + way);
        };
    }

    /** What a table says behind the name of the load; begins with a comma, or is empty. */
    String words() {
        return Stream.of(delayMillis == 0 ? "" : ", " + delayMillis + " ms added", encrypted ? ", TLS and SCRAM" : "")
                .reduce("", String::concat);
    }
}
