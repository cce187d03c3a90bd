package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.testkit.FakeServer;
import dev.polymnia.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How many calls are in flight at once, and who waits.
final class CallsAtOnceTest extends RemoteFixture {
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore mayAnswer = new Semaphore(0);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private final FakeServer.Answer held =
            call -> {
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                asked.release();
                mayAnswer.acquire();
                call.stream().says(0, "Yes").finish(0, "stop").usage(9, 0, 2);
                inFlight.decrementAndGet();
                call.done();
            };

    private Branch fork(Trunk trunk, int number, GenerationOptions options) {
        return trunk.fork(
                new BranchRequest(PROMPT.withHint("Try number " + number), options), told);
    }

    private static void awaitWaiting(RemoteModel model, int count) {
        while (model.pool().links().getFirst().places().waiting() != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void many_branches_keep_to_the_limit() throws InterruptedException {
        server.then(held);
        RemoteModel model = model(options().withCalls(2));
        List<Branch> branches = new ArrayList<>();

        try (Trunk trunk = model.open(PROMPT)) {
            for (int i = 0; i < 12; i++) {
                branches.add(fork(trunk, i, OPTIONS));
            }
            asked.acquire(2);
            awaitWaiting(model, 10);
            assertThat(server.calls()).hasSize(2);
            mayAnswer.release(12);

            for (Branch branch : branches) {
                assertThat(branch.await().message().text()).isEqualTo("Yes");
            }
        }

        assertThat(server.calls()).hasSize(12);
        assertThat(most).hasValue(2);
    }

    @Test
    void a_waiting_call_that_is_cancelled_is_not_made_and_lets_the_next_through()
            throws InterruptedException {
        server.then(held);
        RemoteModel model = model(options().withCalls(1));

        try (Trunk trunk = model.open(PROMPT);
                Branch first = fork(trunk, 1, OPTIONS)) {
            asked.acquire();
            try (Branch second = fork(trunk, 2, OPTIONS)) {
                awaitWaiting(model, 1);
                try (Branch third = fork(trunk, 3, OPTIONS)) {
                    awaitWaiting(model, 2);
                    second.cancel();
                    assertThat(second.await().reason()).isEqualTo(StopReason.CANCELLED);
                    awaitWaiting(model, 1);
                    mayAnswer.release(2);

                    assertThat(first.await().reason()).isEqualTo(StopReason.END);
                    assertThat(third.await().reason()).isEqualTo(StopReason.END);
                }
            }
        }

        assertThat(server.calls())
                .hasSize(2)
                .noneMatch(call -> call.body().contains("Try number 2"));
    }

    @Test
    void a_call_that_is_cancelled_in_flight_leaves_its_place() throws InterruptedException {
        server.then(held);
        RemoteModel model = model(options().withCalls(1));

        try (Trunk trunk = model.open(PROMPT);
                Branch first = fork(trunk, 1, OPTIONS)) {
            asked.acquire();
            try (Branch second = fork(trunk, 2, OPTIONS)) {
                awaitWaiting(model, 1);
                first.cancel();
                asked.acquire();
                mayAnswer.release(2);

                assertThat(second.await().reason()).isEqualTo(StopReason.END);
            }
        }
    }

    @Test
    void the_time_of_a_run_ends_its_waiting_and_nothing_is_reserved_meanwhile()
            throws InterruptedException {
        server.then(held);
        RemoteModel model = model(options().withCalls(1));
        ManualClock clock = new ManualClock();
        Account account =
                new Account(Budget.UNLIMITED.withTokens(50).withTime(Duration.ofSeconds(5)), clock);

        try (Trunk trunk = model.open(PROMPT);
                Branch first = fork(trunk, 1, OPTIONS)) {
            asked.acquire();
            try (Branch second = fork(trunk, 2, OPTIONS.withMeter(account.meter()))) {
                awaitWaiting(model, 1);
                assertThat(account.tokensLeft()).isEqualTo(50);
                clock.advance(Duration.ofSeconds(5));

                assertThat(second.await().reason()).isEqualTo(StopReason.BUDGET_TIME);
            }
            mayAnswer.release();
            assertThat(first.await().reason()).isEqualTo(StopReason.END);
        }

        assertThat(server.calls()).hasSize(1);
    }
}
