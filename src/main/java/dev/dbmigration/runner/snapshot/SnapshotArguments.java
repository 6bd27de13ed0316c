package dev.dbmigration.runner.snapshot;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the command line asks of a snapshot.
 *
 * @param schemas to describe; empty: all of the user's
 * @param name of the resource; null: made of the database's
 * @param namespace of the resource; null: none is written
 * @param secret name of the Secret that opens the database; null: a word to be replaced
 * @param searchPath the schema that sessions look names up in, {@code spec.database.schema}; null: the role's own
 */
public record SnapshotArguments(List<String> schemas, String name, String namespace, String secret, String searchPath) {

    /** How the task is called. */
    public static final String USAGE = "runner snapshot [--schema NAME]... [--name NAME] [--namespace NAME]"
            + " [--secret NAME] [--search-path SCHEMA]";

    /** What stands where a person has to put a name. */
    static final String REPLACE = "replace-me";

    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    /** Of a resource's name, beside which a number may have to stand. */
    private static final int LONGEST = 200;

    /** Of the words behind the task; empty where they are not understood. */
    public static Optional<SnapshotArguments> of(List<String> words) {
        List<String> schemas = new ArrayList<>();
        String[] others = new String[4];
        for (int i = 0; i < words.size(); i += 2) {
            int place = List.of("--name", "--namespace", "--secret", "--search-path")
                    .indexOf(words.get(i));
            if (i + 1 == words.size() || place < 0 && !words.get(i).equals("--schema")) {
                return Optional.empty();
            }
            if (place < 0) {
                schemas.add(words.get(i + 1));
            } else {
                others[place] = words.get(i + 1);
            }
        }
        return Optional.of(new SnapshotArguments(List.copyOf(schemas), others[0], others[1], others[2], others[3]));
    }

    /**
     * The same, with a name in any case.
     *
     * @param database whose name is taken, as far as the API server takes it
     * @throws RunFailed where the API server would not take a name that was given
     */
    SnapshotArguments named(String database) {
        refuse("--name", name);
        refuse("--namespace", namespace);
        refuse("--secret", secret);
        String own = name == null ? resource(database) : name;
        return new SnapshotArguments(schemas, own, namespace, secret, searchPath);
    }

    private static String resource(String database) {
        String name = database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String trimmed = name.replaceAll("^-|-$", "");
        return trimmed.isEmpty() ? "snapshot" : trimmed;
    }

    private static void refuse(String option, String name) {
        if (name != null && (name.length() > LONGEST || !RESOURCE.matcher(name).matches())) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    option + " is not a name that Kubernetes takes",
                    "lower-case letters, digits and -, " + LONGEST + " characters at most");
        }
    }
}
