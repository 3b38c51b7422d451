package io.retally.jobs;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules and packages, and where each library may be seen. */
@AnalyzeClasses(packages = "io.retally", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String OF_JOBS = "io.retally.jobs..";

    @ArchTest
    static final ArchRule coreSeesTheJdkAlone = classes()
            .that()
            .resideInAPackage("io.retally.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.retally.core..", "java..", "org.jspecify.annotations..")
            .because("the domain is tried and read without an engine");

    @ArchTest
    static final ArchRule readingDocumentsSeesNoEngine = classes()
            .that()
            .resideInAPackage("io.retally.documents..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.retally.documents..",
                    "io.retally.core..",
                    "java.lang..",
                    "java.io..",
                    "java.math..",
                    "java.nio..",
                    "java.time..",
                    "java.util..",
                    "com.fasterxml.jackson.core..",
                    "org.bson..",
                    "org.jspecify.annotations..")
            .because("what a message means does not hang on where it is read");

    @ArchTest
    static final ArchRule kafkaIsSeenInItsPackageAlone = noClasses()
            .that()
            .resideInAPackage(OF_JOBS)
            .and()
            .resideOutsideOfPackage("io.retally.jobs.kafka..")
            .and()
            .doNotHaveFullyQualifiedName("io.retally.jobs.repprogress.RepProgressJob")
            .and()
            .doNotHaveFullyQualifiedName("io.retally.jobs.audit.AuditJob")
            .and()
            .doNotHaveFullyQualifiedName("io.retally.jobs.assignments.LessonAssignmentsJob")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
            .because(
                    "a topology takes its source and its letters' sink as parameters; the job's main alone makes them");

    @ArchTest
    static final ArchRule mongodbIsSeenInItsPackageAlone = noClasses()
            .that()
            .resideInAPackage(OF_JOBS)
            .and()
            .resideOutsideOfPackage("io.retally.jobs.mongo..")
            .and()
            .doNotHaveFullyQualifiedName("io.retally.jobs.audit.AuditJob")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mongodb..", "org.apache.flink.connector.mongodb..");

    @ArchTest
    static final ArchRule postgresIsSeenInItsPackageAlone = noClasses()
            .that()
            .resideInAPackage(OF_JOBS)
            .and()
            .resideOutsideOfPackage("io.retally.jobs.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule jobsSeeNothingThatChecksThem = noClasses()
            .that()
            .resideInAPackage(OF_JOBS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.retally.oracle..", "io.retally.sql..", "io.retally.devkit..");

    @ArchTest
    static final ArchRule theOracleSharesNothingWithWhatItChecks = noClasses()
            .that()
            .resideInAPackage("io.retally.oracle..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.retally.core..", "io.retally.documents..", OF_JOBS, "io.retally.sql..")
            .because("both can then only be wrong in different ways");

    @ArchTest
    static final ArchRule functionsForSqlAreSeenByReportsAlone = noClasses()
            .that()
            .resideInAPackage(OF_JOBS)
            .and()
            .resideOutsideOfPackage("io.retally.jobs.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.retally.udfs..");

    @ArchTest
    static final ArchRule functionsForSqlSeeNoJob = noClasses()
            .that()
            .resideInAPackage("io.retally.udfs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(OF_JOBS);

    @ArchTest
    static final ArchRule nothingDeprecatedOfFlinkIsCalled = noClasses()
            .that()
            .resideInAPackage(OF_JOBS)
            .should()
            .accessTargetWhere(target(annotatedWith(Deprecated.class)).as("it is deprecated"))
            .because("the move to Flink 2 is to be a change of version");

    @ArchTest
    static final ArchRule nothingDeprecatedIsExtended = noClasses()
            .that()
            .resideInAPackage(OF_JOBS)
            // Flink's interface still names an enum that Kafka's client has replaced.
            .and()
            .doNotHaveSimpleName("FromTheBeginning")
            // Flink 1.20 demands of a sink what Flink 2 has replaced, and the connector for MongoDB offers that alone.
            .and()
            .doNotHaveSimpleName("AssignmentsSink")
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(Deprecated.class);

    @ArchTest
    static final ArchRule kryoIsNeverSeen = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.flink.api.java.typeutils.GenericTypeInfo");

    @ArchTest
    static final ArchRule packagesOfCoreFormNoCircle =
            slices().matching("io.retally.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfJobsFormNoCircle =
            slices().matching("io.retally.jobs.(*)..").should().beFreeOfCycles();
}
