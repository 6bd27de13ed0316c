package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.PolicyCheck;
import dev.dbmigration.check.PolicyCheck.Command;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.PartKind;
import dev.dbmigration.runner.verify.finding.PartName;
import dev.dbmigration.runner.verify.finding.Printed;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row security policy: that it is there, its command, roles and expressions. */
public record PolicyProbe(PolicyCheck check) implements Probe {

    private static final String POLICY = """
            SELECT p.polcmd, p.polpermissive,
                   ARRAY(SELECT CASE WHEN r.role = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(r.role)::text END
                         FROM pg_catalog.unnest(p.polroles) AS r (role) ORDER BY 1),
                   pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polqual, p.polrelid, true),
                   pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),
                   pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true)
            FROM pg_catalog.pg_policy p WHERE p.oid = ?::pg_catalog.oid""";

    /** See https://www.postgresql.org/docs/current/catalog-pg-policy.html, polcmd. */
    private static final Map<String, Command> COMMANDS = Map.of(
            "*", Command.All, "r", Command.Select, "a", Command.Insert, "w", Command.Update, "d", Command.Delete);

    private record Policy(Command command, boolean permissive, List<String> roles, Printed using, Printed withCheck) {

        private static Policy read(ResultSet row) throws SQLException {
            return new Policy(
                    COMMANDS.get(row.getString(1)),
                    row.getBoolean(2),
                    Catalogue.texts(row, 3),
                    Facts.printed(row, 4),
                    Facts.printed(row, 6));
        }
    }

    private Stated<Policy> stated() {
        return new Stated<Policy>(check.exists())
                .same(
                        check.command(),
                        Policy::command,
                        command -> "for " + command.name().toUpperCase(Locale.ROOT))
                .same(check.permissive(), Policy::permissive, yes -> yes ? "permissive" : "restrictive")
                .exactly(check.roles(), "roles", Policy::roles)
                .expression(check.using(), "USING", Policy::using)
                .expression(check.withCheck(), "WITH CHECK", Policy::withCheck);
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        PartName.of(PartKind.POLICY, check.schema(), check.table(), check.name()),
                        (asked, policy) -> Facts.of(asked, policy, POLICY, Policy::read));
    }
}
