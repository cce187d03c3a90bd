package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeptResponsesTest {
    private final ManualClock clock = new ManualClock();
    private final KeptResponses kept = new KeptResponses(clock, Duration.ofDays(1), 2);
    private final Cancellation cancellation = new Cancellation();

    private static KeptResponses.Response over() {
        return new KeptResponses.Response(
                RunJson.object(), Optional.of(List.of()), Optional.empty());
    }

    private KeptResponses.Response atWork() {
        Thread thread = Thread.ofVirtual().unstarted(() -> {});
        return new KeptResponses.Response(
                RunJson.object(),
                Optional.empty(),
                Optional.of(new KeptResponses.Work(cancellation, thread)));
    }

    @Test
    void the_oldest_that_is_over_is_forgotten_when_there_are_too_many() {
        kept.begin("a", atWork());
        List.of("b", "c", "d").forEach(id -> kept.put(id, over()));

        assertThat(kept.get("a")).isPresent();
        assertThat(kept.get("b")).isEmpty();
        assertThat(kept.get("c")).isEmpty();
        assertThat(kept.get("d")).isPresent();
    }

    @Test
    void what_is_over_is_forgotten_in_time_and_what_is_at_work_is_not() {
        kept.begin("a", atWork());
        kept.put("b", over());
        clock.advance(Duration.ofDays(1));

        assertThat(kept.get("a")).isPresent();
        assertThat(kept.get("b")).isEmpty();
    }

    @Test
    void what_was_deleted_meanwhile_is_not_kept_again() {
        kept.begin("a", atWork());
        kept.remove("a");
        kept.replace("a", over());

        assertThat(kept.get("a")).isEmpty();
    }

    @Test
    void only_so_many_are_at_work_in_the_background() {
        for (int i = 0; i < KeptResponses.MOST_AT_WORK; i++) {
            kept.begin("r" + i, atWork());
        }

        assertThatThrownBy(() -> kept.begin("more", atWork()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.OVERLOADED));
        kept.replace("r0", over());
        kept.begin("more", atWork());
    }

    @Test
    void the_end_cancels_what_is_at_work() {
        kept.begin("a", atWork());

        kept.close();

        assertThat(cancellation.isRequested()).isTrue();
    }
}
