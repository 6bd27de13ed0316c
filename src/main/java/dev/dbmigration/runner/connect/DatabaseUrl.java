package dev.dbmigration.runner.connect;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code postgres://user:password@host:port/database?sslmode=…} in its parts; what is absent is null. */
record DatabaseUrl(
        String host, Integer port, String database, String user, String password, Map<String, String> parameters) {

    static final DatabaseUrl NONE = new DatabaseUrl(null, null, null, null, null, Map.of());

    // java.net.URI takes no host with an underscore, which service names of other clusters have. The last @ ends the
    // credentials, since people leave the one in their password as it is.
    private static final Pattern FORM = Pattern.compile("postgres(?:ql)?://(?:(?<user>[^:/?@]*)(?::(?<password>.*))?@)?"
            + "(?<host>\\[[^\\]]+\\]|[^:/?@,]+)(?::(?<port>\\d{1,5}))?(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");

    private static final Pattern USER_INFO = Pattern.compile("://[^:/?@]*:(.*)@", Pattern.DOTALL);

    /** Its errors never repeat the text, which holds a password. */
    static DatabaseUrl parse(String url) {
        Matcher form = FORM.matcher(url.trim());
        if (!form.matches()) {
            throw refused();
        }
        try {
            return of(form);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    /** The password of a URL, also of one that is refused; null: it has none. */
    static String password(String url, boolean decoded) {
        Matcher userInfo = USER_INFO.matcher(url == null ? "" : url);
        if (!userInfo.find()) {
            return null;
        }
        try {
            return decoded ? decode(userInfo.group(1)) : userInfo.group(1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static DatabaseUrl of(Matcher form) {
        String port = form.group("port");
        return new DatabaseUrl(
                decode(form.group("host")).replaceAll("[\\[\\]]", ""),
                port == null ? null : Integer.valueOf(port),
                decode(form.group("database")),
                decode(form.group("user")),
                decode(form.group("password")),
                parameters(form.group("query")));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && !parts[1].isEmpty()) {
                parameters.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return parameters;
    }

    /** Percent signs only: a plus sign is one, unlike in a form. */
    private static String decode(String part) {
        return part == null || part.isEmpty()
                ? null
                : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static RunFailed refused() {
        return RunFailed.because(
                Reason.InvalidSpec,
                "the Secret's uri is not of the form postgres://user:password@host:port/database",
                "percent-encode special characters, or give the keys host, username and password instead of uri");
    }
}
