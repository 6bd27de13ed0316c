package dev.dbmigration.runner.snapshot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.verify.Verifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes checks of drafts, and runs each as a verification will: one that does not hold is left out, and told. */
final class Proof {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What values decide, and not the schema: the rest of such a check is worth keeping. */
    private static final String OF_VALUES = "ahead";

    private final Verifier verifier;
    private final CheckNames names = new CheckNames();

    Proof(Verifier verifier) {
        this.verifier = verifier;
    }

    private record Tried(Draft draft, Check check) {}

    private record Place(String schema, String group) {}

    /** By schema; each group in the order of its drafts. */
    List<Group> of(List<Draft> drafts) {
        Map<Place, Group> groups = new LinkedHashMap<>();
        for (Judged judged : judge(drafts)) {
            Draft draft = judged.draft();
            Group group = groups.computeIfAbsent(
                    new Place(draft.schema(), draft.group()),
                    place -> new Group(place.schema(), new ArrayList<>(), new ArrayList<>()));
            group.notes().addAll(draft.notes());
            group.notes().addAll(judged.notes());
            if (judged.check() != null) {
                group.checks().add(judged.check());
            }
        }
        return groups.values().stream()
                .sorted(Comparator.comparing(Group::schema))
                .toList();
    }

    /** A draft, the check that holds (null: none does), and what is to be told of that. */
    private record Judged(Draft draft, Check check, List<String> notes) {}

    private List<Judged> judge(List<Draft> drafts) {
        List<Tried> tried = drafts.stream().map(this::tried).toList();
        Map<String, CheckResult> results = results(tried);
        List<Tried> again = new ArrayList<>();
        for (Tried one : tried) {
            if (one.check() != null
                    && !holds(one, results)
                    && one.draft().body().has(OF_VALUES)) {
                again.add(new Tried(one.draft(), check(one.check().name(), without(one.draft()))));
            }
        }
        Map<String, CheckResult> lesser = results(again);
        Map<String, Check> kept = new LinkedHashMap<>();
        again.stream()
                .filter(one -> holds(one, lesser))
                .forEach(one -> kept.put(one.check().name(), one.check()));
        return tried.stream().map(one -> judged(one, results, kept)).toList();
    }

    private static Judged judged(Tried one, Map<String, CheckResult> results, Map<String, Check> lesser) {
        if (one.check() == null || holds(one, results)) {
            return new Judged(one.draft(), one.check(), List.of());
        }
        CheckResult result = results.get(one.check().name());
        Check instead = lesser.get(one.check().name());
        String what = instead == null ? " is left out: " : ": its " + OF_VALUES + " is left out: ";
        return new Judged(one.draft(), instead, List.of(one.draft().label() + what + Masking.mask(result.observed())));
    }

    private static boolean holds(Tried one, Map<String, CheckResult> results) {
        return results.get(one.check().name()).result() == Result.Passed;
    }

    private Tried tried(Draft draft) {
        return new Tried(draft, draft.body() == null ? null : check(names.of(draft.label()), draft));
    }

    private static Draft without(Draft draft) {
        ObjectNode body = draft.body().deepCopy().without(OF_VALUES);
        return new Draft(draft.schema(), draft.group(), draft.label(), draft.kind(), body, draft.notes());
    }

    private static Check check(String name, Draft draft) {
        ObjectNode check = MAPPER.createObjectNode().put("name", name);
        return MAPPER.convertValue(check.set(draft.kind(), draft.body()), Check.class);
    }

    private Map<String, CheckResult> results(List<Tried> tried) {
        List<Check> checks =
                tried.stream().map(Tried::check).filter(check -> check != null).toList();
        Map<String, CheckResult> results = new LinkedHashMap<>();
        if (!checks.isEmpty()) {
            Report report = verifier.verify(checks);
            if (report.checks().size() < checks.size()) {
                Reason reason = report.reason() == null ? Reason.StatementFailed : report.reason();
                throw RunFailed.because(reason, report.message());
            }
            report.checks().forEach(result -> results.put(result.name(), result));
        }
        return results;
    }
}
