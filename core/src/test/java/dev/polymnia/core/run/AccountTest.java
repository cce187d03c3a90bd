package dev.polymnia.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AccountTest {
    private final AtomicLong now = new AtomicLong();
    private final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return Instant.EPOCH.plusNanos(now.get());
                }

                @Override
                public long nanos() {
                    return now.get();
                }
            };

    @Test
    void a_meter_grants_what_is_left_and_no_more() {
        Meter meter = account(Budget.UNLIMITED.withTokens(10)).meter();

        assertThat(meter.reserve(7)).isEqualTo(7);
        assertThat(meter.reserve(7)).isEqualTo(3);
        assertThat(meter.reserve(1)).isZero();
        meter.release(2);
        assertThat(meter.reserve(5)).isEqualTo(2);
    }

    @Test
    void an_account_goes_on_where_another_ended() {
        Budget budget =
                Budget.UNLIMITED
                        .withTokens(100)
                        .withMoney(9)
                        .withAgents(5)
                        .withTime(Duration.ofSeconds(60));
        Ledger.Entry entry = new Ledger.Entry(2, new Usage(7, 8, 60), 4);
        Ledger before = new Ledger(List.of(entry), List.of(), Duration.ofSeconds(50));
        now.set(Duration.ofDays(1).toNanos());

        Account account = new Account(budget, clock, before, 3);

        assertThat(account.ledger()).isEqualTo(before);
        assertThat(account.tokensLeft()).isEqualTo(40);
        assertThat(account.admit(4)).isEqualTo(2);
        assertThat(account.timeLeft()).isEqualTo(Duration.ofSeconds(10));
        assertThat(account.reserve(2, 1, 6)).isEmpty();
        account.settle(2, new Usage(1, 1, 1));
        assertThat(account.ledger().usage()).isEqualTo(new Usage(8, 9, 61));
    }

    @Test
    void many_threads_together_never_pass_the_limit() throws Exception {
        Account account = account(Budget.UNLIMITED.withTokens(10_000));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> granted = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                granted.add(threads.submit(() -> spend(account.meter())));
            }
            int sum = 0;
            for (Future<Integer> each : granted) {
                sum += each.get();
            }

            assertThat(sum).isEqualTo(10_000);
        }
        assertThat(account.tokensLeft()).isZero();
    }

    @Test
    void the_time_is_up_when_it_is() {
        Account account = account(Budget.UNLIMITED.withTime(Duration.ofSeconds(2)));

        assertThat(account.meter().isTimeUp()).isFalse();
        now.addAndGet(Duration.ofSeconds(2).toNanos() - 1);
        assertThat(account.timeLeft()).isEqualTo(Duration.ofNanos(1));
        now.addAndGet(2);
        assertThat(account.meter().isTimeUp()).isTrue();
        assertThat(account.timeLeft()).isZero();
        assertThat(account.admit(1)).isZero();
    }

    @Test
    void agents_are_admitted_up_to_their_number() {
        Account account = account(Budget.UNLIMITED.withAgents(6));

        assertThat(account.admit(4)).isEqualTo(4);
        assertThat(account.admit(4)).isEqualTo(2);
        assertThat(account.admit(1)).isZero();
    }

    @Test
    void a_reservation_holds_the_most_until_it_is_settled() {
        Account account = account(Budget.UNLIMITED.withTokens(100).withMoney(50));

        Account.Reservation first = account.reserve(0, 60, 30).orElseThrow();
        assertThat(account.reserve(1, 60, 0)).isEmpty();
        assertThat(account.reserve(1, 10, 30)).isEmpty();
        first.settle(new Usage(5, 7, 20), 10);

        assertThat(account.tokensLeft()).isEqualTo(80);
        assertThat(account.reserve(1, 80, 40)).isPresent();
        assertThat(account.ledger().entries())
                .containsExactly(new Ledger.Entry(0, new Usage(5, 7, 20), 10));
    }

    @Test
    void a_reservation_is_settled_once() {
        Account.Reservation reservation = account(Budget.UNLIMITED).reserve(0, 10, 0).orElseThrow();
        reservation.settle(Usage.NONE, 0);

        assertThatThrownBy(() -> reservation.settle(Usage.NONE, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_call_that_spent_too_much_is_entered_and_reported() {
        Account account = account(Budget.UNLIMITED.withTokens(100));
        Account.Reservation reservation = account.reserve(0, 10, 0).orElseThrow();

        assertThatThrownBy(() -> reservation.settle(new Usage(0, 0, 30), 0))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL));
        assertThat(account.tokensLeft()).isEqualTo(70);
        assertThat(account.ledger().usage().generated()).isEqualTo(30);
    }

    @Test
    void the_ledger_adds_up_per_agent_with_the_shared_part_first() {
        Account account = account(Budget.UNLIMITED);
        account.settle(1, new Usage(1, 2, 3));
        account.settle(Ledger.SHARED, new Usage(0, 40, 0));
        account.settle(1, new Usage(10, 20, 30));
        now.addAndGet(7);

        Ledger ledger = account.ledger();

        assertThat(ledger.entries())
                .containsExactly(
                        new Ledger.Entry(Ledger.SHARED, new Usage(0, 40, 0), 0),
                        new Ledger.Entry(1, new Usage(11, 22, 33), 0));
        assertThat(ledger.usage()).isEqualTo(new Usage(11, 62, 33));
        assertThat(ledger.wall()).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void a_budget_that_allows_nothing_is_refused() {
        List<Runnable> contradictions =
                List.of(
                        () -> Budget.UNLIMITED.withTokens(0),
                        () -> Budget.UNLIMITED.withTime(Duration.ZERO),
                        () -> Budget.UNLIMITED.withAgents(-1),
                        () -> Budget.UNLIMITED.withMoney(-1));

        assertThat(contradictions)
                .allSatisfy(contradiction ->
                        assertThatThrownBy(contradiction::run)
                                .isInstanceOfSatisfying(
                                        Fault.class,
                                        fault ->
                                                assertThat(fault.code())
                                                        .isEqualTo(Fault.Code.INVALID)));
    }

    private Account account(Budget budget) {
        return new Account(budget, clock);
    }

    private static int spend(Meter meter) {
        int spent = 0;
        for (int granted = meter.reserve(3); granted > 0; granted = meter.reserve(3)) {
            spent += granted;
        }
        return spent;
    }
}
