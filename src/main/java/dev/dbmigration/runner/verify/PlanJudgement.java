package dev.dbmigration.runner.verify;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.explain.PlanNode;
import dev.dbmigration.runner.explain.QueryPlan;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Words;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A plan beside what is expected of it. */
record PlanJudgement(QueryPlan plan) {

    /** A relation and those that inherit from it, which are what a plan names. */
    private static final String FAMILY = """
            WITH RECURSIVE family (oid) AS (
                SELECT ?::pg_catalog.oid
                UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON i.inhparent = f.oid)
            SELECT c.oid, n.nspname, c.relname FROM family f
            JOIN pg_catalog.pg_class c ON c.oid = f.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace""";

    static String without(List<String> tables) {
        return "no Seq Scan on " + Words.some(tables);
    }

    Part uses(Catalogue catalogue, String index) throws SQLException {
        ObjectName name = new ObjectName(ObjectKind.INDEX, null, index);
        Optional<Located> located = name.locate(catalogue);
        List<String> used = plan.nodes().stream()
                .map(PlanNode::index)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        // Of another schema than those of the search_path it is known by its name alone.
        List<String> wanted = located.isPresent()
                ? family(catalogue, located.get()).stream().map(Located::name).toList()
                : List.of(ObjectName.spellings(index));
        Optional<String> met = used.stream().filter(wanted::contains).findFirst();
        if (met.isPresent()) {
            return new Part("index " + index, "index " + met.get(), true);
        }
        String found = used.isEmpty() ? "no index" : "index " + Words.some(used);
        return new Part("index " + index, found + why(catalogue, name, located), false);
    }

    /** Why the index cannot be used, where the catalogue knows. */
    private static String why(Catalogue catalogue, ObjectName name, Optional<Located> located) throws SQLException {
        if (located.isEmpty()) {
            return " (" + name.missingWithHint(catalogue) + ")";
        }
        String sql = "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = ?::pg_catalog.oid";
        boolean valid = catalogue
                .first(sql, row -> row.getBoolean(1), located.get().oid())
                .orElse(true);
        return valid ? "" : " (" + located.get() + " is INVALID)";
    }

    /** A table that is not there is not read either, but that would prove nothing. */
    Part notRead(Catalogue catalogue, List<String> tables) throws SQLException {
        List<String> read = new ArrayList<>();
        for (String table : tables) {
            List<Located> family = family(catalogue, located(catalogue, table));
            plan.nodes().stream()
                    .filter(PlanNode::isSequentialScan)
                    .filter(node -> family.stream().anyMatch(one -> isOf(node, one)))
                    .map(PlanNode::relation)
                    .forEach(read::add);
        }
        String expected = without(tables);
        return read.isEmpty()
                ? new Part(expected, expected, true)
                : new Part(expected, "Seq Scan on " + Words.some(read), false);
    }

    private static boolean isOf(PlanNode node, Located table) {
        return table.schema().equals(node.schema()) && table.name().equals(node.relation());
    }

    private static Located located(Catalogue catalogue, String table) throws SQLException {
        ObjectName whole = new ObjectName(ObjectKind.TABLE, null, table);
        Optional<Located> located = whole.locate(catalogue);
        int dot = table.indexOf('.');
        ObjectName name = located.isPresent() || dot < 0
                ? whole
                : new ObjectName(ObjectKind.TABLE, table.substring(0, dot), table.substring(dot + 1));
        Optional<Located> found = name.locate(catalogue);
        if (found.isEmpty()) {
            throw new SQLException(name.missingWithHint(catalogue));
        }
        refuseView(catalogue, found.get());
        return found.get();
    }

    private static void refuseView(Catalogue catalogue, Located table) throws SQLException {
        String sql = "SELECT 1 FROM pg_catalog.pg_class WHERE oid = ?::pg_catalog.oid AND relkind = 'v'";
        if (catalogue.first(sql, row -> 1, table.oid()).isPresent()) {
            throw new SQLException(table + " is a view, which no plan names; name the tables behind it");
        }
    }

    private static List<Located> family(Catalogue catalogue, Located parent) throws SQLException {
        return catalogue.all(
                FAMILY, row -> new Located(row.getLong(1), row.getString(2), row.getString(3)), parent.oid());
    }

    Part cheap(long bound, String expected) {
        return new Part(expected, "cost " + plan.cost(), plan.cost().compareTo(BigDecimal.valueOf(bound)) <= 0);
    }
}
