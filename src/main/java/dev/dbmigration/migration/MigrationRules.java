package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.Retry;
import dev.dbmigration.api.v1alpha1.Sql;
import dev.dbmigration.api.v1alpha1.Sql.AcceptedChecksum;
import dev.dbmigration.api.v1alpha1.Sql.ImageFolder;
import dev.dbmigration.api.v1alpha1.Sql.Inline;
import dev.dbmigration.api.v1alpha1.Sql.Source;
import dev.dbmigration.api.v1alpha1.Timeouts;
import dev.dbmigration.run.SpecRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What makes no sense in the spec of a migration, whatever server let it in. */
final class MigrationRules {

    /** All inline files go into one ConfigMap beside run.json, and a ConfigMap holds 1 MiB. */
    private static final int INLINE_BYTES = 768 * 1024;

    private static final int MOST_SOURCES = 32;

    /** Each is a container more, and the kubelet divides 12 KiB of termination messages among them. */
    private static final int MOST_IMAGES = 8;

    private static final int MOST_REFERENCE = 255;
    private static final int MOST_PATH = 512;
    private static final int MOST_NAME = 253;
    private static final Pattern FILE = Pattern.compile("[-_a-zA-Z0-9][-._a-zA-Z0-9]*\\.sql");
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private MigrationRules() {}

    /** The problems, each a sentence; empty: there are none. */
    static List<String> problems(DatabaseMigrationSpec spec) {
        SpecRules rules = new SpecRules();
        if (spec == null) {
            return rules.require(false, "spec: set it").problems();
        }
        rules.require((spec.sql() == null) != (spec.container() == null), "spec: set exactly one of sql and container")
                .database(spec.database())
                .container(spec.container());
        sql(rules, spec.sql());
        timeouts(rules, spec.timeouts());
        retry(rules, spec.retry());
        if (spec.verify() != null) {
            rules.recurrence(
                    "spec.verify",
                    spec.verify().interval(),
                    spec.verify().schedule(),
                    spec.verify().timeZone());
            rules.checks(
                            "spec.verify.checks",
                            spec.verify().checks() == null
                                    ? List.of()
                                    : spec.verify().checks())
                    .replays("spec.verify.checks", spec.verify().checks(), "sql", spec.sql() != null);
        }
        return rules.problems();
    }

    private static void sql(SpecRules rules, Sql sql) {
        if (sql == null) {
            return;
        }
        rules.require(!sql.sources().isEmpty(), "spec.sql.sources: name at least one source");
        rules.require(sql.sources().size() <= MOST_SOURCES, "spec.sql.sources: at most " + MOST_SOURCES + " sources");
        sql.sources()
                .forEach(source -> rules.require(
                        kinds(source) == 1,
                        "spec.sql.sources: each is exactly one of inline, configMap, secret and image"));
        images(rules, sql.sources());
        variables(rules, sql.variables());
        accepted(rules, sql.acceptChecksums());
        baseline(rules, sql.baseline());
        Set<String> names = new HashSet<>();
        List<Inline> files = sql.sources().stream()
                .map(Source::inline)
                .filter(Objects::nonNull)
                .toList();
        for (Inline file : files) {
            rules.require(
                            file.name() != null && FILE.matcher(file.name()).matches(),
                            "spec.sql.sources: inline name \"" + file.name()
                                    + "\" is not letters, digits, dots, dashes and underscores before .sql")
                    .require(
                            file.content() != null && !file.content().isEmpty(),
                            "spec.sql.sources: inline file " + file.name() + " is empty")
                    .require(
                            names.add(file.name()),
                            "spec.sql.sources: two inline files are named " + file.name()
                                    + "; one version is applied only once, so rename one");
        }
        rules.require(
                files.stream().mapToInt(MigrationRules::bytes).sum() <= INLINE_BYTES,
                "spec.sql.sources: inline files hold more than 768 KiB together; put the large ones into ConfigMaps");
    }

    private static void images(SpecRules rules, List<Source> sources) {
        List<ImageFolder> images =
                sources.stream().map(Source::image).filter(Objects::nonNull).toList();
        rules.require(images.size() <= MOST_IMAGES, "spec.sql.sources: at most " + MOST_IMAGES + " are images");
        for (ImageFolder image : images) {
            rules.require(
                            matches(image.reference(), ImageFolder.REFERENCE_PATTERN, MOST_REFERENCE),
                            "spec.sql.sources: image.reference names an image, such as ehr/app:1.42")
                    .require(
                            matches(image.path(), ImageFolder.PATH_PATTERN, MOST_PATH),
                            "spec.sql.sources: image.path is an absolute path of letters, digits and -._@+~=,/");
        }
    }

    private static void variables(SpecRules rules, Map<String, String> variables) {
        rules.require(variables.size() <= Sql.MOST_VARIABLES, "spec.sql.variables: at most " + Sql.MOST_VARIABLES);
        variables.forEach((name, value) -> rules.require(
                        name.matches(Sql.VARIABLE_PATTERN),
                        "spec.sql.variables: the name \"" + name + "\" is not letters, digits and underscores")
                .require(
                        value != null && value.length() <= Sql.LONGEST_VALUE,
                        "spec.sql.variables." + name + ": at most " + Sql.LONGEST_VALUE + " characters"));
    }

    private static void accepted(SpecRules rules, List<AcceptedChecksum> accepted) {
        accepted.forEach(entry -> rules.require(
                entry.file() != null && matches(entry.checksum(), AcceptedChecksum.PATTERN, 64),
                "spec.sql.acceptChecksums: each names a file and 12 to 64 hexadecimal digits of its checksum"));
    }

    private static void baseline(SpecRules rules, String baseline) {
        rules.require(
                baseline == null || !baseline.isEmpty() && baseline.length() <= MOST_NAME,
                "spec.sql.baseline: a version, or the name of a file");
    }

    private static boolean matches(String text, String pattern, int most) {
        return text != null && text.length() <= most && text.matches(pattern);
    }

    private static int bytes(Inline file) {
        return file.content() == null ? 0 : file.content().getBytes(StandardCharsets.UTF_8).length;
    }

    private static long kinds(Source source) {
        return Stream.of(source.inline(), source.configMap(), source.secret(), source.image())
                .filter(Objects::nonNull)
                .count();
    }

    private static void timeouts(SpecRules rules, Timeouts timeouts) {
        rules.duration("spec.timeouts.start", timeouts.start(), SECOND, WEEK)
                .duration("spec.timeouts.run", timeouts.run(), Duration.ZERO, WEEK)
                .duration("spec.timeouts.lockWait", timeouts.lockWait(), Duration.ZERO, WEEK)
                .duration("spec.timeouts.lock", timeouts.lock(), Duration.ZERO, DAY)
                .duration("spec.timeouts.statement", timeouts.statement(), Duration.ZERO, WEEK);
    }

    private static void retry(SpecRules rules, Retry retry) {
        rules.require(retry.limit() >= 0 && retry.limit() <= 100, "spec.retry.limit: between 0 and 100")
                .duration("spec.retry.initialBackoff", retry.initialBackoff(), SECOND, DAY)
                .duration("spec.retry.maxBackoff", retry.maxBackoff(), SECOND, DAY);
    }
}
