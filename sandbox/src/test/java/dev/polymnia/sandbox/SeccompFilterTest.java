package dev.polymnia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SeccompFilterTest {
    private static final int SIGCHLD = 17;
    private static final int CLONE_VM = 0x100;
    private static final int CLONE_THREAD = 0x10000;

    static Stream<Arguments> refused() {
        return Stream.of(Machine.values())
                .flatMap(machine ->
                        SeccompFilter.refused().stream()
                                .filter(call -> call.number(machine) != SystemCall.NONE)
                                .map(call -> Arguments.of(machine, call)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void is_refused(Machine machine, SystemCall call) {
        assertThat(verdict(machine, call.number(machine))).isEqualTo(SeccompFilter.REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void allows_everything_else(Machine machine) {
        int[] named =
                Stream.of(SystemCall.values()).mapToInt(call -> call.number(machine)).toArray();
        IntStream others =
                IntStream.range(0, 1000)
                        .filter(number -> IntStream.of(named).noneMatch(n -> n == number));

        assertThat(others)
                .isNotEmpty()
                .allSatisfy(number ->
                        assertThat(verdict(machine, number)).isEqualTo(SeccompFilter.ALLOWED));
    }

    @ParameterizedTest
    @EnumSource
    void numbers_differ(Machine machine) {
        assertThat(Stream.of(SystemCall.values()).map(call -> call.number(machine)))
                .filteredOn(number -> number != SystemCall.NONE)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(60);
    }

    @Test
    void what_a_program_needs_is_allowed() {
        // read, write, openat, mmap, execve, futex, exit_group, wait4
        assertThat(List.of(0, 1, 257, 9, 59, 202, 231, 61))
                .allSatisfy(n ->
                        assertThat(verdict(Machine.X86_64, n)).isEqualTo(SeccompFilter.ALLOWED));
        assertThat(List.of(63, 64, 56, 222, 221, 98, 94, 260))
                .allSatisfy(n ->
                        assertThat(verdict(Machine.AARCH64, n)).isEqualTo(SeccompFilter.ALLOWED));
    }

    @ParameterizedTest
    @EnumSource
    void processes_and_threads_are_made_without_namespaces(Machine machine) {
        int clone = SystemCall.CLONE.number(machine);

        assertThat(verdict(machine, clone, SIGCHLD)).isEqualTo(SeccompFilter.ALLOWED);
        assertThat(verdict(machine, clone, CLONE_VM | CLONE_THREAD))
                .isEqualTo(SeccompFilter.ALLOWED);
        for (int bit = 0; bit < 32; bit++) {
            boolean isNamespace = ((1 << bit) & SeccompFilter.NEW_NAMESPACES) != 0;
            assertThat(verdict(machine, clone, (1L << bit) | SIGCHLD))
                    .isEqualTo(isNamespace ? SeccompFilter.REFUSED : SeccompFilter.ALLOWED);
        }
        assertThat(verdict(machine, SystemCall.CLONE3.number(machine)))
                .isEqualTo(SeccompFilter.MISSING);
    }

    @Test
    void seven_kinds_of_namespaces_are_known() {
        assertThat(Integer.bitCount(SeccompFilter.NEW_NAMESPACES)).isEqualTo(7);
        assertThat(SeccompFilter.NEW_NAMESPACES).isEqualTo(0x7E020000);
    }

    @ParameterizedTest
    @EnumSource
    void sockets_are_local(Machine machine) {
        for (SystemCall call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            int number = call.number(machine);
            assertThat(verdict(machine, number, SeccompFilter.AF_UNIX))
                    .isEqualTo(SeccompFilter.ALLOWED);
            // The kernel looks at the low half only.
            assertThat(verdict(machine, number, 2L | (1L << 32))).isEqualTo(SeccompFilter.REFUSED);
            assertThat(verdict(machine, number, -1)).isEqualTo(SeccompFilter.REFUSED);
            for (int family = 0; family < 64; family++) {
                if (family != SeccompFilter.AF_UNIX) {
                    assertThat(verdict(machine, number, family)).isEqualTo(SeccompFilter.REFUSED);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void terminals_are_not_typed_into(Machine machine) {
        int ioctl = SystemCall.IOCTL.number(machine);
        int tcgets = 0x5401;

        assertThat(verdict(machine, ioctl, 0, tcgets)).isEqualTo(SeccompFilter.ALLOWED);
        assertThat(verdict(machine, ioctl, 0, SeccompFilter.TIOCSTI))
                .isEqualTo(SeccompFilter.REFUSED);
        assertThat(verdict(machine, ioctl, 0, SeccompFilter.TIOCLINUX))
                .isEqualTo(SeccompFilter.REFUSED);
        assertThat(verdict(machine, ioctl, 0, SeccompFilter.TIOCSTI | (7L << 32)))
                .isEqualTo(SeccompFilter.REFUSED);
        assertThat(verdict(machine, ioctl, SeccompFilter.TIOCSTI, tcgets))
                .isEqualTo(SeccompFilter.ALLOWED);
    }

    @Test
    void calls_as_for_another_machine_kill() {
        int i386 = 0x40000003;
        int arm = 0x40000028;

        assertThat(Bpf.verdict(SeccompFilter.of(Machine.X86_64), i386, 1))
                .isEqualTo(SeccompFilter.KILLED);
        assertThat(Bpf.verdict(SeccompFilter.of(Machine.AARCH64), arm, 1))
                .isEqualTo(SeccompFilter.KILLED);
        assertThat(Bpf.verdict(SeccompFilter.of(Machine.X86_64), Machine.AARCH64.audit(), 1))
                .isEqualTo(SeccompFilter.KILLED);
    }

    @Test
    void x32_does_not_exist() {
        assertThat(verdict(Machine.X86_64, SeccompFilter.X32_BIT)).isEqualTo(SeccompFilter.MISSING);
        assertThat(verdict(Machine.X86_64, SeccompFilter.X32_BIT | 101))
                .isEqualTo(SeccompFilter.MISSING);
        assertThat(verdict(Machine.X86_64, -1)).isEqualTo(SeccompFilter.MISSING);
    }

    private static int verdict(Machine machine, int number, long... arguments) {
        return Bpf.verdict(SeccompFilter.of(machine), machine.audit(), number, arguments);
    }
}
