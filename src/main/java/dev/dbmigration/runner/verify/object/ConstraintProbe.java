package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.ConstraintCheck;
import dev.dbmigration.check.ConstraintCheck.Action;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.PartKind;
import dev.dbmigration.runner.verify.finding.PartName;
import dev.dbmigration.runner.verify.finding.Presence;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A constraint: that it is there, by name or by what it is, and whether it holds. */
public record ConstraintProbe(ConstraintCheck check) implements Probe {

    private Stated<Constraint> stated(Boolean exists) {
        return new Stated<Constraint>(exists)
                .same(check.type(), Constraint::type, Constraint::noun)
                .ordered(check.columns(), "columns", Constraint::columns)
                .reference(check.references(), "references", one -> one.key().table())
                .ordered(
                        check.referencedColumns(),
                        "referenced columns",
                        one -> one.key().columns())
                .same(check.onDelete(), one -> one.key().onDelete(), action -> "on delete " + words(action))
                .same(check.onUpdate(), one -> one.key().onUpdate(), action -> "on update " + words(action))
                .expression(check.expression(), "expression", Constraint::expression)
                .expression(check.definition(), "definition", Constraint::definition)
                .same(check.validated(), Constraint::validated, yes -> yes ? "validated" : "NOT VALID")
                .same(check.enforced(), Constraint::enforced, yes -> yes ? "enforced" : "NOT ENFORCED");
    }

    private static String words(Action action) {
        return action == null ? "nothing" : action.name();
    }

    @Override
    public String expected() {
        return stated(check.exists()).expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        ObjectName name = new ObjectName(ObjectKind.TABLE, check.schema(), check.table());
        Optional<Located> table = name.locate(catalogue);
        if (table.isEmpty()) {
            return Finding.of(false, expected(), name.missingWithHint(catalogue));
        }
        List<Constraint> meant = meant(catalogue, Constraint.of(catalogue, table.get()));
        return meant.isEmpty()
                ? missing(catalogue, table.get())
                : stated(check.exists()).nearest(catalogue, meant);
    }

    private List<Constraint> meant(Catalogue catalogue, List<Constraint> all) throws SQLException {
        if (check.name() != null) {
            return all.stream()
                    .filter(one -> one.name().equals(check.name()))
                    .findFirst()
                    .or(() -> all.stream()
                            .filter(one -> one.name().equals(ObjectName.folded(check.name())))
                            .findFirst())
                    .stream()
                    .toList();
        }
        List<Constraint> ofType =
                all.stream().filter(one -> one.type() == check.type()).toList();
        return Presence.wanted(check.exists()) ? ofType : likeTheRest(catalogue, ofType);
    }

    /** None shall be there that is all that is stated; one that is otherwise may. */
    private List<Constraint> likeTheRest(Catalogue catalogue, List<Constraint> constraints) throws SQLException {
        List<Constraint> like = new ArrayList<>();
        for (Constraint constraint : constraints) {
            if (stated(true).compared(catalogue, constraint).met()) {
                like.add(constraint);
            }
        }
        return like;
    }

    private Finding missing(Catalogue catalogue, Located table) throws SQLException {
        if (check.name() != null) {
            PartName name = PartName.of(PartKind.CONSTRAINT, check.schema(), check.table(), check.name());
            return Presence.missing(check.exists(), expected(), name, catalogue);
        }
        boolean wanted = Presence.wanted(check.exists());
        String like = wanted ? "" : " of that kind";
        return Finding.of(!wanted, expected(), "no " + Constraint.noun(check.type()) + like + " on table " + table);
    }
}
