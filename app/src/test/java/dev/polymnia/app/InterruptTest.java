package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InterruptTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void it_cancels() {
        try (Interrupt interrupt = Interrupt.cancels(cancellation)) {
            interrupt.signal();
        }
        assertThat(cancellation.isRequested()).isTrue();
    }

    @Test
    void it_ends_the_work_in_the_way_that_was_said_last() {
        try (Interrupt interrupt = Interrupt.cancels(cancellation)) {
            interrupt.endsBy(ended::incrementAndGet);
            interrupt.signal();
        }
        assertThat(ended).hasValue(1);
        assertThat(cancellation.isRequested()).isFalse();
    }
}
