package dev.polymnia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Account;
import dev.polymnia.core.run.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every [dev.polymnia.core.model.BranchingModel] promises. An implementation extends this
/// class and says which model is tested; it must have at least 1024 tokens of context and answer
/// [#LONG] with more than 40 tokens.
public abstract class BranchingModelContract extends SteeringContract {
    /// For implementations.
    protected BranchingModelContract() {}

    /// Returns how many of the first characters of a greedy answer are the same however the rows of
    /// steps are put together. All of them, unless kernels round differently for other numbers of
    /// rows.
    protected int exactCharacters() {
        return Integer.MAX_VALUE;
    }

    private String beginning(String words) {
        return words.substring(0, Math.min(words.length(), exactCharacters()));
    }

    @Test
    void it_tells_the_start_then_words_then_the_end_once() {
        Recorder recorder = new Recorder();

        BranchResult result = model().generate(request(LONG, SHORT), recorder);

        List<BranchEvent> events = recorder.events();
        assertThat(events.getFirst()).isInstanceOf(BranchEvent.Started.class);
        assertThat(events.getLast()).isEqualTo(new BranchEvent.Ended(result));
        assertThat(events.subList(1, events.size() - 1))
                .isNotEmpty()
                .allMatch(BranchEvent.Delta.class::isInstance);
        assertThat(recorder.words(Channel.ANSWER)).isEqualTo(result.message().text());
        assertThat(result.message().text()).isNotEmpty();
    }

    @Test
    void it_stops_at_the_limit_of_tokens() {
        BranchResult result = model().generate(request(LONG, SHORT), BranchListener.NONE);

        assertThat(result.reason()).isEqualTo(StopReason.LENGTH);
        assertThat(result.usage().generated()).isEqualTo(12);
        assertThat(result.usage().prompt()).isPositive();
    }

    @Test
    void greedy_words_are_the_same_again() {
        GenerationOptions options = GenerationOptions.DEFAULT.withMaxTokens(24);

        BranchResult first = model().generate(request(LONG, options), BranchListener.NONE);
        BranchResult second = model().generate(request(LONG, options), BranchListener.NONE);

        assertThat(second.message()).isEqualTo(first.message());
    }

    @Test
    void a_seed_gives_the_same_words_again() {
        GenerationOptions options =
                GenerationOptions.DEFAULT
                        .withMaxTokens(24)
                        .withSampling(new Sampling(1, 40, 0.95, 0, 1))
                        .withSeed(42);

        BranchResult first = model().generate(request(LONG, options), BranchListener.NONE);
        BranchResult second = model().generate(request(LONG, options), BranchListener.NONE);

        assertThat(second.message()).isEqualTo(first.message());
    }

    @Test
    void a_fork_reads_only_what_the_trunk_does_not_hold() {
        try (Trunk trunk = model().open(LONG)) {
            Recorder same = new Recorder();
            Recorder other = new Recorder();
            try (Branch first = trunk.fork(request(LONG, SHORT), same);
                    Branch second =
                            trunk.fork(
                                    request(LONG.withHint("Begin with the weather."), SHORT),
                                    other)) {
                Usage shared = first.await().usage();
                Usage parted = second.await().usage();

                assertThat(shared.prompt()).isEqualTo(trunk.tokens());
                assertThat(parted.prompt()).isGreaterThan(shared.prompt());
                if (model().info().can(Capability.FORKS)) {
                    assertThat(shared.computed()).isLessThanOrEqualTo(1);
                    assertThat(parted.cached()).isPositive();
                    assertThat(parted.computed()).isLessThan(trunk.tokens());
                }
            }
        }
    }

    @Test
    void a_fork_says_what_a_fresh_prompt_says() {
        GenerationOptions options = GenerationOptions.DEFAULT.withMaxTokens(24);
        Prompt hinted = LONG.withHint("Begin with the weather.");
        BranchResult fresh = model().generate(request(hinted, options), BranchListener.NONE);

        try (Trunk trunk = model().open(LONG);
                Branch fork = trunk.fork(request(hinted, options), BranchListener.NONE)) {
            BranchResult forked = fork.await();

            assertThat(forked.message().text()).startsWith(beginning(fresh.message().text()));
        }
    }

