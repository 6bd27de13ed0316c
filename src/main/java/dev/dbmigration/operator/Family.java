package dev.dbmigration.operator;

/** The metrics of our own, by their names for Micrometer; Prometheus reads dots as underscores, and adds a unit or «total». */
enum Family {
    RUNS("runs", "Runs that have ended."),
    RUN_DURATION("run.duration", "From the decision to run to the end of the run."),
    STATUS("status", "1 where the condition is True, else 0."),
    FILES("files", "Files of the last run."),
    LAST_SUCCESS("last.success.timestamp.seconds", "When a run was last applied."),
    CHECKS("verification.checks", "Checks of the last run."),
    LAST_VERIFICATION("verification.last.run.timestamp.seconds", "When checks were last run to their end."),
    DRIFTS(
            "verification.drifts",
            "Times that checks failed which had passed, without a run of the migration in between."),
    API_REQUESTS("api.requests", "Requests of the API server, each try and each opened watch; code none: no answer.");

    final String meter;
    final String help;

    Family(String meter, String help) {
        this.meter = "dbmigration." + meter;
        this.help = help;
    }
}
