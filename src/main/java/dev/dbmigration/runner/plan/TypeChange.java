package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.catalogue.TypeName;
import dev.dbmigration.runner.plan.Facts.Column;
import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.runner.script.Token;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether {@code ALTER COLUMN … TYPE} writes the table anew. It does not where each value is one of the new type as it
 * lies there: PostgreSQL's {@code ATColumnChangeRequiresRewrite}, and the support functions of its length coercions.
 */
final class TypeChange {

    private static final Pattern TYPE = Pattern.compile("([^(]+)\\((\\d+)(?:,(-?\\d+))?\\)(.*)");

    /** Types whose modifier is a length that may grow, or go. */
    private static final Set<String> GROWING = Set.of("character varying", "bit varying");

    private static final Set<String> TIMES = Set.of(
            "timestamp without time zone", "timestamp with time zone", "time without time zone", "time with time zone");

    private static final int FULL_PRECISION = 6;

    private static final Set<String> UTC = Set.of("utc", "etc/utc", "gmt", "etc/gmt", "zulu", "universal", "etc/zulu");

    /** A type's name without its modifier; {@code first} and {@code second} are null where it has none. */
    private record Spelled(String base, Integer first, Integer second) {

        static Spelled of(String type) {
            Matcher parts = TYPE.matcher(type);
            if (!parts.matches()) {
                return new Spelled(type, null, null);
            }
            Integer second = parts.group(3) == null ? null : Integer.valueOf(parts.group(3));
            return new Spelled(parts.group(1) + parts.group(4), Integer.valueOf(parts.group(2)), second);
        }
    }

    private final Facts facts;

    TypeChange(Facts facts) {
        this.facts = facts;
    }

    /**
     * Empty: not known.
     *
     * @param name of the column
     * @param clause what stands behind TYPE
     * @param made names of types that the run has made before
     */
    Optional<Boolean> rewrites(String name, Column column, StatementWords clause, Set<String> made)
            throws SQLException {
        int using = clause.outermost().indexOf("USING");
        List<Token> type = tokensUpTo(clause, "USING", "COLLATE");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        String text = clause.text()
                .substring(type.get(0).start(), type.get(type.size() - 1).end());
        Token last = type.get(type.size() - 1);
        if (made.contains(Name.plain(last.in(clause.text())))) {
            return Optional.of(true);
        }
        Optional<Boolean> byType = rewrites(column, text);
        if (using < 0 || byType.equals(Optional.of(true))) {
            return byType;
        }
        return computes(name, clause) ? Optional.of(true) : byType;
    }

    private static List<Token> tokensUpTo(StatementWords clause, String... ends) {
        List<Token> tokens = clause.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            int index = i;
            if (Arrays.stream(ends).anyMatch(end -> clause.hasAt(index, end))) {
                return tokens.subList(0, i);
            }
        }
        return tokens;
    }

    /** Whether what stands behind USING calls a function or an operator, and is more than a chain of casts. */
    private static boolean computes(String column, StatementWords clause) {
        int using = clause.indexOf("USING");
        List<Token> expression = clause.tokens().subList(using + 1, clause.size());
        boolean known = expression.stream()
                .anyMatch(token -> Name.plain(token.in(clause.text())).equals(column));
        boolean plain = expression.stream().allMatch(token -> switch (token.kind()) {
            case WORD, QUOTED_NAME, OPEN, CLOSE, NUMBER -> true;
            default -> ":.,[]".contains(token.in(clause.text()));
        });
        return known && (!plain || callsFunction(clause, using + 1));
    }

    /** A name with parentheses behind it, and not behind a type; {@code start} is where the expression begins. */
    private static boolean callsFunction(StatementWords clause, int start) {
        for (int i = start; i + 1 < clause.size(); i++) {
            boolean begins = i == start || clause.tokens().get(i - 1).kind() == Token.Kind.OPEN;
            boolean called = clause.tokens().get(i + 1).kind() == Token.Kind.OPEN;
            if (begins && called && clause.tokens().get(i).kind() == Token.Kind.WORD && !clause.hasAt(i, "CAST")) {
                return true;
            }
        }
        return false;
    }

    private Optional<Boolean> rewrites(Column column, String text) throws SQLException {
        Optional<String> canonical;
        try {
            canonical = TypeName.canonical(facts.catalogue(), text);
        } catch (SQLException e) {
            // The server does not read it as a type; what it says of that comes when it is run.
            return Optional.empty();
        }
        if (canonical.isEmpty() || column.domain() || facts.isDomain(text)) {
            return Optional.empty();
        }
        Spelled from = Spelled.of(column.type());
        Spelled to = Spelled.of(canonical.get());
        if (from.equals(to)) {
            return Optional.of(false);
        }
        if (from.base().endsWith("[]") || to.base().endsWith("[]")) {
            return Optional.empty();
        }
        return from.base().equals(to.base()) ? byModifier(from, to) : byCast(column, from, to);
    }

    private static Optional<Boolean> byModifier(Spelled from, Spelled to) {
        if (GROWING.contains(from.base())) {
            return Optional.of(to.first() != null && (from.first() == null || to.first() < from.first()));
        }
        if (from.base().equals("numeric")) {
            return Optional.of(to.first() != null
                    && (from.first() == null || scale(to) != scale(from) || to.first() < from.first()));
        }
        if (TIMES.contains(from.base())) {
            return Optional.of(precision(to) < precision(from));
        }
        boolean fixed = from.base().equals("character") || from.base().equals("bit");
        return fixed ? Optional.of(true) : Optional.empty();
    }

    private static int scale(Spelled numeric) {
        return numeric.second() == null ? 0 : numeric.second();
    }

    private static int precision(Spelled time) {
        return time.first() == null ? FULL_PRECISION : time.first();
    }

    private Optional<Boolean> byCast(Column column, Spelled from, Spelled to) throws SQLException {
        boolean stamps = from.base().startsWith("timestamp ") && to.base().startsWith("timestamp ");
        if (stamps && UTC.contains(facts.setting("TimeZone").toLowerCase(Locale.ROOT))) {
            return Optional.of(precision(to) < precision(from));
        }
        boolean asItIs = "b".equals(facts.castMethod(column.typeOid(), to.base()));
        return Optional.of(!asItIs || to.first() != null);
    }
}
