package dev.dbmigration.runner.script;

import java.util.Locale;
import java.util.regex.Pattern;

/** The two settings that the driver needs as they are: it closes the connection when the server reports others. */
final class SessionFormat {

    private static final Pattern ENCODING = Pattern.compile(
            "SET\\s+(?:(?:SESSION|LOCAL)\\s+)?(?:CLIENT_ENCODING\\s*(?:=|TO)|NAMES)"
                    + "\\s*['\"]?(?!UTF-?8|UNICODE|DEFAULT)\\w.*",
            Pattern.DOTALL);

    private static final Pattern DATES = Pattern.compile(
            "SET\\s+(?:(?:SESSION|LOCAL)\\s+)?DATESTYLE\\s*(?:=|TO)(?!.*\\b(?:ISO|DEFAULT)\\b).*", Pattern.DOTALL);

    private SessionFormat() {}

    static boolean isChangedBy(Words words) {
        if (!words.begin("SET")) {
            return false;
        }
        String sql = words.statement().toUpperCase(Locale.ROOT);
        return ENCODING.matcher(sql).matches() || DATES.matcher(sql).matches();
    }
}
