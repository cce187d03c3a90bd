package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SuspendedRunsTest {
    private final ManualClock clock = new ManualClock();
    private final SuspendedRuns runs = new SuspendedRuns(clock, Duration.ofMinutes(15), 2);

    private static Suspended run(String name, int calls) {
        RunRequest request =
                new RunRequest(
                        name,
                        List.of(Message.user("What is it?")),
                        Mode.INSTANT,
                        Budget.UNLIMITED,
                        1,
                        8,
                        new Cancellation());
        List<Suspended.Pending> pending =
                IntStream.range(0, calls)
                        .mapToObj(call ->
                                new Suspended.Pending(
                                        new Content.ToolCall(
                                                "call-%s-3-%d".formatted(name, call), "look", "{}"),
                                        List.of(0)))
                        .toList();
        return new Suspended(
                request,
                pending,
                List.of(),
                List.of(),
                List.of(),
                new Ledger(List.of(), List.of(), Duration.ZERO),
                4,
                1);
    }

    @Test
    void a_run_is_found_by_any_of_its_calls_and_once() {
        Suspended run = run("a", 2);
        runs.keep(run);

        assertThat(runs.take(List.of("call-b-3-0"))).isEmpty();
        assertThat(runs.take(List.of("call-a-3-0", "call-b-3-0"))).isEmpty();
        assertThat(runs.take(List.of())).isEmpty();
        assertThat(runs.take(List.of("odd"))).isEmpty();
        assertThat(runs.take(List.of("call-a-3-1"))).contains(run);
        assertThat(runs.take(List.of("call-a-3-1"))).isEmpty();
    }

    @Test
    void a_run_that_nobody_asks_for_is_forgotten_in_time() {
        runs.keep(run("a", 1));
        clock.advance(Duration.ofMinutes(15).minusNanos(1));
        runs.keep(run("b", 1));
        clock.advance(Duration.ofNanos(1));

        assertThat(runs.take(List.of("call-a-3-0"))).isEmpty();
        assertThat(runs.take(List.of("call-b-3-0"))).isPresent();
    }

    @Test
    void what_is_one_persons_is_not_found_by_another() {
        Suspended run = run("a", 1);
        runs.of("ben").keep(run);

        assertThat(runs.of("cleo").take(List.of("call-a-3-0"))).isEmpty();
        assertThat(runs.take(List.of("call-a-3-0"))).isEmpty();
        assertThat(runs.of("ben").take(List.of("call-a-3-0"))).contains(run);
    }

    @Test
    void all_people_together_have_so_much_room() {
        List.of("ben", "cleo", "gus").forEach(person -> runs.of(person).keep(run(person, 1)));

        assertThat(runs.of("ben").take(List.of("call-ben-3-0"))).isEmpty();
        assertThat(runs.of("gus").take(List.of("call-gus-3-0"))).isPresent();
    }

    @Test
    void the_oldest_is_forgotten_when_there_are_too_many() {
        List.of("a", "b", "c").forEach(name -> runs.keep(run(name, 1)));

        assertThat(runs.take(List.of("call-a-3-0"))).isEmpty();
        assertThat(runs.take(List.of("call-b-3-0"))).isPresent();
        assertThat(runs.take(List.of("call-c-3-0"))).isPresent();
    }
}
