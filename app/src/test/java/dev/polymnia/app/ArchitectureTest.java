package dev.polymnia.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of ARCHITECTURE.md that a machine can check.
final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.polymnia");

    @ParameterizedTest
    @CsvSource({
        "core, 10",
        "models, 10",
        "llama, 10",
        "agents, 10",
        "sandbox, 10",
        "eval, 10",
        "remote, 10",
        "embed, 2",
        "server, 10",
        "app, 10",
    })
    void every_module_is_seen(String module, int classes) {
        Set<String> seen =
                CLASSES.stream()
                        .filter(resideInAPackage("dev.polymnia." + module + ".."))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());

        assertThat(seen).hasSizeGreaterThan(classes);
    }

    @Test
    void dependencies_point_down() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy("dev.polymnia.core..")
                .layer("models")
                .definedBy("dev.polymnia.models..")
                .layer("llama")
                .definedBy("dev.polymnia.llama..")
                .layer("agents")
                .definedBy("dev.polymnia.agents..")
                .layer("sandbox")
                .definedBy("dev.polymnia.sandbox..")
                .layer("eval")
                .definedBy("dev.polymnia.eval..")
                .layer("remote")
                .definedBy("dev.polymnia.remote..")
                .layer("embed")
                .definedBy("dev.polymnia.embed..")
                .layer("server")
                .definedBy("dev.polymnia.server..")
                .layer("app")
                .definedBy("dev.polymnia.app..")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("eval")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("sandbox")
                .mayOnlyBeAccessedByLayers("app", "eval", "agents")
                .whereLayer("agents")
                .mayOnlyBeAccessedByLayers("app", "eval", "server")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("remote")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("embed")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("llama")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("models")
                .mayOnlyBeAccessedByLayers("app", "llama")
                .whereLayer("core")
                .mayOnlyBeAccessedByLayers(
                        "app", "llama", "models", "agents", "sandbox", "eval", "remote", "embed",
                        "server")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.polymnia.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void only_llama_touches_native_memory() {
        noClasses()
                .that(not(resideInAPackage("dev.polymnia.llama..")))
                .should()
                .dependOnClassesThat(resideInAPackage("java.lang.foreign.."))
                .check(CLASSES);
    }

    @Test
    void only_the_console_touches_the_standard_streams() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Console")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .check(CLASSES);
    }

    @Test
    void json_and_toml_stay_at_the_edges() {
        noClasses()
                .that(resideInAnyPackage("dev.polymnia.core..", "dev.polymnia.agents.."))
                .should()
                .dependOnClassesThat(resideInAPackage("tools.jackson.."))
                .check(CLASSES);
    }

    @Test
    void only_remote_knows_the_library_for_endpoints() {
        noClasses()
                .that(not(resideInAPackage("dev.polymnia.remote..")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("com.openai..", "okhttp3..", "com.fasterxml.."))
                .check(CLASSES);
    }

    @Test
    void only_embed_knows_onnx_runtime() {
        noClasses()
                .that(not(resideInAPackage("dev.polymnia.embed..")))
                .should()
                .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."))
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        List<String> unmarked =
                CLASSES.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(each -> each.getName())
                        .toList();

        assertThat(unmarked).isEmpty();
    }

    @Test
    void the_only_exception_that_leaves_a_package_is_the_fault() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .arePublic()
                .should()
                .haveFullyQualifiedName("dev.polymnia.core.Fault")
                .check(CLASSES);
    }
}
