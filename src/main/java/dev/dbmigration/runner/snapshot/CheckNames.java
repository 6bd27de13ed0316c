package dev.dbmigration.runner.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/** Names of checks: what each is about, as far as a name may be long, and none twice. */
final class CheckNames {

    private static final int LONGEST = 128;

    private final Set<String> given = new HashSet<>();

    /** The label itself wherever it can be. One that was cut ends with a sum of the whole. */
    String of(String label) {
        String name = label.length() <= LONGEST ? label : cut(label);
        for (int number = 2; !given.add(name); number++) {
            name = cut(label + " " + number);
        }
        return name;
    }

    private static String cut(String label) {
        CRC32 sum = new CRC32();
        sum.update(label.getBytes(StandardCharsets.UTF_8));
        String end = String.format("… %08x", sum.getValue());
        int length = Math.min(label.length(), LONGEST - end.length());
        int whole = Character.isHighSurrogate(label.charAt(length - 1)) ? length - 1 : length;
        return label.substring(0, whole) + end;
    }
}
