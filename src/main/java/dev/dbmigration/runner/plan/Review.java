package dev.dbmigration.runner.plan;

import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.runner.script.Token;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at statements in the order in which they would run, and says which of them keep others from a table that was
 * there before the run. Where a statement is not understood, or it is not known which table it means, nothing is said.
 * An instance looks at one run, and only asks the database.
 */
public final class Review {

    private static final Facts.Size UNKNOWN = new Facts.Size(null, null);

    private final Facts facts;
    private final Relations relations;
    private final AlterTable alterTable;
    private final Commands commands;
    private final Map<Long, Facts.Size> sizes = new HashMap<>();
    private final Locked locked = new Locked();
    private List<Warning> warnings = new ArrayList<>();
    private String file;
    private Statement current;

    public Review(Connection connection) throws SQLException {
        this.facts = new Facts(new Catalogue(connection));
        this.relations = new Relations(facts.catalogue());
        Set<String> madeTypes = new HashSet<>();
        Findings findings = new Collected();
        this.alterTable = new AlterTable(facts, relations, new Constraints(facts), madeTypes, findings);
        this.commands = new Commands(facts, relations, madeTypes, findings);
    }

    /** The next statements are of this file, in a session like new. */
    public void fileBegins(String name) throws SQLException {
        file = name;
        relations.fileBegins();
    }

    /** The next statements are one transaction, until this is called again. */
    public void transactionBegins() {
        locked.clear();
    }

    /** What others would notice of this statement, in no particular order. */
    public List<Warning> look(Statement statement) throws SQLException {
        warnings = new ArrayList<>();
        current = statement;
        StatementWords words = StatementWords.of(statement.text());
        Cursor cursor = new Cursor(words);
        if (cursor.take("ALTER", "TABLE")) {
            alterTable.look(cursor);
        } else if (cursor.take("CREATE")) {
            commands.create(cursor);
        } else if (cursor.take("DROP")) {
            commands.drop(cursor);
        } else if (cursor.take("TRUNCATE")) {
            commands.truncate(cursor);
        } else if (cursor.take("LOCK")) {
            commands.lock(cursor);
        } else if (cursor.take("VACUUM")) {
            commands.vacuum(cursor);
        } else if (cursor.take("CLUSTER")) {
            commands.cluster(cursor);
        } else {
            setting(words, cursor);
        }
        return warnings;
    }

    private void setting(StatementWords words, Cursor cursor) throws SQLException {
        if (cursor.take("SET")) {
            cursor.take("SESSION");
            if (cursor.take("search_path") && (cursor.take("TO") || cursor.takeSign("="))) {
                path(cursor.rest());
            } else if (words.contain("search_path") || words.contain("ROLE") || words.contain("AUTHORIZATION")) {
                relations.pathIsUnknown();
            }
        } else if (words.begin("RESET") || words.begin("DISCARD", "ALL") || words.contain("set_config")) {
            relations.pathIsUnknown();
        }
    }

    private void path(StatementWords list) throws SQLException {
        List<String> schemas = new ArrayList<>();
        for (Token token : list.tokens()) {
            String word = token.in(list.text());
            if (token.kind() == Token.Kind.STRING) {
                schemas.add(word.substring(1, word.length() - 1).replace("''", "'"));
            } else if (token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_NAME) {
                schemas.add(Name.plain(word));
            }
        }
        if (list.begin("DEFAULT")) {
            relations.pathIsUnknown();
        } else {
            relations.pathIs(schemas);
        }
    }

    private Facts.Size size(Relation relation) throws SQLException {
        if (relation == null || !relation.holdsRows()) {
            return UNKNOWN;
        }
        Facts.Size known = sizes.get(relation.oid());
        if (known == null) {
            known = facts.size(relation);
            sizes.put(relation.oid(), known);
        }
        return known;
    }

    /** Into warnings that name the current statement. */
    private final class Collected implements Findings {

        @Override
        public void hazard(Hazard hazard, Relation relation, String more) throws SQLException {
            Facts.Size size = size(relation);
            add(new Warning(
                    file,
                    current.ordinal(),
                    current.line(),
                    hazard.what() + more,
                    hazard.name(),
                    relation == null ? null : relation.described(),
                    size.rows(),
                    size.bytes(),
                    hazard.instead(relation != null && relation.isPartitioned())));
        }

        /** Two actions of one statement may do the same. */
        private void add(Warning warning) {
            if (!warnings.contains(warning)) {
                warnings.add(warning);
            }
        }

        @Override
        public void exclusive(Relation relation) throws SQLException {
            String first = locked.add(relation, file + " line " + current.line());
            if (first != null) {
                hazard(Hazard.TwoExclusiveLocks, relation, "; " + first);
            }
        }
    }
}
