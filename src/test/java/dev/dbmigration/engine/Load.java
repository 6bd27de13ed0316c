package dev.dbmigration.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What each contender brings to a fresh database, and how to see that it is there.
 *
 * @param key what a property calls it
 * @param title what a table calls it
 * @param files what each file holds, in order; each goes in a transaction of its own
 * @param proof a query of one value
 * @param expected the value where every table and row is there once
 */
record Load(String key, String title, List<String> files, String proof, String expected) {

    private static final int FILES = 500;
    private static final int STATEMENTS = 10_000;

    /** The one that a property calls so. */
    static Load of(String key) {
        return Stream.of(manyFiles(FILES), oneFile(STATEMENTS))
                .filter(load -> load.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no load is called " + key));
    }

    /** So many files of two statements each: a table, and a row in it. */
    static Load manyFiles(int count) {
        List<String> files =
                IntStream.rangeClosed(1, count).mapToObj(Load::small).toList();
        String rows = IntStream.rangeClosed(1, count)
                .mapToObj(number -> "SELECT id, name FROM t" + number)
                .collect(Collectors.joining(" UNION ALL "));
        return new Load(
                "files",
                count + " files of two statements",
                files,
                "SELECT count(*) || ' rows, sum ' || sum(id) || ', ' || max(name) FROM (" + rows + ") AS rows",
                "%d rows, sum %d, one".formatted(count, count * (count + 1) / 2));
    }

    private static String small(int number) {
        return "CREATE TABLE t%1$d (id int, name text);%nINSERT INTO t%1$d VALUES (%1$d, 'one');%n".formatted(number);
    }

    /** One file of so many statements: a table, and a row in it by each of the others. */
    static Load oneFile(int statements) {
        int rows = statements - 1;
        String file = IntStream.rangeClosed(1, rows)
                .mapToObj(number -> "INSERT INTO filled VALUES (" + number + ");\n")
                .collect(Collectors.joining("", "CREATE TABLE filled (n int);\n", ""));
        return new Load(
                "statements",
                "one file of %,d statements".formatted(statements),
                List.of(file),
                "SELECT count(*) || ' rows, ' || count(DISTINCT n) || ' different, at most ' || max(n) FROM filled",
                "%1$d rows, %1$d different, at most %1$d".formatted(rows));
    }
}
