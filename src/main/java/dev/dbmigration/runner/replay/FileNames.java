package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.StatementWords;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What files make by plain statements that would fail where it is there before them.
 *
 * @param roles they create
 * @param extensions they create
 * @param schemas they create
 */
record FileNames(Set<String> roles, Set<String> extensions, Set<String> schemas) {

    private static final List<String> OF_THE_CLUSTER =
            List.of("DATABASE", "TABLESPACE", "SUBSCRIPTION", "ROLE", "USER", "GROUP", "SYSTEM");

    static FileNames of(List<MigrationFile> files) {
        Set<String> roles = new HashSet<>();
        Set<String> extensions = new HashSet<>();
        Set<String> schemas = new HashSet<>();
        files.stream()
                .flatMap(file -> file.statements().stream())
                .filter(statement -> statement.keyword().equals("CREATE"))
                .map(statement -> StatementWords.of(statement.text()))
                .forEach(words -> {
                    if (words.hasAt(1, "SCHEMA")) {
                        schemas.add(StatementNames.plain(words.nameAt(words.hasAt(2, "IF") ? 5 : 2)));
                    } else if (words.hasAt(1, "EXTENSION")) {
                        extensions.add(StatementNames.plain(words.nameAt(words.hasAt(2, "IF") ? 5 : 2)));
                    } else if (words.hasAt(1, "ROLE") || words.hasAt(1, "USER") || words.hasAt(1, "GROUP")) {
                        roles.add(StatementNames.plain(words.nameAt(2)));
                    }
                });
        return new FileNames(roles, extensions, schemas);
    }

    /** The first statement that acts on the whole cluster, as file and line; empty: there is none. */
    static Optional<String> actingOnCluster(List<MigrationFile> files) {
        return files.stream()
                .flatMap(file -> file.statements().stream()
                        .filter(FileNames::actsOnCluster)
                        .map(statement -> file.name() + " line " + statement.line()))
                .findFirst();
    }

    private static boolean actsOnCluster(Statement statement) {
        StatementWords words = StatementWords.of(statement.text());
        boolean makes = words.begin("CREATE") || words.begin("ALTER") || words.begin("DROP");
        boolean calls = words.contain("dblink") || words.contain("dblink_exec") || words.contain("dblink_connect");
        return calls || makes && OF_THE_CLUSTER.stream().anyMatch(what -> words.hasAt(1, what));
    }
}
