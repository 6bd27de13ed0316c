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

/** Checks that a database is what it should be, and what they found. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind(MigrationVerification.KIND)
@ShortNames("mver")
@Categories(ApiGroup.CATEGORY)
@AdditionalPrinterColumn(name = "Phase", type = Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Checks", type = Type.STRING, jsonPath = ".status.progress")
@AdditionalPrinterColumn(
        name = "Reason",
        type = Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Last", type = Type.DATE, jsonPath = ".status.lastVerifiedTime")
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Pod", type = Type.STRING, jsonPath = ".status.run.pod", priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        type = Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        priority = 1)
public class MigrationVerification extends CustomResource<MigrationVerificationSpec, MigrationVerificationStatus>
        implements Namespaced {

    public static final String KIND = "MigrationVerification";

    @Override
    protected MigrationVerificationSpec initSpec() {
        return null;
    }

    @Override
    protected MigrationVerificationStatus initStatus() {
        return null;
    }
}
