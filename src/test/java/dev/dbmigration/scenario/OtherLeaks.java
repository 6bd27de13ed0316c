package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Leak.check;
import static dev.dbmigration.scenario.Leak.connection;
import static dev.dbmigration.scenario.Leak.container;

import dev.dbmigration.testing.Interceptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Ways out that are no statement: how the database is reached, checks, users' containers, the API server's words. */
final class OtherLeaks {

    private OtherLeaks() {}

    static Stream<Leak> all() {
        return Stream.of(connections(), checks(), containers(), refusals()).flatMap(leaks -> leaks);
    }

    private static Stream<Leak> connections() {
        return Stream.of(
                connection("a wrong password", "AuthenticationFailed", parts("password", "wrong pw-1"), "wrong pw-1"),
                connection("a wrong password, short", "AuthenticationFailed", parts("password", "wr0ng"), "wr0ng"),
                connection(
                        "a password with a line break inside",
                        "AuthenticationFailed",
                        parts("password", "wrong\nline-two"),
                        "line-two"),
                connection(
                        "a password with all that needs escaping",
                        "AuthenticationFailed",
                        parts("password", "w\"r'o\\n$g %40 {x}"),
                        "w\"r'o\\n$g"),
                connection(
                        "a password in a URI that another one wins over",
                        "Succeeded",
                        uri("postgres://{user}:wrong%40pw%2f1@{host}:{port}/{name}"),
                        "wrong@pw/1",
                        "wrong%40pw"),
                connection(
                        "a host in a URI that is not there",
                        "ConnectionFailed",
                        uri("postgres://app:uri-pw-2@" + "h".repeat(64) + "/db"),
                        "uri-pw-2"),
                connection(
                        "a port where nothing listens",
                        "ConnectionFailed",
                        uri("postgres://app:uri-pw-3@localhost:1/db"),
                        "uri-pw-3"),
                connection(
                        "a URI that is none", "InvalidSpec", uri("postgres://app:uri-pw-4@host:port/db"), "uri-pw-4"),
                connection(
                        "a URI in the place of a host",
                        "InvalidSpec",
                        parts("host", "postgres://app:uri-pw-5@host/db"),
                        "uri-pw-5"),
                connection(
                        "a URI in the place of a database's name",
                        "InvalidSpec",
                        parts("dbname", "postgres://app:uri-pw-6@host/db"),
                        "uri-pw-6"),
                connection(
                        "a URI in the place of a user",
                        "InvalidSpec",
                        parts("username", "postgres://app:uri-pw-7@host/db"),
                        "uri-pw-7"),
                connection("a port that is none", "InvalidSpec", parts("port", "port-8"), "port-8"),
                connection("a port out of range", "InvalidSpec", parts("port", "654321")));
    }

    /** What opens the database, but for one value. */
    private static Map<String, String> parts(String key, String value) {
        Map<String, String> parts = new HashMap<>(Map.of(
                "host",
                "{host}",
                "port",
                "{port}",
                "dbname",
                "{name}",
                "username",
                "{user}",
                "password",
                "{password}"));
        parts.put(key, value);
        return parts;
    }

    private static Map<String, String> uri(String uri) {
        return Map.of("uri", uri, "username", "{user}", "password", "{password}");
    }

    private static Stream<Leak> checks() {
        return Stream.of(
                check(
                                "a query that fails",
                                "CheckError",
                                "query: {sql: \"select 'lit-query'::int\", equals: '1'}",
                                "lit-query")
                        .notEvenLogged(),
                check(
                                "a query that fails by a value",
                                "CheckError",
                                "query: {sql: \"select note::int from people where id = 1\", equals: '1'}",
                                "row-quoted")
                        .notEvenLogged(),
                check(
                                "a query that finds a URI",
                                "ChecksFailed",
                                "query: {sql: \"select 'postgres://app:uri-' || 'found@host/db'\", equals: 'none'}",
                                "uri-found")
                        .notEvenLogged(),
                check(
                                "a query that finds the password in use",
                                "ChecksFailed",
                                "query: {sql: \"select replace('secret-of-' || current_database(), '-', '-')\", equals: 'none'}")
                        .notEvenLogged(),
                check("rows that cannot be counted", "CheckError", "rowCount: {table: broken, equals: 1}", "row-plain")
                        .notEvenLogged()
                        .after((stage, name, database) -> database.execute(
                                "create view broken as select 1 from people where id = 2 and ssn::int > 0")));
    }

    private static Stream<Leak> containers() {
        return Stream.of(
                container(
                        "a log that tells all",
                        "ContainerFailed",
                        "args: ['echo postgres://app:out-pw-1@db/x; echo password=out-pw-2;"
                                + " echo AKIAABCDEFGHIJKLMNOP; echo Authorization: Bearer out.bearer.1;"
                                + " echo aws_secret_access_key = out/aws+key; echo \"{\\\"token\\\":\\\"out-token\\\"}\";"
                                + " echo AccountKey=out-account; echo https://s3/x?X-Amz-Signature=out-signature;"
                                + " echo github_pat_11OUT0123456789abcdefghi; exit 3']",
                        "out-pw-1",
                        "out-pw-2",
                        "AKIAABCDEFGHIJKLMNOP",
                        "out.bearer.1",
                        "out/aws+key",
                        "out-token",
                        "out-account",
                        "out-signature",
                        "github_pat_11OUT0123456789abcdefghi"),
                container(
                                "env and args given in the manifest",
                                "ContainerFailed",
                                "args: ['exit 3', 'arg-secret'], env: [{name: TOKEN, value: env-secret}]",
                                "arg-secret",
                                "env-secret")
                        .notEvenLogged());
    }

    /** The API server, or a webhook, repeats what it refuses. */
    private static Stream<Leak> refusals() {
        return Stream.of(
                container(
                                "a refused Pod",
                                "PodRejected",
                                "args: ['exit 0', 'refused-arg'], env: [{name: X, value: refused-env}]",
                                "refused-arg",
                                "refused-env")
                        .notEvenLogged()
                        .after(refuse("pods", 403, "denied: env X=refused-env args [exit 0 refused-arg]")),
                container(
                                "an invalid Pod",
                                "InvalidSpec",
                                "args: ['exit 0', 'invalid-arg'], env: [{name: X, value: invalid-env}]",
                                "invalid-arg",
                                "invalid-env")
                        .notEvenLogged()
                        .after(refuse("pods", 422, "Pod is invalid: \"invalid-env\" and \"invalid-arg\"")),
                inline("a refused snapshot", "PodRejected", 403, "refused-literal"),
                inline("an invalid snapshot", "InvalidSpec", 422, "invalid-literal"));
    }

    private static Leak inline(String what, String outcome, int code, String word) {
        String sql = "select 1 from people where ssn = '" + word + "'";
        return new Leak(
                        what,
                        outcome,
                        false,
                        request -> request.creates("configmaps"),
                        List.of(word),
                        (stage, name, database) -> stage.migration(
                                OneFile.inline(name, database, sql, "  retry: {limit: 0}\n  timeouts: {start: 2s}")
                                        .replace("{name: db}", "{name: " + name + "}")))
                .after(refuse("configmaps", code, "denied: " + sql));
    }

    private static Leak.Play refuse(String resource, int code, String message) {
        return (stage, name, database) -> stage.api.intercept(
                request -> request.creates(resource) && request.body().contains(name),
                Interceptor.refuse(code, "Refused", message));
    }
}
