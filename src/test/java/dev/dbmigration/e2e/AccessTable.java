package dev.dbmigration.e2e;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code verb group/resource} and whether the operator's account may do that in a namespace that it watches. */
final class AccessTable {

    private static final String ALLOWED = """
            list dbmigration.dev/databasemigrations
            update dbmigration.dev/databasemigrations/status
            create dbmigration.dev/migrationverifications
            create /pods
            delete /pods
            get /pods/log
            create /configmaps
            create /events
            """;

    private static final String REFUSED = """
            get /secrets
            list /secrets
            watch /secrets
            create /secrets
            create /pods/exec
            get /pods/exec
            create /pods/attach
            create /pods/portforward
            get /pods/proxy
            create /pods/eviction
            update /pods
            patch /pods
            deletecollection /pods
            update /pods/ephemeralcontainers
            update /configmaps
            patch /configmaps
            deletecollection /configmaps
            delete /events
            get /serviceaccounts
            create /serviceaccounts/token
            impersonate /serviceaccounts
            get /services
            get /nodes
            get /nodes/proxy
            get /namespaces
            get /persistentvolumeclaims
            create dbmigration.dev/databasemigrations
            update dbmigration.dev/databasemigrations
            patch dbmigration.dev/databasemigrations
            delete dbmigration.dev/databasemigrations
            patch dbmigration.dev/databasemigrations/status
            deletecollection dbmigration.dev/migrationverifications
            get apps/deployments
            create apps/deployments
            create batch/jobs
            get coordination.k8s.io/leases
            list coordination.k8s.io/leases
            create rbac.authorization.k8s.io/roles
            bind rbac.authorization.k8s.io/clusterroles
            escalate rbac.authorization.k8s.io/clusterroles
            get apiextensions.k8s.io/customresourcedefinitions
            create admissionregistration.k8s.io/validatingwebhookconfigurations
            create authentication.k8s.io/tokenreviews
            create certificates.k8s.io/certificatesigningrequests
            * */*
            """;

    private AccessTable() {}

    static Map<String, Boolean> rows() {
        Map<String, Boolean> rows = new LinkedHashMap<>();
        ALLOWED.lines().forEach(row -> rows.put(row, true));
        REFUSED.lines().forEach(row -> rows.put(row, false));
        return rows;
    }
}
