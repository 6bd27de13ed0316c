package dev.dbmigration.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Who may know whom: each package, and all that it may depend on beside the JDK and itself. */
@AnalyzeClasses(packages = "dev.dbmigration", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    private static final String OURS = "dev.dbmigration.";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String JACKSON_ANNOTATIONS = "com.fasterxml.jackson.annotation..";
    private static final String FIELD_ANNOTATIONS = "io.fabric8.generator.annotation..";
    private static final String CRD_ANNOTATIONS = "io.fabric8.crd.generator.annotation..";
    private static final String MODEL = "io.fabric8.kubernetes.api..";
    private static final String CRON = "com.cronutils..";
    private static final String FABRIC8 = "io.fabric8..";
    private static final String SDK = "io.javaoperatorsdk..";
    private static final String SLF4J = "org.slf4j..";

    @ArchTest
    static final ArchRule check = only("check", JACKSON_ANNOTATIONS, FIELD_ANNOTATIONS, CRD_ANNOTATIONS);

    @ArchTest
    static final ArchRule report = only("report", ours("check"), JACKSON);

    @ArchTest
    static final ArchRule api = only("api", ours("check"), JACKSON_ANNOTATIONS, FABRIC8);

    /** Its start-up is paid by every migration. */
    @ArchTest
    static final ArchRule runner = only(
            "runner",
            ours("check"),
            ours("report"),
            JACKSON,
            "org.postgresql..",
            "javax.net..",
            "javax.xml.stream..",
            "jdk.net..");

    @ArchTest
    static final ArchRule pod = only("pod", ours("api"), ours("check"), ours("report"), JACKSON, MODEL);

    @ArchTest
    static final ArchRule kube = only("kube", FABRIC8, SLF4J);

    @ArchTest
    static final ArchRule run =
            only("run", ours("api"), ours("check"), ours("pod"), ours("report"), ours("kube"), MODEL, CRON);

    @ArchTest
    static final ArchRule reconcile =
            only("reconcile", ours("api"), ours("pod"), ours("report"), ours("kube"), ours("run"), FABRIC8, SDK, SLF4J);

    @ArchTest
    static final ArchRule migration = kind("migration");

    @ArchTest
    static final ArchRule verification = kind("verification");

    @ArchTest
    static final ArchRule operator = only(
            "operator",
            ours("api"),
            ours("check"),
            ours("pod"),
            ours("report"),
            ours("kube"),
            ours("run"),
            ours("reconcile"),
            ours("migration"),
            ours("verification"),
            JACKSON,
            FABRIC8,
            SDK,
            SLF4J,
            "ch.qos.logback..",
            "io.micrometer..",
            "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule noCycles = slices().matching(OURS + "(*)..").should().beFreeOfCycles();

    private static ArchRule kind(String name) {
        return only(
                name,
                ours("api"),
                ours("check"),
                ours("pod"),
                ours("report"),
                ours("kube"),
                ours("run"),
                ours("reconcile"),
                JACKSON,
                FABRIC8,
                SDK,
                SLF4J);
    }

    private static ArchRule only(String name, String... others) {
        String[] known = Stream.concat(Stream.of("java..", ours(name)), Stream.of(others))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(ours(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known);
    }

    private static String ours(String name) {
        return OURS + name + "..";
    }
}
