package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prices;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.FakeServer;
import dev.polymnia.testkit.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What calls cost, and budgets of money.
final class MoneyTest extends RemoteFixture {
    /// 4, 1 and 10 millionths a token.
    private static final Prices PRICES = new Prices(4_000_000, 1_000_000, 10_000_000);

    private final List<RunEvent> log = new ArrayList<>();

    private RemoteModel priced() {
        return model(options().withPrices(Map.of("tiny", PRICES)));
    }

    private static Account account(long money) {
        return new Account(Budget.UNLIMITED.withMoney(money), new ManualClock(), PRICES);
    }

    private static GenerationOptions options(Account account) {
        return OPTIONS.withMeter(account.meter());
    }

    private Outcome answer(Mode mode, long money) {
        RunRequest request =
                new RunRequest(
                        "run",
                        List.of(Message.user("What is 6 times 7?")),
                        mode,
                        Budget.UNLIMITED.withMoney(money),
                        7,
                        8,
                        new Cancellation());
        return new Assistant(priced(), new ManualClock()).answer(request, log::add);
    }

    private Ledger ledger() {
        return switch (log.getLast().event()) {
            case Event.RunFinished finished -> finished.ledger();
            case Event.RunFailed failed -> failed.ledger();
            default -> throw new AssertionError(log.getLast());
        };
    }

    /// Says as many tokens as it may.
    private static void babble(FakeServer.Call call) throws IOException {
        call.stream();
        int limit = json(call).path("max_tokens").asInt();
        for (int token = 0; token < limit; token++) {
            call.says(0, "x ");
        }
        call.finish(0, "length").usage(40, 30, limit).done();
    }

    @Test
    void only_the_prices_of_the_model_count() {
        assertThat(priced().info().prices()).isEqualTo(PRICES);
        assertThat(model(options().withPrices(Map.of("other", PRICES))).info().prices())
                .isEqualTo(Prices.FREE);
    }

    @Test
    void the_ledger_says_what_the_endpoint_billed() {
        server.then(call -> {
            call.stream();
            for (int i = 0; i < json(call).path("n").asInt(1); i++) {
                call.says(i, "Six sevens.\\nAnswer: ").says(i, "42").finish(i, "stop");
            }
            call.usage(40, 8, 12).done();
        });

        answer(Mode.CONTEMPLATING, 1_000_000);

        assertThat(server.calls()).hasSize(1);
        // The prompt of the wave is paid once.
        assertThat(ledger().usage()).isEqualTo(new Usage(8, 32, 12));
        assertThat(ledger().money()).isEqualTo(8 + 32 * 4 + 12 * 10);
    }

    @Test
    void money_cuts_a_run_short() {
        server.then(MoneyTest::babble);

        Outcome outcome = answer(Mode.INSTANT, 8000);

        assertThat(outcome.partial()).isTrue();
        long limit = json(server.calls().getFirst()).path("max_tokens").asLong();
        assertThat(limit).isBetween(10L, 400L);
        assertThat(ledger().usage()).isEqualTo(new Usage(30, 10, limit));
        assertThat(ledger().money()).isEqualTo(30 + 40 + 10 * limit).isLessThan(8000);
        assertThat(log)
                .extracting(RunEvent::event)
                .contains(
                        new Event.StoppedEarly(
                                Event.Rule.BUDGET, "the budget of 0.008 in money is spent"));
    }

    @Test
    void a_prompt_that_is_too_dear_is_not_sent() {
        assertFault(
                Fault.Code.BUDGET_SPENT,
                () -> answer(Mode.CONTEMPLATING, 2000),
                "the budget of 0.002 in money is spent");

        assertThat(server.calls()).isEmpty();
        assertThat(ledger().money()).isZero();
    }

    @Test
    void a_prompt_that_was_counted_is_reserved_as_it_was() {
        server.then(call -> call.stream().says(0, "Yes").finish(0, "stop").usage(40, 0, 2).done());
        RemoteModel model = priced();

        try (Trunk trunk = model.open(PROMPT)) {
            assertThat(end(trunk, account(2000)).reason()).isEqualTo(StopReason.BUDGET_TOKENS);
            assertThat(end(trunk, account(8000)).reason()).isEqualTo(StopReason.END);
            assertThat(end(trunk, account(2000)).reason()).isEqualTo(StopReason.END);
        }
        assertThat(server.calls()).hasSize(2);
    }

    private BranchResult end(Trunk trunk, Account account) {
        try (Branch branch = trunk.fork(new BranchRequest(PROMPT, options(account)), told)) {
            return branch.await();
        }
    }

    @Test
    void an_open_end_is_sent_as_a_limit_if_it_costs_something() {
        server.then(call -> call.stream().says(0, "Yes").finish(0, "stop").usage(40, 0, 2).done());

        ask(priced(), OPTIONS.withMaxTokens(Integer.MAX_VALUE));

        assertThat(json(server.calls().getFirst()).has("max_tokens")).isTrue();
    }

