package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.PrivilegeCheck;
import dev.dbmigration.check.PrivilegeCheck.Scope;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.LooseKind;
import dev.dbmigration.runner.verify.finding.LooseName;
import dev.dbmigration.runner.verify.finding.Probe;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a role may do: by any way, or because it was granted to the role itself. */
public record PrivilegeProbe(PrivilegeCheck check) implements Probe {

    /** Stands for everybody; as a grantee the server writes it as role 0. */
    private static final String PUBLIC = "public";

    /** What a role may do by one privilege. */
    private record Held(String privilege, boolean effective, boolean direct) {}

    @Override
    public String expected() {
        String privileges = String.join(", ", names());
        return (granted() ? "" : "none of ") + privileges + (direct() ? " granted directly" : "") + " to "
                + check.role();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        Located role = role(catalogue);
        Grantable object = Grantable.of(check, catalogue);
        List<Held> held = held(catalogue, role, object);
        List<String> wrong = held.stream()
                .filter(one -> (direct() ? one.direct() : one.effective()) != granted())
                .map(this::words)
                .toList();
        String on = " on " + object.described();
        return wrong.isEmpty()
                ? Finding.of(true, expected() + on, expected() + on)
                : Finding.of(false, expected() + on, String.join(", ", wrong));
    }

    private String words(Held held) {
        if (granted()) {
            return held.effective()
                    ? held.privilege() + " held, but not granted directly"
                    : held.privilege() + " not granted";
        }
        return held.privilege() + (held.direct() ? " granted directly" : " held by membership, ownership or public");
    }

    private Located role(Catalogue catalogue) throws SQLException {
        LooseName name = new LooseName(LooseKind.ROLE, check.role());
        Optional<Located> role = PUBLIC.equalsIgnoreCase(check.role())
                ? Optional.of(new Located(0, null, PUBLIC))
                : name.locate(catalogue);
        if (role.isEmpty()) {
            throw new SQLException(name.missingWithHint(catalogue));
        }
        return role.get();
    }

    private List<Held> held(Catalogue catalogue, Located role, Grantable object) throws SQLException {
        String sql = """
                SELECT p.name, %s,
                       EXISTS (SELECT FROM pg_catalog.aclexplode(%s) AS g
                               WHERE g.grantee = r.oid AND g.privilege_type = p.name)
                FROM %s o, pg_catalog.unnest(?::pg_catalog.text[]) WITH ORDINALITY AS p (name, n), (SELECT ?::pg_catalog.oid AS oid) r
                WHERE o.oid = ?::pg_catalog.oid ORDER BY p.n""".formatted(object.effective(), object.acl(), object.catalogue());
        return catalogue.all(
                sql,
                row -> new Held(row.getString(1), row.getBoolean(2), row.getBoolean(3)),
                names().toArray(String[]::new),
                role.oid(),
                object.object().oid());
    }

    private List<String> names() {
        return check.privileges().stream()
                .map(privilege -> privilege.name().toUpperCase(Locale.ROOT))
                .toList();
    }

    private boolean granted() {
        return check.granted() == null || check.granted();
    }

    private boolean direct() {
        return check.scope() == Scope.Direct;
    }
}
