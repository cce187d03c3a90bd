package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AdmissionTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Admission admission = new Admission(2, 1, LONG);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Admission.Place enter() {
        return admission.enter(Mode.THINKING, new Cancellation());
    }

    /// Enters on another thread, and returns once that waits.
    private Future<Admission.Place> enterLater(Cancellation cancellation) {
        Future<Admission.Place> place =
                threads.submit(() -> admission.enter(Mode.INSTANT, cancellation));
        while (admission.waiting(Mode.INSTANT) == 0) {
            Thread.onSpinWait();
        }
        return place;
    }

    private static void assertFault(ThrowingCallable call, Fault.Code code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    private static void assertRefused(Future<?> future, Fault.Code code) {
        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    @Test
    void so_many_run_one_more_waits_and_the_rest_is_sent_away() throws Exception {
        Admission.Place first = enter();
        enter();
        Future<Admission.Place> third = enterLater(new Cancellation());

        assertThat(admission.atWork(Mode.THINKING)).isEqualTo(2);
        assertFault(this::enter, Fault.Code.OVERLOADED);

        first.close();
        third.get();
        assertThat(admission.atWork(Mode.THINKING)).isEqualTo(1);
        assertThat(admission.atWork(Mode.INSTANT)).isEqualTo(1);
        assertThat(admission.waiting(Mode.INSTANT)).isZero();
    }

    /// Enters last on another thread, and returns once that waits.
    private Future<Admission.Place> enterLastLater() {
        int before = admission.waiting(Mode.INSTANT);
        Future<Admission.Place> place =
                threads.submit(() -> admission.enterLast(Mode.INSTANT, new Cancellation()));
        while (admission.waiting(Mode.INSTANT) == before) {
            Thread.onSpinWait();
        }
        return place;
    }

    @Test
    void what_may_as_well_not_be_comes_behind_all_others() throws Exception {
        Admission.Place first = enter();
        Admission.Place second = enter();
        Future<Admission.Place> last = enterLastLater();
        Future<Admission.Place> leisure =
                threads.submit(
                        () -> admission.enterAtLeisure(Mode.CONTEMPLATING, new Cancellation()));
        while (admission.waiting(Mode.CONTEMPLATING) == 0) {
            Thread.onSpinWait();
        }
        Future<Admission.Place> asked =
                threads.submit(() -> admission.enter(Mode.THINKING, new Cancellation()));
        while (admission.waiting(Mode.THINKING) == 0) {
            Thread.onSpinWait();
        }

        first.close();
        asked.get().close();
        leisure.get();
        assertThat(last).isNotDone();
        second.close();

        last.get();
    }

    @Test
    void few_wait_behind_all_others() {
        enter();
        enter();
        for (int i = 0; i < Admission.MOST_LAST; i++) {
            assertThat(enterLastLater()).isNotDone();
        }

        assertFault(
                () -> admission.enterLast(Mode.INSTANT, new Cancellation()), Fault.Code.OVERLOADED);
    }

    @Test
    void a_place_is_left_once() {
        Admission.Place first = enter();
        enter();
        first.close();
        first.close();

        enter();
        assertThat(admission.atWork(Mode.THINKING)).isEqualTo(2);
    }

    @Test
    void nobody_waits_for_ever() {
        Admission impatient = new Admission(1, 1, Duration.ZERO);
        impatient.enter(Mode.INSTANT, new Cancellation());

        assertFault(() -> impatient.enter(Mode.INSTANT, new Cancellation()), Fault.Code.OVERLOADED);
        assertThat(impatient.waiting(Mode.INSTANT)).isZero();
    }

    @Test
    void a_run_that_is_cancelled_waits_no_longer() {
        enter();
        enter();
        Cancellation cancellation = new Cancellation();
        Future<Admission.Place> waiting = enterLater(cancellation);

        cancellation.request();

        assertRefused(waiting, Fault.Code.CANCELLED);
        assertThat(admission.waiting(Mode.INSTANT)).isZero();
    }

    @Test
    void after_the_stop_runs_end_but_none_begins() throws Exception {
        Admission.Place first = enter();
        Cancellation cancellation = new Cancellation();
        Admission.Place second = admission.enter(Mode.THINKING, cancellation);
        Future<Admission.Place> waiting = enterLater(new Cancellation());

        admission.stop();

        assertRefused(waiting, Fault.Code.UNAVAILABLE);
        assertFault(this::enter, Fault.Code.UNAVAILABLE);
        assertThat(admission.isOpen()).isFalse();
        assertThat(admission.awaitEnd(Duration.ZERO)).isFalse();
        admission.cancelAll();
        assertThat(cancellation.isRequested()).isTrue();
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> ended =
                threads.submit(() -> {
                    begun.countDown();
                    return admission.awaitEnd(LONG);
                });
        begun.await();
        first.close();
        second.close();
        assertThat(ended.get()).isTrue();
    }

    @Test
    void who_comes_at_leisure_waits_behind_all_others_and_is_not_in_their_way() throws Exception {
        Admission.Place first = enter();
        Admission.Place second = enter();
        Future<Admission.Place> atLeisure =
                threads.submit(
                        () -> admission.enterAtLeisure(Mode.CONTEMPLATING, new Cancellation()));
        while (admission.waiting(Mode.CONTEMPLATING) == 0) {
            Thread.onSpinWait();
        }
        Future<Admission.Place> third = enterLater(new Cancellation());

        first.close();
        third.get();
        assertThat(atLeisure.isDone()).isFalse();
        second.close();

        assertThat(atLeisure.get()).isNotNull();
    }

    @Test
    void who_waits_at_leisure_is_sent_away_at_the_end() {
        enter();
        enter();
        Future<Admission.Place> atLeisure =
                threads.submit(
                        () -> admission.enterAtLeisure(Mode.CONTEMPLATING, new Cancellation()));
        while (admission.waiting(Mode.CONTEMPLATING) == 0) {
            Thread.onSpinWait();
        }

        admission.stop();

        assertRefused(atLeisure, Fault.Code.UNAVAILABLE);
    }
}
