package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.run.RunAnnouncements;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which events follow from a change of a verification's status. */
final class VerificationAnnouncements {

    private VerificationAnnouncements() {}

    static List<Announcement> of(MigrationVerificationStatus before, MigrationVerificationStatus after) {
        if (Repeats.is(before, after.run(), after.lastRunRequest())) {
            return after.run().finished() && turned(before, after) ? List.of(verdict(after)) : List.of();
        }
        Condition ready = Conditions.find(after.conditions(), "Ready").orElseThrow();
        RunStatus old = before == null ? null : before.run();
        Stream<Announcement> run =
                RunAnnouncements.of(before == null ? null : before.phase(), old, after.phase(), after.run(), ready)
                        .stream();
        return Stream.concat(run.filter(news -> !spokenFor(news, after)), verdict(old, after))
                .toList();
    }

    private static boolean turned(MigrationVerificationStatus before, MigrationVerificationStatus after) {
        return !Conditions.find(before.conditions(), "Verified")
                .map(Condition::getStatus)
                .equals(Optional.of(verified(after).getStatus()));
    }

    private static Condition verified(MigrationVerificationStatus status) {
        return Conditions.find(status.conditions(), "Verified").orElseThrow();
    }

    private static Announcement verdict(MigrationVerificationStatus after) {
        Condition verified = verified(after);
        return switch (verified.getStatus()) {
            case Conditions.TRUE -> Announcement.normal("Verified", verified.getMessage());
            case Conditions.FALSE ->
                Announcement.warning(
                        Row.DRIFT.equals(verified.getReason()) ? Row.DRIFT : "VerificationFailed",
                        verified.getMessage());
            default ->
                Announcement.warning(
                        "RunFailed", after.run().reason() + ": " + after.run().message());
        };
    }

    /** Checks that did not pass are told by VerificationFailed. */
    private static boolean spokenFor(Announcement news, MigrationVerificationStatus after) {
        return news.reason().equals("RunFailed") && after.phase().equals("VerificationFailed");
    }

    private static Stream<Announcement> verdict(RunStatus old, MigrationVerificationStatus after) {
        boolean endedNow = after.run() != null
                && after.run().finished()
                && (old == null
                        || old.number() != after.run().number()
                        || !Objects.equals(old.finishTime(), after.run().finishTime()));
        return !endedNow || Conditions.UNKNOWN.equals(verified(after).getStatus())
                ? Stream.empty()
                : Stream.of(verdict(after));
    }
}
