package dev.dbmigration.runner.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.snapshot.Question.About;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.LooseKind;
import dev.dbmigration.runner.verify.finding.LooseName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what checks can say of a database: of the user's objects alone. What came with an extension is the extension's,
 * a partition is like its table, and the ledger is ours.
 */
final class Inventory {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    // The ledger, by columns that no other tool's table has together, in whichever schema it is kept.
    private static final String LEDGER = """
            (SELECT pg_catalog.string_agg(a.attname, ' ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attname IN ('scope', 'version', 'checksum', 'statement', 'hash', 'begun',
                'resource_kind', 'resource_namespace', 'resource_name'))
            IN ('scope version checksum resource_kind resource_namespace resource_name', 'scope version statement hash begun')
            AND c.relname IN ('migrations', 'steps')""";

    private static final String RELATIONS =
            """
            SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition AND NOT\s""" + "coalesce(" + LEDGER + ", false) AND " + Question.own("pg_class", "c.oid");

    // A schema that holds the ledger and nothing else is ours as well.
    private static final String SCHEMAS = """
            SELECT n.nspname FROM pg_catalog.pg_namespace n
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT (
              EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND\s""" + LEDGER + """
            ) AND NOT EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.pronamespace = n.oid)
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid AND t.typtype IN ('e', 'd'))
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid
                              AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND NOT coalesce(""" + LEDGER + """
            , false)))
            ORDER BY 1""";

    private final Catalogue catalogue;

    /** In the transaction that is open on the catalogue's connection. */
    Inventory(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Of these schemas, or of all of the user's where none is named; kind by kind, in the order of their names.
     *
     * @throws RunFailed where one that is named is not there
     */
    List<Draft> read(List<String> named) throws SQLException {
        String[] schemas = (named.isEmpty() ? users() : located(named)).toArray(String[]::new);
        String[] relations = catalogue
                .all(RELATIONS, row -> row.getString(1), (Object) schemas)
                .toArray(String[]::new);
        List<Draft> drafts = new ArrayList<>();
        List<Question> all = Stream.of(SchemaQuestions.BEFORE, TableQuestions.ALL, SchemaQuestions.BEHIND)
                .flatMap(List::stream)
                .toList();
        for (Question question : all) {
            String[] about = question.about() == About.SCHEMAS ? schemas : relations;
            drafts.addAll(catalogue.all(question.sql(), row -> draft(question.kind(), row), (Object) about));
        }
        return drafts;
    }

    private List<String> users() throws SQLException {
        return catalogue.all(SCHEMAS, row -> row.getString(1));
    }

    private List<String> located(List<String> named) throws SQLException {
        List<String> names = new ArrayList<>();
        for (String name : named) {
            LooseName schema = new LooseName(LooseKind.SCHEMA, name);
            Optional<Located> found = schema.locate(catalogue);
            if (found.isEmpty()) {
                throw RunFailed.because(Reason.UndefinedObject, schema.missingWithHint(catalogue));
            }
            names.add(found.get().name());
        }
        return names;
    }

    private static Draft draft(String kind, ResultSet row) throws SQLException {
        String label = kind + " " + row.getString(3);
        List<String> notes = Stream.ofNullable(row.getString(5))
                .map(note -> label + ": " + note)
                .toList();
        return new Draft(row.getString(1), row.getString(2), label, kind, object(row.getString(4)), notes);
    }

    private static ObjectNode object(String json) throws SQLException {
        try {
            return json == null ? null : (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SQLException("the catalogue's answer is not JSON", e);
        }
    }
}
