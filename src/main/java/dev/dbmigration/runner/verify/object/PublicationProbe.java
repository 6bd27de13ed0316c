package dev.dbmigration.runner.verify.object;

import static dev.dbmigration.runner.verify.finding.Words.listed;

import dev.dbmigration.check.PublicationCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.LooseKind;
import dev.dbmigration.runner.verify.finding.LooseName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Reference;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A publication: that it is there, the tables that it publishes, and what of them. */
public record PublicationProbe(PublicationCheck check) implements Probe {

    /** So many of the tables that are not published are named. */
    private static final int NAMED = 5;

    private static final String PUBLICATION = """
            SELECT puballtables, pubinsert, pubupdate, pubdelete, pubtruncate
            FROM pg_catalog.pg_publication WHERE oid = ?::pg_catalog.oid""";

    private static final String TABLES = "SELECT t.schemaname, t.tablename, t.schemaname" + Facts.IN_PATH
            + "FROM pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_tables t ON t.pubname = p.pubname"
            + " WHERE p.oid = ?::pg_catalog.oid";

    private record Publication(Located name, boolean allTables, List<String> operations) {

        private static Publication read(Located name, ResultSet row) throws SQLException {
            List<String> operations = new ArrayList<>();
            for (PublicationCheck.Operation operation : PublicationCheck.Operation.values()) {
                if (row.getBoolean(operation.ordinal() + 2)) {
                    operations.add(operation.name());
                }
            }
            return new Publication(name, row.getBoolean(1), operations);
        }
    }

    private Stated<Publication> stated() {
        return new Stated<Publication>(check.exists())
                .attribute(
                        check.tables(),
                        tables(),
                        (catalogue, publication) -> tables(catalogue.all(
                                TABLES,
                                row -> Facts.reference(row, 1),
                                publication.name().oid())))
                .same(check.allTables(), Publication::allTables, yes -> yes ? "all tables" : "not all tables")
                .set(check.operations(), "operations", Publication::operations);
    }

    private String tables() {
        return check.tables() == null ? "" : "tables " + listed(check.tables());
    }

    private Part tables(List<Reference> published) {
        List<String> missing = check.tables().stream()
                .filter(wanted -> published.stream().noneMatch(table -> table.is(wanted)))
                .toList();
        if (missing.isEmpty()) {
            return Part.of(tables(), tables());
        }
        List<String> named = missing.subList(0, Math.min(NAMED, missing.size()));
        String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
        String all = published.isEmpty()
                ? "no tables"
                : "tables "
                        + listed(published.stream()
                                .map(Reference::toString)
                                .sorted()
                                .toList());
        return new Part(tables(), "missing " + listed(named) + more + ": " + all, false);
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        new LooseName(LooseKind.PUBLICATION, check.name()),
                        (asked, publication) ->
                                Facts.of(asked, publication, PUBLICATION, row -> Publication.read(publication, row)));
    }
}
