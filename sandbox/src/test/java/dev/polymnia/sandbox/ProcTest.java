package dev.polymnia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read from the system and from its programs.
final class ProcTest {
    private static final String PYTHON =
            """
            /usr/bin/python3.11
            /usr
            3.11.2
            /usr/local/lib/python3.11/dist-packages
            """;

    @Test
    void a_status_grows() {
        String first = "{ \"child-pid\": 4242, \"ipc-namespace\": 4026532 }\n";

        assertThat(Status.parse(""))
                .isEqualTo(new Status(OptionalLong.empty(), OptionalInt.empty()));
        assertThat(Status.parse("{ \"child-pid\": 4242"))
                .isEqualTo(new Status(OptionalLong.of(4242), OptionalInt.empty()));
        assertThat(Status.parse(first))
                .isEqualTo(new Status(OptionalLong.of(4242), OptionalInt.empty()));
        assertThat(Status.parse(first + "{ \"exit-code\": -5 }\n").exitCode()).hasValue(251);
        assertThat(Status.parse(first + "{ \"exit-code\": 137 }\n"))
                .isEqualTo(new Status(OptionalLong.of(4242), OptionalInt.of(137)));
    }

    @ParameterizedTest
    @CsvSource({
        "S (sleeping), 700 1, true",
        "R (running), 700 1, true",
        "S (sleeping), 700 20 1, true",
        "Z (zombie), 700 1, false",
        "X (dead), 700 1, false",
        "S (sleeping), 700 21, false",
        "S (sleeping), 1, false",
        "S (sleeping), 700, false"
    })
    void only_the_first_process_of_a_namespace_is_alive(String state, String ids, boolean alive) {
        String status =
                "Name:\tNSpid:\t7 1\nState:\t%s\nNSpid:\t%s\nNSpgid:\t1\n"
                        .formatted(state, ids.replace(' ', '\t'));

        assertThat(Init.isAlive(status)).isEqualTo(alive);
    }

    @Test
    void nothing_is_no_process() {
        assertThat(Init.isAlive("")).isFalse();
    }

    @Test
    void a_process_that_does_not_exist_is_dead() {
        Init none = new Init(Long.MAX_VALUE);

        assertThat(none.isAlive()).isFalse();
    }

    @Test
    void processor_time_is_read_behind_any_name() {
        String stat = "7 (a) b (c) R 1 7 7 0 -1 4194304 100 0 0 0 250 50 9 9 20 0 1 0 5000\n";

        assertThat(Census.cpuMillis(stat)).isEqualTo(3000);
        assertThat(Census.cpuMillis("")).isZero();
    }

    @Test
    void children_are_counted() throws Exception {
        Process child = new ProcessBuilder("sleep", "1000").start();
        try {
            Census census = Census.of(ProcessHandle.current().pid(), 1000);

            assertThat(census.tasks()).isPositive();
            assertThat(census.memoryBytes()).isPositive();
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1000, false", "60800, false"})
    void root_is_told_by_its_effective_number(String uid, boolean root) {
        String status = "Name:\tjava\nUmask:\t0022\nUid:\t7\t" + uid + "\t7\t7\nGid:\t0\t0\t0\t0\n";

        assertThat(Footing.possible(status))
                .isEqualTo(
                        root
                                ? List.of(Footing.DROPPED, Footing.DROPPED_INSIDE)
                                : List.of(Footing.PLAIN));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, X86_64",
        "Linux, x86_64, X86_64",
        "Linux, aarch64, AARCH64",
        "Linux, ARM64, AARCH64"
    })
    void machines_have_several_names(String system, String processor, Machine machine) {
        assertThat(Machine.of(system, processor)).isEqualTo(machine);
    }

    @ParameterizedTest
    @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "Linux, riscv64", "Linux, i386"})
    void other_machines_have_no_sandbox(String system, String processor) {
        assertUnavailable(() -> Machine.of(system, processor), processor);
    }

    @Test
    void a_python_tells_what_it_is() {
        Python python = Python.parse(Path.of("/usr/bin/python3"), PYTHON);

        assertThat(python.executable()).hasToString("/usr/bin/python3.11");
        assertThat(python.version()).isEqualTo("3.11.2");
        assertThat(python.isOfSystem()).isTrue();
        assertThat(python.packages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Python 2",
                "/usr/bin/python2\n/usr\n2.7.18\n",
                "/opt/other/python3\n/opt/python\n3.11.2\n",
                "/bin/python3\n/\n3.11.2\n"
            })
    void what_is_no_python_is_refused(String answer) {
        assertUnavailable(() -> Python.parse(Path.of("/some/python3"), answer), "/some/python3");
    }

    @Test
    void a_python_right_in_a_home_is_refused() {
        String home = System.getProperty("user.home");

        assertUnavailable(
                () ->
                        Python.parse(
                                Path.of("/some/python3"),
                                home + "/bin/python3\n" + home + "\n3.11.2\n"),
                "more than Python");
    }

    @Test
    void each_run_is_another_user() {
        Uids uids = new Uids(4242);
        int first = uids.take();
        int second = uids.take();

        assertThat(uids.uid(first)).isBetween(60_800, 61_055).isNotEqualTo(uids.uid(second));
        uids.release(first);
        assertThat(uids.take()).isEqualTo(first);
    }

    @Test
    void there_are_as_many_users_as_there_are() {
        Uids uids = new Uids(1);
        for (int i = 0; i < 256; i++) {
            uids.take();
        }

        assertThatThrownBy(uids::take)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.OVERLOADED));
    }

    private static void assertUnavailable(Runnable action, String word) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE))
                .hasMessageContaining(word);
    }
}