    @Test
    void the_beginning_of_the_answer_is_part_of_it() {
        if (!model().info().can(Capability.BEGINNING)) {
            assertThatThrownBy(() ->
                            model().generate(
                                            request(LONG.withBeginning("Once"), SHORT),
                                            BranchListener.NONE))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED));
            return;
        }

        BranchResult result =
                model().generate(
                                request(LONG.withBeginning("Once upon"), SHORT),
                                BranchListener.NONE);

        assertThat(result.message().text()).startsWith("Once upon").hasSizeGreaterThan(9);
    }

    @Test
    void a_stop_string_ends_the_words_before_it() {
        GenerationOptions options = GenerationOptions.DEFAULT.withMaxTokens(24);
        String whole =
                model().generate(request(LONG, options), BranchListener.NONE).message().text();
        String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 4);
        Recorder recorder = new Recorder();

        BranchResult result =
                model().generate(request(LONG, options.withStops(List.of(stop))), recorder);

        assertThat(result.reason()).isEqualTo(StopReason.STOP_STRING);
        assertThat(result.message().text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(recorder.words(Channel.ANSWER)).isEqualTo(result.message().text());
    }

    @Test
    void tokens_come_with_their_details_when_asked() {
        if (!model().info().can(Capability.ALTERNATIVES)) {
            return;
        }
        Recorder recorder = new Recorder();

        BranchResult result =
                model().generate(request(LONG, SHORT.withDetail(new Detail(true, 5, 0))), recorder);

        List<TokenDetail> tokens = recorder.tokens();
        int leastId = model().info().can(Capability.FORKS) ? 0 : -1; // not all endpoints tell it
        assertThat(tokens).hasSize((int) result.usage().generated());
        assertThat(tokens)
                .allSatisfy(token -> {
                    assertThat(token.id()).isGreaterThanOrEqualTo(leastId);
                    assertThat(token.logProbability()).isNotPositive();
                    assertThat(token.confidence()).isNotNegative();
                });
        assertThat(result.meanLogProbability())
                .isCloseTo(
                        tokens.stream()
                                .mapToDouble(TokenDetail::logProbability)
                                .average()
                                .orElseThrow(),
                        within(1e-6));
    }

    @Test
    void without_details_tokens_are_not_told() {
        Recorder recorder = new Recorder();

        BranchResult result = model().generate(request(LONG, SHORT), recorder);

        assertThat(recorder.tokens()).isEmpty();
        assertThat(result.meanLogProbability()).isNaN();
    }

    @Test
    void a_cancelled_request_does_not_begin() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        BranchResult result =
                model().generate(
                                request(LONG, SHORT.withCancellation(cancellation)),
                                BranchListener.NONE);

        assertThat(result.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(result.usage().generated()).isZero();
    }

    @Test
    void a_branch_is_cancelled_while_it_speaks() throws InterruptedException {
        CountDownLatch speaks = new CountDownLatch(3);
        CountDownLatch cancelled = new CountDownLatch(1);
        BranchListener listener =
                event -> {
                    speaks.countDown();
                    if (speaks.getCount() == 0) {
                        awaitUnchecked(cancelled);
                    }
                };
        try (Trunk trunk = model().open(LONG);
                Branch branch = trunk.fork(request(LONG, GenerationOptions.DEFAULT), listener)) {
            speaks.await();
            branch.cancel();
            branch.cancel();
            cancelled.countDown();

            assertThat(branch.await().reason()).isEqualTo(StopReason.CANCELLED);
        }
    }

    @Test
    void an_interrupted_wait_cancels_the_branch() {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Trunk trunk = model().open(LONG);
                Branch branch =
                        trunk.fork(
                                request(LONG, GenerationOptions.DEFAULT),
                                event -> awaitUnchecked(interrupted))) {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(branch::await)
                        .isInstanceOfSatisfying(
                                Fault.class,
                                fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED));
                assertThat(Thread.interrupted()).isTrue();
            } finally {
                interrupted.countDown();
            }

            assertThat(branch.await().reason()).isEqualTo(StopReason.CANCELLED);
        }
    }

    @Test
    void tokens_of_all_branches_together_stay_within_the_budget() {
        Account account = new Account(Budget.UNLIMITED.withTokens(31), new ManualClock());
        GenerationOptions options = GenerationOptions.DEFAULT.withMeter(account.meter());
        try (Trunk trunk = model().open(LONG)) {
            List<Branch> branches = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                branches.add(trunk.fork(request(LONG, options), BranchListener.NONE));
            }
            long generated = 0;
            for (Branch branch : branches) {
                BranchResult result = branch.await();
                assertThat(result.reason()).isEqualTo(StopReason.BUDGET_TOKENS);
                generated += result.usage().generated();
            }

            assertThat(generated).isEqualTo(31);
            assertThat(account.tokensLeft()).isZero();
        }
    }

    @Test
    void nothing_is_generated_when_the_time_is_up() {
        ManualClock clock = new ManualClock();
        Account account = new Account(Budget.UNLIMITED.withTime(Duration.ofSeconds(5)), clock);
        clock.advance(Duration.ofSeconds(5));

        BranchResult result =
                model().generate(
                                request(LONG, SHORT.withMeter(account.meter())),
                                BranchListener.NONE);

        assertThat(result.reason()).isEqualTo(StopReason.BUDGET_TIME);
        assertThat(result.usage().generated()).isZero();
    }

    @Test
    void a_listener_that_throws_ends_only_its_own_branch() {
        BranchListener broken =
                event -> {
                    if (event instanceof BranchEvent.Delta) {
                        throw new IllegalStateException("thrown by the test");
                    }
                };
        try (Trunk trunk = model().open(LONG);
                Branch bad = trunk.fork(request(LONG, SHORT), broken);
                Branch good = trunk.fork(request(LONG, SHORT), BranchListener.NONE)) {
            assertThatThrownBy(bad::await)
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL));
            assertThat(good.await().reason()).isEqualTo(StopReason.LENGTH);
        }
    }

    @Test
    void branches_that_start_together_all_speak() {
        List<Recorder> recorders = List.of(new Recorder(), new Recorder(), new Recorder());
        List<Trunk.Fork> forks = new ArrayList<>();
        for (Recorder recorder : recorders) {
            forks.add(new Trunk.Fork(request(LONG, SHORT.withSeed(forks.size())), recorder));
        }
        try (Trunk trunk = model().open(LONG)) {
            List<Branch> branches = trunk.forkAll(forks);

            assertThat(branches).hasSize(3);
            long generated = 0;
            for (int i = 0; i < 3; i++) {
                try (Branch branch = branches.get(i)) {
                    BranchResult result = branch.await();
                    generated += result.usage().generated();
                    assertThat(result.reason()).isEqualTo(StopReason.LENGTH);
                    assertThat(recorders.get(i).words(Channel.ANSWER))
                            .isNotEmpty()
                            .isEqualTo(result.message().text());
                }
            }
            assertThat(generated).isEqualTo(36);
        }
    }

    @Test
    void branches_that_start_together_are_cancelled_one_by_one() throws InterruptedException {
        CountDownLatch speaks = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        BranchListener first =
                event -> {
                    speaks.countDown();
                    awaitUnchecked(cancelled);
                };
        try (Trunk trunk = model().open(LONG)) {
            List<Branch> branches =
                    trunk.forkAll(
                            List.of(
                                    new Trunk.Fork(request(LONG, SHORT), first),
                                    new Trunk.Fork(
                                            request(LONG, SHORT.withSeed(1)),
                                            BranchListener.NONE)));
            speaks.await();
            branches.getFirst().cancel();
            cancelled.countDown();

            assertThat(branches.getFirst().await().reason()).isEqualTo(StopReason.CANCELLED);
            assertThat(branches.getLast().await().reason()).isEqualTo(StopReason.LENGTH);
        }
    }

    @Test
    void a_stopped_branch_goes_on_from_what_it_holds() {
        if (!model().info().can(Capability.BEGINNING)) {
            return;
        }
        try (Trunk trunk = model().open(LONG);
                Branch branch = trunk.fork(request(LONG, SHORT), BranchListener.NONE)) {
            String said = branch.await().message().text();
            Recorder recorder = new Recorder();

            branch.resume(request(LONG.withBeginning(said), SHORT), recorder);
            BranchResult more = branch.await();

            assertThat(more.message().text()).startsWith(said).hasSizeGreaterThan(said.length());
            assertThat(said + recorder.words(Channel.ANSWER)).isEqualTo(more.message().text());
            if (model().info().can(Capability.FORKS)) {
                assertThat(more.usage().cached()).isGreaterThanOrEqualTo(trunk.tokens() - 1);
            }
        }
    }

    @Test
    void a_running_branch_cannot_be_resumed() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        BranchListener waiting =
                event -> {
                    told.countDown();
                    awaitUnchecked(tried);
                };
        try (Trunk trunk = model().open(LONG);
                Branch branch = trunk.fork(request(LONG, SHORT), waiting)) {
            told.await();
            try {
                assertThatThrownBy(() -> branch.resume(request(LONG, SHORT), BranchListener.NONE))
                        .isInstanceOf(IllegalStateException.class);
            } finally {
                tried.countDown();
            }
            assertThat(branch.await().reason()).isEqualTo(StopReason.LENGTH);
        }
    }

    @Test
    void a_prompt_longer_than_the_context_is_refused() {
        String words = "word ".repeat(model().info().contextTokens() + 1);
        Prompt tooLong = Prompt.of(Message.user(words));

        // A remote model learns it from the endpoint, when it asks for words.
        ThrowingCallable refused =
                model().info().can(Capability.FORKS)
                        ? () -> model().open(tooLong)
                        : () -> model().generate(request(tooLong, SHORT), BranchListener.NONE);
        assertThatThrownBy(refused)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CONTEXT_FULL));
    }

    @Test
    void closing_a_trunk_ends_its_branches() {
        Trunk trunk = model().open(LONG);
        Branch branch = trunk.fork(request(LONG, GenerationOptions.DEFAULT), BranchListener.NONE);

        trunk.close();
        trunk.close();
        branch.close();

        assertThat(branch.await().reason())
                .isIn(StopReason.CANCELLED, StopReason.END, StopReason.LENGTH);
        assertThatThrownBy(() -> trunk.fork(request(LONG, SHORT), BranchListener.NONE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> branch.resume(request(LONG, SHORT), BranchListener.NONE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void many_threads_generate_at_once() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BranchResult>> results = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Prompt prompt = LONG.withHint("Story number " + i + ".");
                results.add(
                        threads.submit(() ->
                                model().generate(request(prompt, SHORT), BranchListener.NONE)));
            }
            for (Future<BranchResult> result : results) {
                assertThat(result.get().usage().generated()).isEqualTo(12);
            }
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
