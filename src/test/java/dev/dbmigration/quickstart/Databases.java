package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.scenario.ClinicalNotes;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The databases and roles that manifests speak of, made on the embedded server. */
final class Databases {

    /** The database of the examples, whose drafts cannot be saved; every other one is empty. */
    static final String EXAMPLES = "ehr";

    private final Postgres postgres;
    private final Terminal terminal;

    Databases(Postgres postgres, Terminal terminal) {
        this.postgres = postgres;
        this.terminal = terminal;
    }

    /** Makes a database unless it is there. */
    void create(String name) {
        if (name == null || exists("pg_database where datname", name)) {
            return;
        }
        postgres.admin().execute("CREATE DATABASE " + quoted(name, '"'));
        if (name.equals(EXAMPLES)) {
            ClinicalNotes.create(postgres.admin().named(name));
            terminal.prepared(
                    "prepared", "database ehr: clinical_notes has 1,000 rows, and no migration table was ever here");
        } else {
            terminal.prepared("prepared", "database " + name + ", empty");
        }
    }

    /** Makes the roles that a spec and a Secret of the user's name, and the database that it names. */
    void create(Database database, Secret secret) {
        String role = value(secret, database.secretKeys().username());
        createRole(role);
        createRole(database.role());
        leaveOut(secret, database.secretKeys().uri());
        if (database.name() == null) {
            String name = value(secret, database.secretKeys().dbname());
            create(name == null ? role : name);
        }
    }

    private void createRole(String role) {
        if (role != null && !exists("pg_roles where rolname", role)) {
            // What a role may do here says nothing about the user's own server, so it may do everything.
            postgres.admin().execute("CREATE ROLE " + quoted(role, '"') + " LOGIN SUPERUSER");
            terminal.prepared("prepared", "role " + role + ", a superuser");
        }
    }

    /** Host and port are overridden in each pod, but inside a URI they would still lead to the user's own server. */
    private void leaveOut(Secret secret, String uri) {
        boolean plain = secret.getStringData() != null && secret.getStringData().remove(uri) != null;
        boolean encoded = secret.getData() != null && secret.getData().remove(uri) != null;
        if (plain || encoded) {
            String name = secret.getMetadata().getName();
            terminal.prepared("left out", "key " + uri + " of Secret " + name + ", which leads away from this machine");
        }
    }

    private boolean exists(String catalog, String name) {
        return postgres.admin().query("select 1 from " + catalog + " = " + quoted(name, '\'')) != null;
    }

    private static String quoted(String text, char quote) {
        return quote + text.replace("" + quote, "" + quote + quote) + quote;
    }

    private static String value(Secret secret, String key) {
        Map<String, String> plain = secret.getStringData();
        if (plain != null && plain.containsKey(key)) {
            return plain.get(key);
        }
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        return encoded == null ? null : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
