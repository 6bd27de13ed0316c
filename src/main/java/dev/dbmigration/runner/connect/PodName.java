package dev.dbmigration.runner.connect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Pod's name, which is its sessions' application_name: whose it is, which run, which attempt.
 *
 * @param whose what all attempts of one resource have in common, with the hyphen behind it
 */
public record PodName(String whose, int run, int attempt) {

    private static final Pattern FORM = Pattern.compile("(.+-)(\\d{1,9})-(\\d{1,9})");

    /** The parts of a name; empty where it is none of ours. */
    public static Optional<PodName> of(String name) {
        Matcher form = FORM.matcher(name == null ? "" : name);
        return form.matches()
                ? Optional.of(
                        new PodName(form.group(1), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3))))
                : Optional.empty();
    }

    /** Whether it is an attempt of the same resource, before this one. */
    public boolean isBefore(PodName other) {
        return whose.equals(other.whose) && (run < other.run || run == other.run && attempt < other.attempt);
    }
}
