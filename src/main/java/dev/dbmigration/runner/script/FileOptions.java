package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file says of itself in comments before its first statement, such as {@code -- dbmigration: transaction=none
 * lockTimeout=1s}. What it does not say is as the resource says.
 *
 * @param transaction null: not said
 * @param lockTimeoutMillis PostgreSQL's lock_timeout, 0 turns it off; null: not said
 * @param statementTimeoutMillis PostgreSQL's statement_timeout, 0 turns it off; null: not said
 * @param rerunSafe whether a statement of which nobody knows how far it came may run once more
 */
public record FileOptions(
        Wrapping transaction, Long lockTimeoutMillis, Long statementTimeoutMillis, boolean rerunSafe) {

    /** {@code file}: one transaction for all; {@code statement} and {@code none}: each statement for itself. */
    public enum Wrapping {
        FILE,
        STATEMENT
    }

    /** Nothing is said. */
    static final FileOptions NONE = new FileOptions(null, null, null, false);

    private static final Pattern LINE = Pattern.compile("--[ \\t]*dbmigration:(.*)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, TimeUnit> UNITS =
            Map.of("ms", TimeUnit.MILLISECONDS, "s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS);

    /** Whether the head of a file, in which options stand, may go on behind this line. */
    static boolean isHead(String line) {
        return line.isBlank() || line.strip().startsWith("--");
    }

    /**
     * These options and those of one more line of the head.
     *
     * @throws RunFailed where one is not known or has a value that means nothing
     */
    FileOptions and(String file, String line, int number) {
        FileOptions options = this;
        Matcher said = LINE.matcher(line.strip());
        if (said.matches()) {
            for (String word : said.group(1).strip().split("\\s+")) {
                options = options.with(word, new Place(file, number));
            }
        }
        return options;
    }

    /** These options; where they say nothing of transactions, what another tool is told: null, if nothing. */
    FileOptions or(Wrapping said) {
        return transaction != null ? this : new FileOptions(said, lockTimeoutMillis, statementTimeoutMillis, rerunSafe);
    }

    /** PostgreSQL's settings that it asks for, by their names. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (lockTimeoutMillis != null) {
            settings.put("lock_timeout", lockTimeoutMillis + "ms");
        }
        if (statementTimeoutMillis != null) {
            settings.put("statement_timeout", statementTimeoutMillis + "ms");
        }
        return settings;
    }

    private FileOptions with(String word, Place place) {
        String[] parts = word.split("=", 2);
        String value = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "transaction" ->
                new FileOptions(wrapping(value, place), lockTimeoutMillis, statementTimeoutMillis, rerunSafe);
            case "lockTimeout" -> new FileOptions(transaction, millis(word, place), statementTimeoutMillis, rerunSafe);
            case "statementTimeout" -> new FileOptions(transaction, lockTimeoutMillis, millis(word, place), rerunSafe);
            case "rerun" -> {
                place.require(value.equals("safe"), word, "rerun=safe");
                yield new FileOptions(transaction, lockTimeoutMillis, statementTimeoutMillis, true);
            }
            default -> throw place.refuse(word, "transaction, lockTimeout, statementTimeout and rerun");
        };
    }

    private static Wrapping wrapping(String value, Place place) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "file" -> Wrapping.FILE;
            case "statement", "none" -> Wrapping.STATEMENT;
            default -> throw place.refuse("transaction=" + value, "transaction=file, =statement and =none");
        };
    }

    private static long millis(String word, Place place) {
        Matcher duration = DURATION.matcher(word.substring(word.indexOf('=') + 1));
        place.require(duration.matches(), word, "a number with ms, s, m or h behind it, such as 500ms");
        return UNITS.get(duration.group(2)).toMillis(Long.parseLong(duration.group(1)));
    }

    private record Place(String file, int line) {

        void require(boolean understood, String word, String instead) {
            if (!understood) {
                throw refuse(word, instead);
            }
        }

        RunFailed refuse(String word, String instead) {
            return RunFailed.in(
                    file,
                    0,
                    line,
                    Reason.InvalidSpec,
                    "\"" + word + "\" after dbmigration: is not understood",
                    "what is understood: " + instead);
        }
    }
}
