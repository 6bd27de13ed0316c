package dev.dbmigration.report;

import java.util.List;
import java.util.regex.Pattern;

/** Takes what looks like a credential out of log lines, by pattern: as well as can be, and no better. */
public final class Masking {

    private static final String MASK = "***";
    // Log lines may be very long: what repeats here never tries twice.
    private static final String KEY =
            "(?<![a-z0-9_.-])[a-z0-9_.-]*(?:passwo?r?d|passwd|pwd|secret|token|(?:api|access|account|private|shared)[_-]?key)[a-z0-9_.-]*";
    private static final String QUOTED = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'";

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            // scheme://user:password@host, the password alone
            rule("(?i)\\b([a-z][a-z0-9+.-]*://[^\\s/:@\"']*):[^\\s\"']+@(?=[^\\s@]*)", "$1:" + MASK + "@"),
            // scheme://token@host
            rule("(?i)\\b([a-z][a-z0-9+.-]*://)(?!" + "[^\\s/:@]*:\\*\\*\\*@)[^\\s/:@\"']{8,}@", "$1" + MASK + "@"),
            // password=..., PGPASSWORD=..., api_key: ..., token=...
            rule("(?i)(" + KEY + "\\s*[=:]\\s*)(" + QUOTED + "|[^\\s&\"'}]+)", "$1" + MASK),
            // "password": "..."; a quoted name before other words, as in a volume "db-secret" : not found, is none
            rule("(?i)(" + KEY + "[\"']\\s*(?:=>|[=:])\\s*)(" + QUOTED + "|[0-9]+)", "$1" + MASK),
            // --password ..., and SQL's PASSWORD '...'
            rule("(?i)((?<!\\S)(?=--?[a-z])" + KEY + "\\s+)(" + QUOTED + "|[^\\s\"'-][^\\s\"']*)", "$1" + MASK),
            rule("(?i)(\\bpassword\\s+)(?:(?:e|u&)?('+)[^']*\\2|(\\$[a-z_]*\\$).*?\\3|\"[^\"]*\")", "$1" + MASK),
            // signed addresses
            rule("(?i)([?&](?:x-(?:amz|goog)-)?sig(?:nature)?=)[^\\s&\"']+", "$1" + MASK),
            rule("(?i)\\b((?:bearer|basic)\\s+)[a-z0-9._~+/=-]{8,}", "$1" + MASK),
            // AWS, Google, GitHub, GitLab, Slack, Stripe and npm give their keys a shape of their own
            rule("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", MASK),
            rule("\\b(?:AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{10,})", MASK),
            rule(
                    "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}"
                            + "|xox[abprs]-[A-Za-z0-9-]{10,}|[rs]k_live_[A-Za-z0-9]{10,}|npm_[A-Za-z0-9]{20,})",
                    MASK),
            // JSON web tokens
            rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", MASK));

    private Masking() {}

    /** The line with {@code ***} where a credential seemed to be. */
    public static String mask(String line) {
        String masked = line;
        for (Rule rule : RULES) {
            masked = rule.pattern.matcher(masked).replaceAll(rule.replacement);
        }
        return masked;
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }
}
