package dev.dbmigration.runner.verify.object;

import static dev.dbmigration.runner.verify.finding.Words.listed;

import dev.dbmigration.check.IndexCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/** An index: that it is there, its table, its key columns, whether it is unique and valid, and how it is made. */
public record IndexProbe(IndexCheck check) implements Probe {

    private Stated<Index> stated() {
        return new Stated<Index>(check.exists())
                .name(check.table(), "on", Index::table)
                .attribute(columns(), "columns " + columns(), (catalogue, index) -> columns(index.keys()))
                .same(check.unique(), Index::unique, unique -> unique ? "unique" : "not unique")
                .same(check.valid(), Index::valid, valid -> valid ? "valid" : "INVALID")
                .name(check.method(), "method", Index::method)
                .ordered(check.include(), "included columns", Index::included)
                .expression(check.predicate(), "predicate", Index::predicate);
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(catalogue, new ObjectName(ObjectKind.INDEX, check.schema(), check.name()), Index::read);
    }

    /** An index has at least one column, so an empty list can only mean that nothing is asked: null. */
    private String columns() {
        return check.columns() == null || check.columns().isEmpty() ? null : listed(check.columns());
    }

    private Part columns(List<Index.Key> keys) {
        List<String> wanted = check.columns();
        boolean same = keys.size() == wanted.size()
                && IntStream.range(0, keys.size()).allMatch(i -> keys.get(i).is(wanted.get(i)));
        String found = listed(keys.stream().map(Index.Key::toString).toList());
        return new Part("columns " + columns(), "columns " + found, same);
    }
}
