package dev.polymnia.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a folder with spaces, with a JDK and a Maven that only say how they were called.
final class LauncherTest {
    private static final List<String> MODULES =
            List.of(
                    "core", "models", "llama", "agents", "sandbox", "eval", "remote", "embed",
                    "server", "app");

    /// What the page is made from; a folder has one file here.
    private static final List<String> PAGE =
            List.of(
                    "pom.xml",
                    "page.sh",
                    "package.json",
                    "package-lock.json",
                    "index.html",
                    "tsconfig.json",
                    ".npmrc",
                    "diagram.html",
                    "vite.config.ts",
                    "build/packed.ts",
                    "public/icon.svg",
                    "src/main.tsx");

    @TempDir private Path folder;

    private Path place = Path.of("");
    private Path tools = Path.of("");
    private Path jdk = Path.of("");

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void copy() throws IOException {
        place = Files.createDirectories(folder.resolve("a place with spaces"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Path project = Path.of("..").toAbsolutePath().normalize();
        script(place.resolve("polymnia"), Files.readString(project.resolve("polymnia")));
        script(place.resolve("build"), Files.readString(project.resolve("build")));
        for (String part : List.of("jdk.sh", "start.sh")) {
            script(
                    place.resolve("etc").resolve(part),
                    Files.readString(project.resolve("etc").resolve(part)));
        }
        Files.writeString(place.resolve("pom.xml"), "<project/>");
        for (String module : MODULES) {
            write(place.resolve(module).resolve("pom.xml"), "<project/>");
            write(place.resolve(module).resolve("src/main/java/A.java"), "class A {}");
        }
        for (String part : PAGE) {
            write(place.resolve("web").resolve(part), "");
        }
        jdk = jdk("jdk", "25.0.1");
        script(
                tools.resolve("mvn"),
                """
                #!/bin/sh
                echo "$JAVA_HOME: $*" >>"$CALLS"
                [ -z "${BROKEN:-}" ] || { echo "[ERROR] it does not compile"; exit 1; }
                mkdir -p app/target/program
                """);
    }

    @Test
    void arguments_go_through_unchanged_from_any_folder() throws Exception {
        Result result =
                polymnia(folder, Map.of(), "ask", "two  words", "", "*", "$HOME", "it's \"so\"");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .endsWith("[ask]\n[two  words]\n[]\n[*]\n[$HOME]\n[it's \"so\"]\n")
                .contains("[dev.polymnia.app/dev.polymnia.app.Main]");
    }

    @Test
    void it_builds_once_and_again_only_when_sources_changed() throws Exception {
        polymnia(folder, Map.of());
        polymnia(folder, Map.of());
        assertThat(builds()).hasSize(1);
        assertThat(builds().getFirst()).startsWith(jdk.toString()).contains("-pl app -am");

        Path source = place.resolve("agents/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        polymnia(folder, Map.of());
        assertThat(builds()).hasSize(2);
    }

    @Test
    void what_the_page_is_made_from_is_a_source() throws Exception {
        polymnia(folder, Map.of());
        for (String part : PAGE) {
            int before = builds().size();
            Files.setLastModifiedTime(
                    place.resolve("web").resolve(part),
                    FileTime.from(Instant.now().plusSeconds(60)));
            polymnia(folder, Map.of());
            assertThat(builds()).as(part).hasSize(before + 1);
            Files.setLastModifiedTime(
                    place.resolve("web").resolve(part), FileTime.from(Instant.EPOCH));
        }
    }

    @Test
    void a_page_that_was_left_out_is_built_when_npm_is_there() throws Exception {
        polymnia(folder, Map.of());
        polymnia(folder, Map.of());
        assertThat(builds()).hasSize(1);

        script(tools.resolve("npm"), "#!/bin/sh\n");
        script(tools.resolve("node"), "#!/bin/sh\necho v22.12.0\n");
        write(place.resolve("web/target/page-missing"), "v18.1.0\n");
        polymnia(folder, Map.of());
        assertThat(builds()).hasSize(2);

        write(place.resolve("web/target/page-missing"), "v22.12.0\n");
        polymnia(folder, Map.of());
        assertThat(builds()).hasSize(2);
    }

    @Test
    void a_removed_source_is_a_change() throws Exception {
        polymnia(folder, Map.of());
        Files.delete(place.resolve("core/src/main/java/A.java"));

        polymnia(folder, Map.of());

        assertThat(builds()).hasSize(2);
    }

    @Test
    void a_link_to_the_launcher_works() throws Exception {
        Path link = Files.createSymbolicLink(tools.resolve("polymnia"), place.resolve("polymnia"));

        assertThat(run(folder, Map.of(), List.of(link.toString(), "doctor")).out())
                .endsWith("[doctor]\n");
    }

    @Test
    void a_cache_is_made_after_the_build_and_used_from_then_on() throws Exception {
        Result first = polymnia(folder, Map.of(), "doctor");
        Result second = polymnia(folder, Map.of(), "doctor");

        String option = "[-XX:AOTCache=" + place.toRealPath().resolve("app/target/polymnia.aot");
        assertThat(first.out()).contains(option).doesNotContain("noise").endsWith("[doctor]\n");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(trainings()).hasSize(1).first().asString().endsWith(" rehearse");
    }

    @Test
    void a_cache_is_made_anew_for_changed_sources_and_for_another_jdk() throws Exception {
        polymnia(folder, Map.of());
        Map<String, String> other = Map.of("JAVA_HOME", jdk("other", "25.0.2").toString());
        polymnia(folder, other);
        polymnia(folder, other);
        assertThat(trainings()).hasSize(2);

        Path source = place.resolve("app/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        polymnia(folder, other);
        assertThat(trainings()).hasSize(3);
    }

    @Test
    void a_cache_is_made_anew_for_jars_that_a_build_by_hand_has_changed() throws Exception {
        polymnia(folder, Map.of());
        Path jar = place.resolve("app/target/program/app.jar");
        write(jar, "");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

        polymnia(folder, Map.of());

        assertThat(trainings()).hasSize(2);
        assertThat(builds()).hasSize(1);
    }

    @Test
    void without_a_cache_it_starts_all_the_same() throws Exception {
        Map<String, String> environment = Map.of("UNTRAINABLE", "yes");
        polymnia(folder, environment, "doctor");
        Result result = polymnia(folder, environment, "doctor");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).doesNotContain("-XX:AOTCache=").endsWith("[doctor]\n");
        assertThat(trainings()).hasSize(1);
    }

    @Test
    void a_broken_build_says_so_and_starts_nothing() throws Exception {
        Result result = polymnia(folder, Map.of("BROKEN", "yes"));

        assertThat(result.code()).isEqualTo(70);
        assertThat(result.err()).contains("it does not compile").contains("build.log");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void an_old_jdk_is_passed_over() throws Exception {
        Path old = jdk("old", "17.0.2");

        Result result =
                polymnia(
                        folder,
                        Map.of(
                                "JAVA_HOME",
                                old.toString(),
                                "PATH",
                                jdk.resolve("bin") + ":" + path()));

        assertThat(result.code()).isZero();
        assertThat(calls().getFirst()).startsWith(jdk.toRealPath().toString());
    }

    @Test
    void the_build_passes_its_goals_to_maven() throws Exception {
        assertThat(
                        run(
                                        folder,
                                        Map.of(),
                                        List.of(
                                                place.resolve("build").toString(),
                                                "-pl",
                                                "core",
                                                "test"))
                                .code())
                .isZero();
        assertThat(calls().getFirst()).endsWith("-pl core test");
    }

    @Test
    void the_launcher_of_an_archive_starts_its_own_java_with_cache_and_bundle() throws Exception {
        Path root = archive();
        Files.createDirectories(root.resolve("bundle"));

        Result result =
                run(folder, Map.of(), List.of(root.resolve("bin/polymnia") + "", "ask", "a  b"));

        assertThat(result.out())
                .contains("[-XX:AOTCache=" + root.resolve("lib/polymnia.aot") + "]")
                .contains("[-Dpolymnia.bundle=" + root.resolve("bundle") + "]")
                .contains("[-Dpolymnia.console=]")
                .endsWith("[-jar]\n[" + root.resolve("lib/polymnia.jar") + "]\n[ask]\n[a  b]\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void the_launcher_of_an_archive_works_through_a_link_and_without_cache_and_bundle()
            throws Exception {
        Path root = archive();
        Files.delete(root.resolve("lib/polymnia.aot"));
        Path link = Files.createSymbolicLink(tools.resolve("p"), root.resolve("bin/polymnia"));

        Result result = run(folder, Map.of(), List.of(link.toString(), "doctor"));

        assertThat(result.out())
                .doesNotContain("AOTCache=", "polymnia.bundle")
                .endsWith("[" + root.resolve("lib/polymnia.jar") + "]\n[doctor]\n");
    }

    private Path archive() throws IOException {
        Path project = Path.of("..").toAbsolutePath().normalize();
        Path root = Files.createDirectories(folder.resolve("an archive")).toRealPath();
        script(
                root.resolve("bin/polymnia"),
                Files.readString(project.resolve("etc/archive-launcher.sh")));
        script(root.resolve("lib/start.sh"), Files.readString(project.resolve("etc/start.sh")));
        write(root.resolve("lib/polymnia.aot"), "cache");
        script(
                root.resolve("runtime/bin/java"),
                "#!/bin/sh\nfor word in \"$@\"; do echo \"[$word]\"; done\n");
        return root;
    }

    private Result polymnia(Path from, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> line = new ArrayList<>(List.of(place.resolve("polymnia").toString()));
        line.addAll(List.of(arguments));
        return run(from, environment, line);
    }

    private Result run(Path from, Map<String, String> environment, List<String> line)
            throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(from.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", path());
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Result(code, Files.readString(out), Files.readString(err));
    }

    private String path() {
        return tools + ":/usr/bin:/bin";
    }

    private List<String> builds() throws IOException {
        return calls().stream().filter(call -> !call.startsWith("training")).toList();
    }

    private List<String> trainings() throws IOException {
        return calls().stream().filter(call -> call.startsWith("training")).toList();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"), UTF_8);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        write(
                home.resolve("release"),
                """
                JAVA_VERSION="%1$s"
                JAVA_RUNTIME_VERSION="%1$s+9"
                """
                        .formatted(version));
        script(
                home.resolve("bin/java"),
                """
                #!/bin/sh
                for word in "$@"; do
                    case $word in
                    -XX:AOTCacheOutput=*)
                        echo "training $*" >>"$CALLS"
                        echo "noise of a training"
                        [ -z "${UNTRAINABLE:-}" ] || exit 1
                        echo cache >"${word#*=}"
                        exit
                        ;;
                    esac
                done
                for word in "$@"; do echo "[$word]"; done
                """);
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        return home;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static void script(Path file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
