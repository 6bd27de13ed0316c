package dev.dbmigration.runner.schema;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what a database consists of, each object with a definition that is the same text wherever the object is the
 * same: with an empty search_path, one time zone and one style of dates. In a transaction of the caller's, whose
 * settings it leaves changed.
 */
public final class SchemaReader {

    private static final String SETTINGS = Stream.of(
                    "search_path=",
                    "TimeZone=UTC",
                    "DateStyle=ISO",
                    "IntervalStyle=postgres",
                    "extra_float_digits=1",
                    "bytea_output=hex",
                    "quote_all_identifiers=off")
            .map(setting -> setting.split("=", -1))
            .map(pair -> "set_config('%s', '%s', true)".formatted(pair[0], pair[1]))
            .reduce((one, other) -> one + ", " + other)
            .map(calls -> "SELECT " + calls)
            .orElseThrow();

    private static final Pattern ROLE =
            Pattern.compile(SchemaQuery.ROLE_MARK + "([^" + SchemaQuery.ROLE_MARK + "]*)" + SchemaQuery.ROLE_MARK);

    private final Catalogue catalogue;
    private final Map<String, String> roles;

    /**
     * A reader of the database of {@code catalogue}.
     *
     * @param roles names that stand for others, such as that of who has replayed the files for their owner's
     */
    public SchemaReader(Catalogue catalogue, Map<String, String> roles) {
        this.catalogue = catalogue;
        this.roles = Map.copyOf(roles);
    }

    /** All of it, but for what the system and extensions have made. */
    public Schema all() throws SQLException {
        List<SchemaQuery> queries = Stream.of(RelationQueries.all(), ObjectQueries.all(), RightQueries.all())
                .flatMap(List::stream)
                .toList();
        return read(queries, "true", SchemaQuery.USERS);
    }

    /** One relation with its columns, constraints and indexes, or one sequence, in whatever schema. */
    public Schema relation(long oid) throws SQLException {
        return read(
                List.of(
                        RelationQueries.RELATIONS,
                        RelationQueries.COLUMNS,
                        RelationQueries.CONSTRAINTS,
                        RelationQueries.INDEXES,
                        RelationQueries.SEQUENCES),
                "c.oid = " + oid,
                "true");
    }

    /** One index. */
    public Schema index(long oid) throws SQLException {
        return read(List.of(RelationQueries.INDEXES), "x.oid = " + oid, "true");
    }

    private Schema read(List<SchemaQuery> queries, String condition, String schemas) throws SQLException {
        catalogue.all(SETTINGS, row -> null);
        List<SchemaObject> objects = new ArrayList<>();
        for (SchemaQuery query : queries) {
            objects.addAll(catalogue.all(query.where(condition, schemas), this::object));
        }
        return Schema.of(objects);
    }

    private SchemaObject object(ResultSet row) throws SQLException {
        return new SchemaObject(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                named(row.getString(4)),
                named(String.valueOf(row.getString(5))),
                named(row.getString(6)),
                row.getBoolean(7));
    }

    private String named(String text) {
        return text == null
                ? null
                : ROLE.matcher(text)
                        .replaceAll(
                                found -> Matcher.quoteReplacement(roles.getOrDefault(found.group(1), found.group(1))));
    }
}
