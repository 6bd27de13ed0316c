package dev.dbmigration.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.dbmigration.operator.OperatorMain;
import dev.dbmigration.runner.RunnerMain;
import java.util.regex.Pattern;

/** What production code leaves to its two mains. */
@AnalyzeClasses(packages = "dev.dbmigration", importOptions = DoNotIncludeTests.class)
class HabitsTest {

    /** Time comes from a clock that is handed in, or no test could turn it. */
    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .that()
            .doNotBelongToAnyOf(OperatorMain.class, RunnerMain.class)
            .should()
            .accessTargetWhere(reaches(
                    "java\\.time\\.\\w+\\.(now|system\\w*|tick\\w+)" + "|java\\.lang\\.System\\.currentTimeMillis"));

    /** The environment is read in one place for each of the jar's two lives. */
    @ArchTest
    static final ArchRule theEnvironmentIsReadOnce = noClasses()
            .that()
            .doNotBelongToAnyOf(OperatorMain.class, RunnerMain.class)
            .should()
            .accessTargetWhere(reaches("java\\.lang\\.System\\.getenv"));

    private static DescribedPredicate<JavaAccess<?>> reaches(String member) {
        Pattern pattern = Pattern.compile(member);
        return DescribedPredicate.describe(
                "reaches " + member,
                access -> pattern.matcher(access.getTargetOwner().getName() + "." + access.getName())
                        .matches());
    }
}
