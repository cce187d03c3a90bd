package dev.polymnia.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void a_request_stays() {
        assertThatCode(cancellation::check).doesNotThrowAnyException();

        cancellation.request();

        assertThat(cancellation.isRequested()).isTrue();
        assertThatThrownBy(cancellation::check)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED));
    }

    @Test
    void an_action_runs_once() {
        cancellation.onRequest(calls::incrementAndGet);

        cancellation.request();
        cancellation.request();

        assertThat(calls).hasValue(1);
    }

    @Test
    void an_action_that_comes_late_runs_at_once() {
        cancellation.request();

        cancellation.onRequest(calls::incrementAndGet);

        assertThat(calls).hasValue(1);
    }

    @Test
    void a_closed_registration_is_forgotten() {
        try (Cancellation.Registration registration =
                cancellation.onRequest(calls::incrementAndGet)) {
            assertThat(registration).isNotNull();
        }

        cancellation.request();

        assertThat(calls).hasValue(0);
    }
}
