package dev.dbmigration.testing;

import java.util.List;

/** What the comment of an example tells an owner of the database to run first: its indented lines that end in {@code ;}. */
public final class CommentedSql {

    private CommentedSql() {}

    /** The statements in {@code example}, for {@code database} and its user instead of those that it names. */
    public static List<String> of(String example, Database database) {
        return example.lines()
                .filter(line -> line.matches("# {3}.*;"))
                .map(line -> line.substring(1)
                        .strip()
                        .replace("DATABASE ehr ", "DATABASE " + database.name() + " ")
                        .replace("ehr_user_1", database.user()))
                .toList();
    }
}
