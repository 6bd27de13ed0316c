package dev.dbmigration.runner.script;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment by which a migration tool divides a file into its way up and its way down. What each tool takes for one is
 * as its own parser has it: dbmate's {@code pkg/dbmate/migration.go}, goose's {@code internal/sqlparser}, sql-migrate's
 * {@code sqlparse}.
 *
 * @param tool whose it is
 * @param kind what it does
 * @param transaction whether it asks for one; null: it does not say
 * @param text as it stands in the file, without blanks around it
 */
record Marker(Tool tool, Kind kind, FileOptions.Wrapping transaction, String text) {

    /** Whose markers are read. */
    enum Tool {
        DBMATE("dbmate", "-- migrate:up (also with transaction:false behind it) and -- migrate:down"),
        GOOSE("goose", "-- +goose Up, Down, StatementBegin, StatementEnd and NO TRANSACTION"),
        SQL_MIGRATE("sql-migrate", "-- +migrate Up, Down (both also with notransaction), StatementBegin, StatementEnd"),
        OTHER("another tool", "the markers of dbmate, goose and sql-migrate");

        private final String name;
        private final String known;

        Tool(String name, String known) {
            this.name = name;
            this.known = known;
        }

        /** Its markers that are understood. */
        String known() {
            return known;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What it does. */
    enum Kind {
        UP,
        DOWN,
        STATEMENT_BEGIN,
        STATEMENT_END,
        /** The whole file, whichever section it stands in. */
        NO_TRANSACTION,
        /** It looks like one, and its tool would not take it for one that we know. */
        UNKNOWN
    }

    /** Whatever a person may have meant as a marker; a comment such as {@code -- migrate: copy rows} is none. */
    private static final Pattern LIKE_ONE =
            Pattern.compile("(?is)\\s*--\\s*(?:(migrate:(?:\\s*(?:up|down)\\b|\\S).*)|(\\+goose\\b.*)|(\\+migrate\\b.*)"
                    // MyBatis Migrations, and tern.
                    + "|(//\\s*@undo\\b.*|--\\s*create above\\s*/\\s*drop below\\b.*))");

    private static final List<Tool> GROUPS = List.of(Tool.DBMATE, Tool.GOOSE, Tool.SQL_MIGRATE, Tool.OTHER);

    private static final Pattern DBMATE = Pattern.compile("(?s)--\\s*migrate:(up|down)(?:\\s+(.*))?");
    private static final Pattern GOOSE = Pattern.compile("(?is)--\\s*\\+goose\\s+(.*)");
    private static final Pattern SQL_MIGRATE = Pattern.compile("(?s)-- \\+migrate (.*)");

    /** The marker that a line is, of whatever kind; null: it is none. */
    static Marker of(String line) {
        Matcher like = LIKE_ONE.matcher(line);
        if (!like.matches()) {
            return null;
        }
        int group = 1;
        while (like.group(group) == null) {
            group++;
        }
        Tool tool = GROUPS.get(group - 1);
        Marker known = switch (tool) {
            case DBMATE -> dbmate(line.stripTrailing());
            case GOOSE -> goose(line.stripTrailing());
            case SQL_MIGRATE -> sqlMigrate(line.stripTrailing());
            case OTHER -> null;
        };
        return known != null ? known : new Marker(tool, Kind.UNKNOWN, null, line.strip());
    }

    private static Marker dbmate(String line) {
        Matcher marker = DBMATE.matcher(line);
        if (!marker.matches()) {
            return null;
        }
        boolean up = marker.group(1).equals("up");
        FileOptions.Wrapping transaction = null;
        for (String word : Objects.requireNonNullElse(marker.group(2), "").split("\\s+")) {
            if (word.equals("transaction:false")) {
                transaction = FileOptions.Wrapping.STATEMENT;
            } else if (word.equals("transaction:true")) {
                transaction = FileOptions.Wrapping.FILE;
            } else if (up && word.contains(":")) {
                return null;
            }
        }
        return new Marker(Tool.DBMATE, up ? Kind.UP : Kind.DOWN, transaction, line);
    }

    private static Marker goose(String line) {
        Matcher marker = GOOSE.matcher(line);
        if (!marker.matches()) {
            return null;
        }
        String words = String.join(" ", marker.group(1).split("\\s+"));
        Kind kind = words.equalsIgnoreCase("NO TRANSACTION") ? Kind.NO_TRANSACTION : kind(words);
        return kind == null ? null : new Marker(Tool.GOOSE, kind, wrapping(kind == Kind.NO_TRANSACTION), line);
    }

    private static Marker sqlMigrate(String line) {
        Matcher marker = SQL_MIGRATE.matcher(line);
        if (!marker.matches()) {
            return null;
        }
        List<String> words = List.of(marker.group(1).strip().split("\\s+"));
        Kind kind = switch (words.get(0)) {
            case "Up", "Down", "StatementBegin", "StatementEnd" -> kind(words.get(0));
            default -> null;
        };
        boolean known = kind != null && words.stream().skip(1).allMatch("notransaction"::equals);
        return known ? new Marker(Tool.SQL_MIGRATE, kind, wrapping(words.size() > 1), line) : null;
    }

    private static FileOptions.Wrapping wrapping(boolean none) {
        return none ? FileOptions.Wrapping.STATEMENT : null;
    }

    private static Kind kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "up" -> Kind.UP;
            case "down" -> Kind.DOWN;
            case "statementbegin" -> Kind.STATEMENT_BEGIN;
            case "statementend" -> Kind.STATEMENT_END;
            default -> null;
        };
    }
}
