package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.FunctionCheck;
import dev.dbmigration.check.FunctionCheck.Volatility;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.catalogue.TypeName;
import dev.dbmigration.runner.verify.finding.Expression;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.Presence;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** A function or procedure: that it is there, its signature, its language and volatility. */
public record FunctionProbe(FunctionCheck check) implements Probe {

    private static final String SET = "SETOF ";

    private Stated<Routine> stated() {
        return new Stated<Routine>(check.exists())
                .attribute(
                        check.returns(),
                        returns(check.returns()),
                        (catalogue, routine) -> result(catalogue, routine.result()))
                .name(check.language(), "language", Routine::language)
                .same(check.volatility(), Routine::volatility, Volatility::name);
    }

    private static String returns(String type) {
        return type == null ? "returns nothing" : "returns " + type;
    }

    private Part result(Catalogue catalogue, String found) throws SQLException {
        boolean same = found != null
                && (Expression.same(check.returns(), found)
                        || canonical(catalogue, check.returns()).equals(found));
        return new Part(returns(check.returns()), returns(found), same);
    }

    /** A set of a type too; a table is no type that could be asked for. */
    private static String canonical(Catalogue catalogue, String type) throws SQLException {
        String upper = type.strip().toUpperCase(Locale.ROOT);
        if (upper.startsWith("TABLE")) {
            return type;
        }
        boolean set = upper.startsWith(SET);
        String element = set ? type.strip().substring(SET.length()) : type;
        return (set ? SET : "") + TypeName.plain(catalogue, List.of(element)).get(0);
    }

    @Override
    public String expected() {
        String arguments = check.arguments() == null ? "" : "arguments (" + String.join(", ", check.arguments()) + ")";
        return arguments.isEmpty() || !Presence.wanted(check.exists())
                ? stated().expected()
                : stated().judgesOnlyPresence() ? arguments : arguments + ", " + stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        Overloads found = Overloads.find(catalogue, check.schema(), check.name(), check.arguments());
        if (!found.meant().isEmpty()) {
            return stated().nearest(catalogue, found.meant());
        }
        // A type that is not there may be a slip of the pen: then the absence of the function proves nothing.
        boolean absent = !Presence.wanted(check.exists()) && found.unknown() == null;
        return absent
                ? Finding.of(true, expected(), found.missing(catalogue))
                : Finding.of(false, expected(), found.missingWithHint(catalogue));
    }
}
