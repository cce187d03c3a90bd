package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.server.people.Spender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private final Admission admission = new Admission(1, 0, Duration.ZERO);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Readiness readiness = new Readiness(admission, nanos::get);

    private void settle(String end) {
        readiness.settle(
                new Settled(
                        "run",
                        Spender.OPERATOR,
                        "scripted",
                        Mode.INSTANT,
                        end,
                        Usage.NONE,
                        0,
                        0,
                        null));
    }

    @Test
    void it_is_ready_until_it_stops() {
        assertThat(readiness.state()).isEqualTo(Readiness.READY);

        admission.stop();

        assertThat(readiness.state()).isEqualTo("stopping");
    }

    @Test
    void a_model_that_failed_is_given_a_pause() {
        settle("unavailable");
        assertThat(readiness.state()).isEqualTo("model_failed");

        nanos.addAndGet(Readiness.PAUSE.toNanos());

        assertThat(readiness.state()).isEqualTo(Readiness.READY);
    }

    @Test
    void a_model_that_answers_again_is_ready() {
        settle(Settled.BROKEN);
        settle(Settled.ANSWERED);

        assertThat(readiness.state()).isEqualTo(Readiness.READY);
    }

    @Test
    void what_a_client_did_wrong_says_nothing_of_the_model() {
        settle("context_full");
        settle("cancelled");

        assertThat(readiness.state()).isEqualTo(Readiness.READY);
    }
}
