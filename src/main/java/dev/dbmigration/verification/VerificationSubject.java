package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Cluster;
import dev.dbmigration.pod.AttemptTemplate;
import dev.dbmigration.pod.ChecksWork;
import dev.dbmigration.pod.ContainerWork;
import dev.dbmigration.pod.GoDuration;
import dev.dbmigration.pod.InputsDigest;
import dev.dbmigration.pod.LedgerChecks;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.pod.RunnerImage;
import dev.dbmigration.pod.Work;
import dev.dbmigration.reconcile.Subject;
import dev.dbmigration.reconcile.Tools;
import dev.dbmigration.report.Reason;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Recurrence;
import dev.dbmigration.run.RunPolicy;
import dev.dbmigration.run.Wanted;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a MigrationVerification has of its own. */
final class VerificationSubject implements Subject<MigrationVerification, MigrationVerificationStatus> {

    private static final int RETRIES = 3;
    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(10);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);
    private static final String DEFAULT_START = "10m";

    private final RunnerImage runner;
    private final Replayed replayed;
    private final Clock clock;

    VerificationSubject(Tools tools) {
        this.runner = tools.runner();
        this.replayed = new Replayed(new Cluster(tools.client()));
        this.clock = tools.clock();
    }

    @Override
    public MigrationVerification blank() {
        return new MigrationVerification();
    }

    @Override
    public RunPolicy policy(MigrationVerification verification) {
        MigrationVerificationSpec spec = verification.getSpec();
        boolean sane = VerificationRules.problems(spec).isEmpty();
        boolean container = spec.container() != null;
        return new RunPolicy(
                spec.suspend(),
                container,
                !container || spec.container().restartable(),
                GoDuration.parse(sane ? spec.timeouts().start() : DEFAULT_START),
                RETRIES,
                INITIAL_BACKOFF,
                MAX_BACKOFF,
                sane ? recurrence(spec) : Recurrence.NEVER);
    }

    private static Recurrence recurrence(MigrationVerificationSpec spec) {
        if (spec.interval() != null) {
            return Recurrence.every(spec.interval());
        }
        return spec.schedule() == null ? Recurrence.NEVER : Recurrence.at(spec.schedule(), spec.timeZone());
    }

    @Override
    public Wanted wanted(
            MigrationVerification verification,
            Context<MigrationVerification> context,
            boolean look,
            List<String> reusable) {
        MigrationVerificationSpec spec = verification.getSpec();
        List<String> problems = VerificationRules.problems(spec);
        if (!problems.isEmpty()) {
            return new Wanted.Invalid(Reason.InvalidSpec, String.join("; ", problems));
        }
        Judged judged = judged(verification, context);
        if (judged.waiting() != null) {
            return new Wanted.Blocked(judged.waiting());
        }
        String digest = digest(verification, judged);
        if (ChecksWork.replay(spec).isPresent()) {
            return replaying(verification, judged, digest, look);
        }
        Database database = database(verification, judged);
        Work work = spec.container() == null
                ? new ChecksWork(database, LedgerChecks.stated(spec, judged.migration()), runner)
                : ContainerWork.of(database, spec);
        return ready(verification, digest, work);
    }

    /** The migration's files are looked for only where there is something to run. */
    private Wanted replaying(MigrationVerification verification, Judged judged, String digest, boolean look) {
        MigrationVerificationSpec spec = verification.getSpec();
        MigrationVerificationStatus status = verification.getStatus();
        boolean done = status != null
                && status.run() != null
                && digest.equals(status.run().inputsDigest());
        if (done && !look) {
            return new Wanted.Nothing();
        }
        DatabaseMigration migration = judged.migration().orElseThrow();
        String name = migration.getMetadata().getName();
        if (migration.getSpec().sql() == null) {
            return new Wanted.Invalid(
                    Reason.InvalidSpec,
                    "spec.checks: expectedSchema replays sql files, and DatabaseMigration " + name + " has none");
        }
        return replayed.find(migration, judged.run())
                .<Wanted>map(files -> ready(
                        verification,
                        digest,
                        new ChecksWork(
                                database(verification, judged),
                                LedgerChecks.stated(spec, judged.migration()),
                                runner,
                                files)))
                .orElseGet(() -> new Wanted.Missing(
                        Reason.SourceNotFound,
                        "what run " + judged.run().run() + " of DatabaseMigration " + name
                                + " has applied is no longer at hand; ask for a new run of it"));
    }

    private static Wanted ready(MigrationVerification verification, String digest, Work work) {
        return new Wanted.Ready(new AttemptTemplate(
                Owner.of(verification), digest, work, verification.getSpec().pod()));
    }

    @Override
    public Container container(MigrationVerification verification) {
        return verification.getSpec().container();
    }

    @Override
    public MigrationVerificationStatus status(
            MigrationVerification verification, Decided decided, Context<MigrationVerification> context) {
        JudgedRun judged = judgedBy(decided.decision().run(), verification, judged(verification, context));
        return VerificationStatuses.after(verification, decided, judged, clock.instant());
    }

    @Override
    public Set<Integer> keptRuns(MigrationVerificationStatus status) {
        return status.run() == null ? Set.of() : Set.of(status.run().number());
    }

    @Override
    public Set<Integer> keptSnapshots(MigrationVerificationStatus status) {
        return Set.of();
    }

    @Override
    public List<Announcement> announcements(MigrationVerificationStatus before, MigrationVerificationStatus after) {
        return VerificationAnnouncements.of(before, after);
    }

    private static Judged judged(MigrationVerification verification, Context<MigrationVerification> context) {
        return Judged.of(verification, context.getSecondaryResources(DatabaseMigration.class));
    }

    /** The migration's run that a run of checks was begun for, which need not be the migration's last any more. */
    private static JudgedRun judgedBy(RunStatus run, MigrationVerification verification, Judged now) {
        if (run == null) {
            return null;
        }
        if (now.run() != null && digest(verification, now).equals(run.inputsDigest())) {
            return now.run();
        }
        MigrationVerificationStatus status = verification.getStatus();
        boolean recorded =
                status != null && status.run() != null && status.run().number() == run.number();
        return recorded ? status.migration() : null;
    }

    private static String digest(MigrationVerification verification, Judged judged) {
        return InputsDigest.of(database(verification, judged), verification.getSpec(), judged.run());
    }

    private static Database database(MigrationVerification verification, Judged judged) {
        return verification.getSpec().database() != null
                ? verification.getSpec().database()
                : judged.migration().orElseThrow().getSpec().database();
    }
}
