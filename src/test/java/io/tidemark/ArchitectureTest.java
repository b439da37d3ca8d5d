package io.tidemark;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

/** The rooms of the house and who may enter which. */
@AnalyzeClasses(packages = "io.tidemark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule jdbc_stays_in_sql = noClasses()
            .that()
            .resideOutsideOfPackage("io.tidemark.sql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.h2..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..");

    @ArchTest
    static final ArchRule the_state_machine_knows_nothing_but_the_jdk = classes()
            .that()
            .resideInAPackage("io.tidemark.stream..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tidemark.stream..", "java.lang..", "java.time..", "java.util..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_meeting_of_changes_knows_nothing_but_the_jdk = classes()
            .that()
            .resideInAPackage("io.tidemark.change..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tidemark.change..", "java.lang..", "java.time..", "java.util..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_contract_of_a_system_knows_nothing_but_the_jdk = classes()
            .that()
            .resideInAPackage("io.tidemark.system")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tidemark.system", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule systems_are_pure = noClasses()
            .that()
            .resideInAPackage("io.tidemark.system..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.sql..",
                    "io.tidemark.route..",
                    "io.tidemark.csv..",
                    "io.tidemark.settings..",
                    "io.tidemark.command..",
                    "io.tidemark.console..",
                    "io.tidemark.sandbox..",
                    "org.apache..",
                    "java.net.http..",
                    "java.nio.file..",
                    "java.io..");

    @ArchTest
    static final ArchRule no_system_knows_another = slices().matching("io.tidemark.system.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("io.tidemark.system.answer"));

    @ArchTest
    static final ArchRule dependencies_point_downwards = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tidemark.settings..", "io.tidemark.csv..", "io.tidemark.sql..", "io.tidemark.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tidemark.route..", "io.tidemark.console..", "io.tidemark.command..");

    @ArchTest
    static final ArchRule nothing_but_commands_needs_the_sandbox = noClasses()
            .that()
            .resideOutsideOfPackages("io.tidemark.sandbox..", "io.tidemark.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tidemark.sandbox..");

    @ArchTest
    static final ArchRule the_sandbox_needs_nothing_of_the_product = noClasses()
            .that()
            .resideInAPackage("io.tidemark.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tidemark.sql..",
                    "io.tidemark.route..",
                    "io.tidemark.csv..",
                    "io.tidemark.settings..",
                    "io.tidemark.command..",
                    "io.tidemark.console..",
                    "io.tidemark.stream..",
                    "io.tidemark.system..");

    @ArchTest
    static final ArchRule rooms_do_not_depend_on_each_other_in_circles =
            slices().matching("io.tidemark.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_clock_is_passed_in = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}
