package dev.polymnia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BoxTest {
    private static final Programs PROGRAMS =
            new Programs(
                    Path.of("/bin/sh"),
                    Path.of("/usr/bin/bwrap"),
                    Path.of("/usr/bin/prlimit"),
                    Path.of("/usr/bin/setpriv"));

    private static final Python SYSTEM =
            new Python(Path.of("/usr/bin/python3.11"), Path.of("/usr"), "3.11.2", List.of());

    @ParameterizedTest
    @EnumSource
    void paths_are_arguments_and_never_part_of_the_script(Footing footing) {
        List<String> command = command(SYSTEM, footing, "/a b/$(status)");

        assertThat(command.subList(0, 7))
                .startsWith("/bin/sh", "-c")
                .endsWith("sh", "/a b/$(status)", "/program", "/filter");
        assertThat(command.get(2)).doesNotContain("/");
    }

    @Test
    void root_becomes_another_before_or_inside() {
        assertThat(command(SYSTEM, Footing.PLAIN, "/status")).doesNotContain("/usr/bin/setpriv");

        List<String> before = command(SYSTEM, Footing.DROPPED, "/status");
        assertThat(before.indexOf("/usr/bin/setpriv")).isEqualTo(7);
        assertThat(before).containsSequence("--reuid", "60800", "--regid", "60800");

        List<String> inside = command(SYSTEM, Footing.DROPPED_INSIDE, "/status");
        assertThat(inside.indexOf("/usr/bin/setpriv")).isEqualTo(inside.indexOf("--") + 1);
        assertThat(inside).doesNotContain("--unshare-user", "--unshare-all");
    }

    @ParameterizedTest
    @EnumSource
    void limits_are_set_inside(Footing footing) {
        List<String> command = command(SYSTEM, footing, "/status");
        List<String> inside = command.subList(command.indexOf("--") + 1, command.size());

        assertThat(inside)
                .contains(
                        "/usr/bin/prlimit",
                        "--cpu=10:11",
                        "--as=536870912",
                        "--fsize=16777216",
                        "--core=0");
        assertThat(command).containsSequence("--size", "16777216", "--tmpfs", "/scratch");
    }

    @Test
    void a_python_elsewhere_is_brought_in() {
        Python own =
                new Python(Path.of("/opt/py/bin/python3"), Path.of("/opt/py"), "3.13.1", List.of());

        List<String> command = command(own, Footing.PLAIN, "/status");

        assertThat(command).containsSequence("--ro-bind", "/opt/py", "/opt/py");
        assertThat(command).containsSequence("--setenv", "LD_LIBRARY_PATH", "/opt/py/lib");
        assertThat(command(SYSTEM, Footing.PLAIN, "/status")).doesNotContain("LD_LIBRARY_PATH");
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, 6.1.0-18-amd64, 17",
        "PLAIN, 5.14.0, 17",
        "DROPPED, 6.1.0, 17",
        "DROPPED, 5.13.9, 18",
        "DROPPED, 4.18.0-553.el8, 18",
        "DROPPED, unknown, 18",
        "DROPPED_INSIDE, 6.1.0, 16",
        "DROPPED_INSIDE, 4.4.0, 16"
    })
    void processes_of_the_box_are_counted_too(Footing footing, String release, int most) {
        assertThat(box(SYSTEM, footing).processLimit(16, release)).isEqualTo(OptionalInt.of(most));
    }

    @Test
    void a_person_is_not_limited_by_an_old_kernel() {
        assertThat(box(SYSTEM, Footing.PLAIN).processLimit(16, "5.10.0")).isEmpty();
    }

    private static Box box(Python python, Footing footing) {
        return new Box(Machine.X86_64, PROGRAMS, python, footing);
    }

    private static List<String> command(Python python, Footing footing, String status) {
        return box(python, footing)
                .command(
                        Limits.DEFAULT,
                        60_800,
                        Path.of(status),
                        Path.of("/program"),
                        Path.of("/filter"));
    }
}