    @Test
    void what_is_billed_beyond_the_grant_is_entered_and_ends_the_run() {
        server.then(
                call -> call.stream().says(0, "Yes").finish(0, "stop").usage(40, 0, 9000).done());

        assertFault(Fault.Code.INTERNAL, () -> answer(Mode.INSTANT, 9000), "more than the most");

        assertThat(ledger().usage()).isEqualTo(new Usage(0, 40, 9000));
        assertThat(ledger().money()).isEqualTo(90_160);
    }

    @Test
    void a_refused_call_costs_nothing() {
        server.then(call -> call.error(401, "no key"));
        Account account = account(8000);

        assertFault(Fault.Code.INVALID, () -> ask(priced(), options(account)), "401");

        assertThat(account.tokensLeft()).isEqualTo(800);
    }

    @Test
    void a_call_without_a_bill_is_entered_at_the_most_it_can_have_read() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        server.then(call -> {
            call.stream().says(0, "So");
            call.awaitGone();
            gone.countDown();
        });
        Account account = account(10_000);
        RemoteModel model = priced();

        try (Trunk trunk = model.open(PROMPT);
                Branch branch = trunk.fork(new BranchRequest(PROMPT, options(account)), told)) {
            told.awaitWords();
            branch.cancel();
            Usage usage = branch.await().usage();
            gone.await();

            assertThat(usage.generated()).isEqualTo(1);
            assertThat(usage.computed()).isGreaterThan(1000);
            assertThat(account.tokensLeft())
                    .isEqualTo((10_000_000_000L - PRICES.cost(usage)) / 10_000_000);
        }
    }

    /// Waves against an endpoint that does anything within what it was granted: answers that are
    /// missing, bills that are missing, streams that break, refusals.
    @Test
    void money_is_never_passed_whatever_the_endpoint_does() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            AtomicLong billed = new AtomicLong();
            long money = random.nextLong(3000, 23_000);
            server.then(call -> whatever(call, random, billed));
            Account account = account(money);
            RemoteModel model = priced();
            for (int wave = 0; wave < 4; wave++) {
                wave(model, account, 1 + random.nextInt(4));
            }

            long cost = account.ledger().entries().stream().mapToLong(Ledger.Entry::money).sum();
            assertThat(cost).as("seed %d", seed).isLessThanOrEqualTo(money);
            assertThat(billed.get()).as("seed %d", seed).isLessThanOrEqualTo(money * 1_000_000);
            assertThat(account.tokensLeft())
                    .as("seed %d", seed)
                    .isEqualTo((money - PRICES.cost(account.ledger().usage()) / 1_000_000) / 10);
        }
        assertThat(server.calls()).hasSizeGreaterThan(60);
    }

    private void wave(RemoteModel model, Account account, int count) {
        try (Trunk trunk = model.open(PROMPT)) {
            List<Trunk.Fork> forks = new ArrayList<>();
            List<Told> listeners = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                listeners.add(new Told());
                forks.add(
                        new Trunk.Fork(
                                new BranchRequest(PROMPT, options(account).withSeed(i)),
                                listeners.getLast()));
            }
            for (Branch branch : trunk.forkAll(forks)) {
                try {
                    branch.await();
                } catch (Fault fault) {
                    assertThat(fault.code()).isNotEqualTo(Fault.Code.INTERNAL);
                }
            }
            for (int i = 0; i < count; i++) {
                account.settle(i, usage(listeners.get(i)));
            }
        }
    }

    private static Usage usage(Told listener) {
        return switch (listener.events().getLast()) {
            case BranchEvent.Ended(BranchResult result) -> result.usage();
            case BranchEvent.Failed failed -> failed.usage();
            default -> throw new AssertionError(listener.events());
        };
    }

    private static void whatever(FakeServer.Call call, Random random, AtomicLong billed)
            throws IOException {
        int asked = json(call).path("n").asInt(1);
        int limit = json(call).path("max_tokens").asInt();
        int given;
        int tokens;
        boolean breaks;
        synchronized (random) {
            if (random.nextInt(6) == 0) {
                call.error(400, asked > 1 ? "Field 'n': must be 1" : "no");
                return;
            }
            given = 1 + random.nextInt(asked);
            tokens = 1 + random.nextInt(Math.min(limit, 8));
            breaks = random.nextInt(5) == 0;
        }
        call.stream();
        for (int token = 1; token < tokens; token++) {
            for (int i = 0; i < given; i++) {
                call.says(i, "x");
            }
        }
        if (breaks) {
            return;
        }
        for (int i = 0; i < given; i++) {
            call.says(i, "x").finish(i, "length");
        }
        long generated = (long) given * tokens;
        billed.addAndGet(PRICES.cost(new Usage(0, 31, generated)));
        call.usage(31, 0, generated).done();
    }
}
