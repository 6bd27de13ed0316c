package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.SequenceCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.SQLException;

/** A sequence: that it is there, its type, the column that owns it, and whether it lies ahead of what it fills. */
public record SequenceProbe(SequenceCheck check) implements Probe {

    private Stated<Sequence> stated() {
        return new Stated<Sequence>(check.exists())
                .type(check.type(), Sequence::type)
                .reference(check.ownedBy(), "owner", Sequence::owner)
                .attribute(
                        check.ahead(),
                        Ahead.words(check.ahead()),
                        (catalogue, sequence) -> Ahead.look(catalogue, sequence, check.ahead()));
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue, new ObjectName(ObjectKind.SEQUENCE, check.schema(), check.name()), Sequence::read);
    }
}
