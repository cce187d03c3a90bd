package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.terminal.FakeConsole;
import org.junit.jupiter.api.Test;

/// What the program does for a quick start, and without a launcher.
final class StartUpTest {
    @Test
    void a_rehearsal_goes_all_the_way_and_shows_nothing() {
        FakeConsole terminal = FakeConsole.of("");

        assertThat(Main.run(terminal.console(), false, "rehearse")).isZero();
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void a_rehearsal_is_nobody_elses_business() {
        FakeConsole terminal = FakeConsole.of("");

        assertThat(Main.run(terminal.console(), false, "--help")).isZero();
        assertThat(terminal.out()).doesNotContain("rehearse");
    }

    @Test
    void milestones_are_told_to_those_who_count() {
        assertThat(Milestones.line("main", "1000", 1234)).contains("reached main 234");
        assertThat(Milestones.line("main", "", 1234)).isEmpty();
        assertThat(Milestones.line("main", "soon", 1234)).isEmpty();
    }
}
