package dev.dbmigration.operator;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;

/** What {@code promtool check metrics} asks of series that libraries make: a help line, and no misleading name. */
final class Legible implements MeterFilter {

    /** Nanoseconds, and a name that looks like a histogram's; {@code process_cpu_usage} says what matters. */
    private static final Set<String> MISLEADING = Set.of("process.cpu.time", "system.cpu.count");

    private static final String SDK = "operator.sdk.";

    /** By the beginning of what follows {@link #SDK}. */
    private static final Map<String, String> HELP = Map.of(
            "controllers.execution.reconcile", "Reconciliations as the Java Operator SDK timed them.",
            "events.received", "Events that made the Java Operator SDK look at a resource.",
            "reconciliations.started", "Reconciliations begun.",
            "reconciliations.success", "Reconciliations that ended without an exception.",
            "reconciliations.failed", "Reconciliations that ended with an exception.",
            "reconciliations.executions", "Resources that are being reconciled.",
            "reconciliations.queue.size", "Resources that wait to be reconciled.");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return MISLEADING.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith(SDK) && id.getDescription() == null
                ? new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), help(id.getName()), id.getType())
                : id;
    }

    private static String help(String name) {
        String rest = name.substring(SDK.length());
        return HELP.entrySet().stream()
                .filter(entry -> rest.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("As the Java Operator SDK documents it.");
    }
}
