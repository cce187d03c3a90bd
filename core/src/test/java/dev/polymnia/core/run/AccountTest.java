package dev.polymnia.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.Prices;
import dev.polymnia.core.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccountTest {
    /// 4, 1 and 10 millionths a token.
    private static final Prices PRICES = new Prices(4_000_000, 1_000_000, 10_000_000);

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
    void limits_can_be_raised_and_not_lowered() {
        Budget budget = Budget.UNLIMITED.withTokens(10).withTime(Duration.ofSeconds(1));
        Account account = account(budget.withAgents(2));
        assertThat(account.meter().reserve(10)).isEqualTo(10);
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        account.raise(budget.withTokens(4).withTime(Duration.ofSeconds(3)).withAgents(9));
        assertThat(account.meter().reserve(1)).isZero();
        assertThat(account.timeLeft()).isEqualTo(Duration.ofSeconds(1));
        account.raise(budget.withTokens(15));
        assertThat(account.meter().reserve(9)).isEqualTo(5);
        assertThat(account.budget())
                .isEqualTo(budget.withTokens(15).withTime(Duration.ofSeconds(3)).withAgents(2));
        account.raise(Budget.UNLIMITED);
        assertThat(account.meter().reserve(1_000_000)).isEqualTo(1_000_000);
        assertThat(account.admit(9)).isEqualTo(2);
    }

    @Test
    void money_can_be_raised() {
        Account account = new Account(Budget.UNLIMITED.withMoney(20), clock, PRICES);
        assertThat(account.meter().reserve(5)).isEqualTo(2);
        assertThat(account.lacksMoney()).isTrue();

        account.raise(Budget.UNLIMITED.withMoney(50));

        assertThat(account.lacksMoney()).isFalse();
        assertThat(account.meter().reserve(5)).isEqualTo(3);
    }

    @Test
    void an_account_goes_on_where_another_ended() {
        Budget budget =
                Budget.UNLIMITED
                        .withTokens(100)
                        .withMoney(9)
                        .withAgents(5)
                        .withTime(Duration.ofSeconds(60));
        Usage usage = new Usage(7, 8, 60);
        Prices prices = new Prices(0, 0, 110_000);
        Ledger.Entry entry = new Ledger.Entry(2, usage, 6); // 6.6, to be exact
        Ledger before = new Ledger(List.of(entry), List.of(), Duration.ofSeconds(50));
        now.set(Duration.ofDays(1).toNanos());

        Account account = new Account(budget, clock, prices, before, 3);

        assertThat(account.ledger()).isEqualTo(before);
        assertThat(account.tokensLeft()).isEqualTo(21);
        assertThat(account.admit(4)).isEqualTo(2);
        assertThat(account.timeLeft()).isEqualTo(Duration.ofSeconds(10));
        account.settle(2, new Usage(1, 1, 1));
        assertThat(account.ledger().usage()).isEqualTo(new Usage(8, 9, 61));
    }

    @Test
    void what_was_spent_at_other_prices_counts_as_the_most_it_can_be() {
        Ledger before =
                new Ledger(
                        List.of(new Ledger.Entry(0, new Usage(1, 1, 1), 4)),
                        List.of(),
                        Duration.ZERO);

        Account account =
                new Account(Budget.UNLIMITED.withMoney(9), clock, new Prices(0, 0, 1), before, 1);

        assertThat(account.ledger()).isEqualTo(before);
        assertThat(account.tokensLeft()).isEqualTo(4_000_001);
    }

    @Test
    void many_threads_together_never_pass_the_limit() throws Exception {
        // There is money for one token less than for all.
        Account account =
                account(
                        Budget.UNLIMITED.withTokens(10_000).withMoney(99_999),
                        new Prices(0, 0, 10_000_000));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> granted = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                granted.add(threads.submit(() -> spend(account.meter())));
            }
            int sum = 0;
            for (Future<Integer> each : granted) {
                sum += each.get();
            }

            assertThat(sum).isEqualTo(9_999);
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

    @ParameterizedTest
    @CsvSource({
        // tokens, money in millionths, price of a million tokens, wanted; granted, lacks money
        "100, 9, 0, 50, 50, false",
        "100, 9, 0, 150, 100, false",
        "100, 9, 1, 50, 9, true",
        "5, 9, 1, 50, 5, false",
        "100, 9, 0.6, 50, 15, true",
        "100, 0, 0.6, 1, 0, true",
        "100, 0, 0, 1, 1, false",
        "9, 9, 1, 50, 9, false"
    })
    void generated_tokens_are_granted_as_far_as_tokens_and_money_go(
            long tokens,
            long money,
            BigDecimal price,
            int wanted,
            int granted,
            boolean lacksMoney) {
        Account account =
                account(
                        Budget.UNLIMITED.withTokens(tokens).withMoney(money),
                        new Prices(0, 0, Prices.ofMillion(price)));

        assertThat(account.meter().reserve(wanted)).isEqualTo(granted);
        assertThat(account.lacksMoney()).isEqualTo(lacksMoney);
        account.meter().release(granted);
        assertThat(account.meter().reserve(wanted)).isEqualTo(granted);
    }

    @Test
    void a_call_is_reserved_at_its_most_and_settled_at_its_cost() {
        Account account = account(Budget.UNLIMITED.withMoney(100), PRICES);
        Meter meter = account.meter();

        assertThat(meter.reservePrompt(31)).isFalse(); // 31 × 4 millionths
        assertThat(account.lacksMoney()).isTrue();
        assertThat(meter.reservePrompt(20)).isTrue();
        assertThat(meter.reserve(5)).isEqualTo(2); // 10 millionths each
        Usage usage = new Usage(10, 2, 1); // 10 × 1, 2 × 4, 1 × 10
        meter.settleCall(20, 2, usage);
        account.settle(3, usage);

        assertThat(account.ledger().entries()).containsExactly(new Ledger.Entry(3, usage, 28));
        assertThat(account.tokensLeft()).isEqualTo(7);
        assertThat(meter.reservePrompt(19)).isFalse();
        assertThat(meter.reservePrompt(18)).isTrue();
    }

    @Test
    void nobody_starts_without_money() {
        Account account = account(Budget.UNLIMITED.withMoney(9), PRICES);

        assertThat(account.admit(4)).isZero();
        assertThat(account.lacksMoney()).isTrue();
        assertThat(account(Budget.UNLIMITED.withMoney(0), Prices.FREE).admit(4)).isEqualTo(4);
    }

    @Test
    void a_call_that_spent_too_much_is_entered_and_reported_once() {
        Account account = account(Budget.UNLIMITED.withTokens(100).withMoney(200), PRICES);
        assertThat(account.meter().reservePrompt(5)).isTrue();
        assertThat(account.meter().reserve(10)).isEqualTo(10);
        Usage usage = new Usage(0, 5, 30);

        account.meter().settleCall(5, 10, usage);
        assertThatThrownBy(() -> account.settle(0, usage))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL))
                .hasMessageContaining("0.0002");

        assertThat(account.tokensLeft()).isZero();
        assertThat(account.ledger().entries()).containsExactly(new Ledger.Entry(0, usage, 320));
        account.settle(1, Usage.NONE);
        // What others give back pays the debt first.
        account.meter().release(12);
        assertThat(account.tokensLeft()).isZero();
        account.meter().release(1);
        assertThat(account.tokensLeft()).isEqualTo(1);
    }

    /// Many branches that reserve, spend and give back in any order, with a server that does what
    /// it wants within what was granted.
    @Test
    void neither_tokens_nor_money_are_ever_passed() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Budget budget =
                    Budget.UNLIMITED
                            .withTokens(1 + random.nextInt(5000))
                            .withMoney(random.nextInt(2000));
            Prices prices = new Prices(price(random), price(random), random.nextInt(1, 2_000_000));
            new Spenders(random, budget, account(budget, prices), prices).spend();
        }
    }

    private static long price(Random random) {
        return random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000);
    }

    private record Call(int agent, int prompt, int granted) {}

    private record Spenders(
            Random random, Budget budget, Account account, Prices prices, List<Call> open) {
        Spenders(Random random, Budget budget, Account account, Prices prices) {
            this(random, budget, account, prices, new ArrayList<>());
        }

        void spend() {
            Usage spent = Usage.NONE;
            for (int step = 0; step < 400; step++) {
                switch (random.nextInt(3)) {
                    case 0 -> begin();
                    case 1 -> spent = spent.plus(end());
                    default -> spent = spent.plus(say());
                }
                check(spent);
            }
            while (!open.isEmpty()) {
                spent = spent.plus(end());
            }
            check(spent);
            long tokens = budget.tokens() - spent.generated();
            long money = budget.money() * 1_000_000 - prices.cost(spent);
            assertThat(account.tokensLeft())
                    .isEqualTo(Math.min(tokens, money / prices.generated()));
        }

        /// Begins a remote call.
        private void begin() {
            int prompt = random.nextInt(1000);
            if (open.size() < 32 && account.meter().reservePrompt(prompt)) {
                int granted = account.meter().reserve(1 + random.nextInt(300));
                int back = random.nextInt(granted + 1);
                account.meter().release(back);
                open.add(new Call(random.nextInt(8), prompt, granted - back));
            }
        }

        /// Ends a remote call.
        private Usage end() {
            if (open.isEmpty()) {
                return Usage.NONE;
            }
            Call call = open.remove(random.nextInt(open.size()));
            int read = random.nextInt(call.prompt() + 1);
            int cached = random.nextInt(read + 1);
            Usage usage = new Usage(cached, read - cached, random.nextInt(call.granted() + 1));
            account.meter().settleCall(call.prompt(), call.granted(), usage);
            account.settle(call.agent(), usage);
            return usage;
        }

        /// Says a token, as a model in this process does.
        private Usage say() {
            int granted = account.meter().reserve(1);
            if (granted == 0) {
                return Usage.NONE;
            }
            if (random.nextInt(3) == 0) {
                account.meter().release(1);
                return Usage.NONE;
            }
            Usage usage = new Usage(0, 0, 1);
            account.settle(random.nextInt(8), usage);
            return usage;
        }

        private void check(Usage spent) {
            assertThat(spent.generated()).isLessThanOrEqualTo(budget.tokens());
            assertThat(prices.cost(spent)).isLessThanOrEqualTo(budget.money() * 1_000_000);
            Ledger ledger = account.ledger();
            assertThat(ledger.usage()).isEqualTo(spent);
            assertThat(ledger.entries())
                    .allSatisfy(entry ->
                            assertThat(entry.money())
                                    .isEqualTo(prices.cost(entry.usage()) / 1_000_000));
        }
    }

    @Test
    void the_ledger_adds_up_per_agent_with_the_shared_part_first() {
        Account account = account(Budget.UNLIMITED, new Prices(600_000, 0, 0));
        account.settle(1, new Usage(1, 2, 3));
        account.settle(Ledger.SHARED, new Usage(0, 40, 0));
        account.settle(1, new Usage(10, 20, 30));
        now.addAndGet(7);

        Ledger ledger = account.ledger();

        assertThat(ledger.entries())
                .containsExactly(
                        new Ledger.Entry(Ledger.SHARED, new Usage(0, 40, 0), 24),
                        new Ledger.Entry(1, new Usage(11, 22, 33), 13));
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

    private Account account(Budget budget, Prices prices) {
        return new Account(budget, clock, prices);
    }

    private static int spend(Meter meter) {
        int spent = 0;
        for (int granted = meter.reserve(3); granted > 0; granted = meter.reserve(3)) {
            spent += granted;
        }
        return spent;
    }
}
