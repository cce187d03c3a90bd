package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventQueueTest {
    private static final Duration NO_TIME = Duration.ZERO;

    private final AtomicInteger dropped = new AtomicInteger();
    private final EventQueue queue = new EventQueue(2, dropped::incrementAndGet);

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    private static RunEvent event(int sequence) {
        return new RunEvent(
                "run", RunEvent.WHOLE, sequence, Duration.ZERO, new Event.AnswerDelta("word"));
    }

    @Test
    void events_come_in_their_order() {
        queue.on(event(0));
        queue.on(event(1));

        assertThat(queue.poll(NO_TIME)).isEqualTo(event(0));
        assertThat(queue.poll(NO_TIME)).isEqualTo(event(1));
        assertThat(queue.poll(NO_TIME)).isNull();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(dropped).hasValue(0);
    }

    @Test
    void a_reader_that_is_too_slow_is_dropped_once_and_the_run_goes_on() {
        for (int i = 0; i < 10; i++) {
            queue.on(event(i));
        }

        assertThat(dropped).hasValue(1);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThatThrownBy(() -> queue.poll(NO_TIME))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("slowly");
    }

    @Test
    void an_interrupt_from_elsewhere_is_no_drop() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.poll(NO_TIME))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
