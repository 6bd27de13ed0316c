package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.DomainCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Printed;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A domain: that it is there, what it is made of, and what it accepts. */
public record DomainProbe(DomainCheck check) implements Probe {

    private static final String DOMAIN = """
            SELECT pg_catalog.format_type(t.typbasetype, t.typtypmod), NOT t.typnotnull,
                   pg_catalog.pg_get_expr(t.typdefaultbin, 0),
                   ARRAY(SELECT pg_catalog.pg_get_expr(c.conbin, 0) FROM pg_catalog.pg_constraint c
                         WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname),
                   ARRAY(SELECT pg_catalog.pg_get_expr(c.conbin, 0, true) FROM pg_catalog.pg_constraint c
                         WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname)
            FROM pg_catalog.pg_type t WHERE t.oid = ?::pg_catalog.oid""";

    private record Domain(String type, boolean nullable, Printed defaultValue, List<Printed> conditions) {

        private static Domain read(ResultSet row) throws SQLException {
            List<String> full = Catalogue.texts(row, 4);
            List<String> pretty = Catalogue.texts(row, 5);
            List<Printed> conditions = IntStream.range(0, full.size())
                    .mapToObj(i -> Printed.of(full.get(i), pretty.get(i)))
                    .toList();
            return new Domain(row.getString(1), row.getBoolean(2), Printed.of(row.getString(3), null), conditions);
        }
    }

    private Stated<Domain> stated() {
        return new Stated<Domain>(check.exists())
                .type(check.type(), Domain::type)
                .same(check.nullable(), Domain::nullable, yes -> yes ? "nullable" : "NOT NULL")
                .expression(check.defaultValue(), "default", Domain::defaultValue)
                .attribute(check.expression(), condition(), (catalogue, domain) -> condition(domain.conditions()));
    }

    private String condition() {
        return "check " + check.expression();
    }

    private Part condition(List<Printed> conditions) {
        String found = conditions.isEmpty()
                ? "no check"
                : conditions.stream().map(one -> "check " + one).collect(Collectors.joining("; "));
        return new Part(condition(), found, conditions.stream().anyMatch(one -> one.is(check.expression())));
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        new ObjectName(ObjectKind.DOMAIN, check.schema(), check.name()),
                        (asked, domain) -> Facts.of(asked, domain, DOMAIN, Domain::read));
    }
}
