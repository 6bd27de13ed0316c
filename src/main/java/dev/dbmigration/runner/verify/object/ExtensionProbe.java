package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.ExtensionCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.LooseKind;
import dev.dbmigration.runner.verify.finding.LooseName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Sought;
import dev.dbmigration.runner.verify.finding.Stated;
import java.sql.SQLException;
import java.util.Optional;

/** An extension: that it is there, its version, its schema. */
public record ExtensionProbe(ExtensionCheck check) implements Probe {

    private static final String EXTENSION = """
            SELECT e.extversion, n.nspname
            FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            WHERE e.oid = ?::pg_catalog.oid""";

    private record Extension(String version, String schema) {}

    /** Where it is not there, whether the server could create it. */
    private record Installable(LooseName name) implements Sought {

        private static final String AVAILABLE =
                "SELECT default_version FROM pg_catalog.pg_available_extensions WHERE name = ?";

        @Override
        public Optional<Located> locate(Catalogue catalogue) throws SQLException {
            return name.locate(catalogue);
        }

        @Override
        public String missing(Catalogue catalogue) {
            return name.missing(catalogue);
        }

        @Override
        public String missingWithHint(Catalogue catalogue) throws SQLException {
            Optional<String> version = catalogue.first(AVAILABLE, row -> row.getString(1), name.name());
            return version.isPresent()
                    ? missing(catalogue) + "; the server has version " + version.get() + " for CREATE EXTENSION"
                    : name.missingWithHint(catalogue) + "; the server's files do not hold it either";
        }

        @Override
        public String described(Located object) {
            return name.described(object);
        }
    }

    private Stated<Extension> stated() {
        return new Stated<Extension>(check.exists())
                .attribute(
                        check.minVersion(),
                        "version " + check.minVersion() + " or later",
                        (catalogue, extension) -> version(extension.version()))
                .name(check.schema(), "schema", Extension::schema);
    }

    private Part version(String found) {
        boolean met = VersionOrder.INSTANCE.compare(found, check.minVersion()) >= 0;
        return new Part("version " + check.minVersion() + " or later", "version " + found, met);
    }

    @Override
    public String expected() {
        return stated().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        return stated().judge(
                        catalogue,
                        new Installable(new LooseName(LooseKind.EXTENSION, check.name())),
                        (asked, extension) -> Facts.of(
                                asked, extension, EXTENSION, row -> new Extension(row.getString(1), row.getString(2))));
    }
}
