package dev.dbmigration.api.v1alpha1;

/** Words that both kinds share. */
public final class ApiGroup {

    public static final String NAME = "dbmigration.dev";
    public static final String VERSION = "v1alpha1";
    public static final String CATEGORY = "dbmigrations";

    /** Annotation by which a user asks for a new run: any value not handled yet. */
    public static final String RUN_REQUESTED_AT = NAME + "/run-requested-at";

    /** Label by which a ConfigMap asks to be watched: its change starts a run at once. */
    public static final String WATCH_LABEL = NAME + "/watch";

    public static final String WATCH_ENABLED = "Enabled";

    /** What a duration looks like: Go's, without a sign, in whole hours, minutes, seconds and milliseconds. */
    static final String DURATION_PATTERN = "^([0-9]{1,9}(h|m|s|ms))+$";

    static final String DNS_SUBDOMAIN_PATTERN = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";

    private ApiGroup() {}
}
