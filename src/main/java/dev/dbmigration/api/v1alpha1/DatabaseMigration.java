package dev.dbmigration.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** SQL, or an image with an entrypoint, to be run once beside a PostgreSQL database, and what came of it. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind(DatabaseMigration.KIND)
@ShortNames("dbm")
@Categories(ApiGroup.CATEGORY)
@AdditionalPrinterColumn(name = "Phase", type = Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Progress", type = Type.STRING, jsonPath = ".status.progress")
@AdditionalPrinterColumn(
        name = "Verified",
        type = Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Verified\")].status")
@AdditionalPrinterColumn(
        name = "Reason",
        type = Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Database", type = Type.STRING, jsonPath = ".spec.database.name", priority = 1)
@AdditionalPrinterColumn(name = "Duration", type = Type.STRING, jsonPath = ".status.run.duration", priority = 1)
@AdditionalPrinterColumn(name = "Pod", type = Type.STRING, jsonPath = ".status.run.pod", priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        type = Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        priority = 1)
public class DatabaseMigration extends CustomResource<DatabaseMigrationSpec, DatabaseMigrationStatus>
        implements Namespaced {

    public static final String KIND = "DatabaseMigration";

    @Override
    protected DatabaseMigrationSpec initSpec() {
        return null;
    }

    @Override
    protected DatabaseMigrationStatus initStatus() {
        return null;
    }
}
