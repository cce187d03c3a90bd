package dev.polymnia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Priority;
import dev.polymnia.core.model.Probe;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.TokenDetail.Alternative;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What a model promises of what steers a branch from outside: constraints, biases, hooks,
/// priorities; and of what looks into it: alternatives and probes. What it does not claim it has to
/// refuse.
abstract class SteeringContract extends ContractFixture {
    private static final double ROUNDING = 1e-3;
    private static final Prompt QUESTION =
            Prompt.of(Message.user("What is 6 times 7? Answer with JSON."));
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"integer\"}},"
                    + "\"required\":[\"answer\"],\"additionalProperties\":false}";
    private static final String INTEGER_OBJECT =
            "\\s*\\{\\s*\"answer\"\\s*:\\s*-?(0|[1-9][0-9]*)\\s*\\}\\s*";
    private static final String GBNF = "root ::= \"yes\" | \"no\"";

    private static GenerationOptions schema(String text) {
        return GenerationOptions.DEFAULT
                .withMaxTokens(64)
                .withConstraint(new Constraint.JsonSchema(text));
    }

    private static GenerationOptions grammar(String text) {
        return SHORT.withConstraint(new Constraint.Grammar(text));
    }

    private boolean can(Capability capability) {
        return model().info().can(capability);
    }

    private void assertRefused(Fault.Code code, GenerationOptions options) {
        assertFault(code, () -> ask(options, BranchListener.NONE));
    }

    @Test
    void alternatives_are_as_many_as_asked_for_and_the_most_probable_come_first() {
        if (!can(Capability.ALTERNATIVES)) {
            return;
        }
        Recorder recorder = new Recorder();

        ask(SHORT.withDetail(new Detail(true, 3, 5)), recorder);

        assertThat(recorder.tokens())
                .isNotEmpty()
                .allSatisfy(token -> {
                    List<Double> told = logProbabilities(token);
                    assertThat(told).hasSize(5).allMatch(each -> each <= 0);
                    assertThat(told).isSortedAccordingTo((a, b) -> Double.compare(b, a));
                    assertThat(told.stream().mapToDouble(Math::exp).sum())
                            .isLessThanOrEqualTo(1 + ROUNDING);
                    // Greedy: what is sampled is the most probable one.
                    assertThat(told.getFirst()).isCloseTo(token.logProbability(), within(ROUNDING));
                    assertThat(token.confidence())
                            .isCloseTo(
                                    -told.stream()
                                            .limit(3)
                                            .mapToDouble(Double::doubleValue)
                                            .average()
                                            .orElseThrow(),
                                    within(ROUNDING));
                });
    }

    @Test
    void what_is_drawn_is_as_probable_as_its_alternatives_say() {
        if (!can(Capability.ALTERNATIVES)) {
            return;
        }
        Recorder recorder = new Recorder();

        ask(
                SHORT.withDetail(new Detail(true, 0, 4))
                        .withSampling(new Sampling(1, 0, 1, 0, 1))
                        .withSeed(5),
                recorder);

        assertThat(recorder.tokens())
                .isNotEmpty()
                .allSatisfy(token -> {
                    assertThat(token.alternatives()).hasSize(4);
                    double expected =
                            token.alternatives().stream()
                                    .filter(each -> each.id() == token.id() && each.id() >= 0)
                                    .mapToDouble(Alternative::logProbability)
                                    .findFirst()
                                    .orElse(token.logProbability());
                    assertThat(token.logProbability()).isCloseTo(expected, within(ROUNDING));
                    assertThat(token.logProbability())
                            .isLessThanOrEqualTo(logProbabilities(token).getFirst() + ROUNDING);
                });
    }

    private static List<Double> logProbabilities(TokenDetail token) {
        return token.alternatives().stream().map(Alternative::logProbability).toList();
    }

    @Test
    void a_hook_stops_a_branch_after_a_token() {
        String whole = ask(SHORT, BranchListener.NONE).message().text();
        List<TokenDetail> seen = new ArrayList<>();
        Recorder recorder = new Recorder();

        BranchResult result =
                ask(
                        SHORT.withStopHook(token -> {
                            seen.add(token);
                            return seen.size() == 3;
                        }),
                        recorder);

        assertThat(result.reason()).isEqualTo(StopReason.STOP_HOOK);
        assertThat(seen).hasSize(3);
        assertThat(result.message().text()).isNotEmpty();
        assertThat(whole).startsWith(result.message().text());
        assertThat(recorder.words(Channel.ANSWER)).isEqualTo(result.message().text());
        assertThat(recorder.events().getLast()).isEqualTo(new BranchEvent.Ended(result));
        // An endpoint may have told several tokens at once.
        assertThat(result.usage().generated()).isGreaterThanOrEqualTo(3);
        if (can(Capability.FORKS)) {
            assertThat(result.usage().generated()).isEqualTo(3);
        }
    }

    @Test
    void a_hook_is_asked_about_what_has_been_told() {
        Recorder recorder = new Recorder();
        List<TokenDetail> seen = new ArrayList<>();
        List<Integer> told = new ArrayList<>();
        Detail detail = can(Capability.LOG_PROBABILITIES) ? Detail.LOG_PROBABILITIES : Detail.NONE;

        BranchResult result =
                ask(
                        SHORT.withDetail(detail)
                                .withStopHook(token -> {
                                    seen.add(token);
                                    told.add(recorder.tokens().size());
                                    return false;
                                }),
                        recorder);

        assertThat(result.reason()).isEqualTo(StopReason.LENGTH);
        if (can(Capability.LOG_PROBABILITIES)) {
            assertThat(seen).isEqualTo(recorder.tokens());
            for (int i = 0; i < told.size(); i++) {
                assertThat(told.get(i)).isGreaterThan(i);
            }
        }
    }

    @Test
    void a_hook_that_throws_ends_only_its_own_branch() {
        GenerationOptions broken =
                SHORT.withStopHook(token -> {
                    throw new IllegalStateException("thrown by the test");
                });
        Recorder recorder = new Recorder();
        try (Trunk trunk = model().open(LONG);
                Branch bad = trunk.fork(request(LONG, broken), recorder);
                Branch good = trunk.fork(request(LONG, SHORT), BranchListener.NONE)) {
            assertFault(Fault.Code.INTERNAL, bad::await);
            assertThat(recorder.events().getLast()).isInstanceOf(BranchEvent.Failed.class);
            assertThat(good.await().reason()).isEqualTo(StopReason.LENGTH);
        }
    }

    @Test
    void a_bias_forbids_a_token() {
        if (!can(Capability.LOGIT_BIAS)) {
            assertRefused(Fault.Code.UNSUPPORTED, SHORT.withLogitBias(Map.of(1, -100.0)));
            return;
        }
        GenerationOptions options =
                GenerationOptions.DEFAULT.withMaxTokens(1).withDetail(Detail.LOG_PROBABILITIES);
        Recorder free = new Recorder();
        Recorder biased = new Recorder();

        ask(options, free);
        int first = free.tokens().getFirst().id();
        if (first < 0) {
            return; // an endpoint that takes the numbers of tokens and does not tell them
        }
        ask(options.withLogitBias(Map.of(first, -100.0)), biased);

        assertThat(biased.tokens().getFirst().id()).isNotEqualTo(first);
    }

    @Test
    void an_answer_fulfils_its_schema() {
        if (!can(Capability.SCHEMA)) {
            assertRefused(Fault.Code.UNSUPPORTED, schema(SCHEMA));
            return;
        }
        Recorder recorder = new Recorder();

        BranchResult result = model().generate(request(QUESTION, schema(SCHEMA)), recorder);

        assertThat(result.reason()).isIn(StopReason.END, StopReason.LENGTH);
        if (result.reason() == StopReason.END) {
            assertThat(result.message().text()).matches(INTEGER_OBJECT);
        }
        assertThat(recorder.words(Channel.ANSWER)).isEqualTo(result.message().text());
    }

    @Test
    void an_answer_is_a_text_of_its_grammar() {
        if (!can(Capability.GRAMMAR)) {
            assertRefused(Fault.Code.UNSUPPORTED, grammar(GBNF));
            return;
        }

        BranchResult result = ask(grammar(GBNF), BranchListener.NONE);

        assertThat(result.reason()).isEqualTo(StopReason.END);
        assertThat(result.message().text()).isIn("yes", "no");
    }

    @Test
    void a_constraint_that_cannot_be_read_is_refused() {
        if (can(Capability.SCHEMA)) {
            assertRefused(Fault.Code.INVALID, schema("{"));
            assertRefused(Fault.Code.INVALID, schema("{\"type\":\"nonsense\"}"));
        }
        if (can(Capability.GRAMMAR)) {
            assertRefused(Fault.Code.INVALID, grammar("root ::= ("));
            assertRefused(Fault.Code.INVALID, grammar("root ::= missing"));
        }
        // The model answers as before.
        assertThat(ask(SHORT, BranchListener.NONE).reason()).isEqualTo(StopReason.LENGTH);
    }

    @Test
    void a_beginning_that_a_constraint_rules_out_is_refused() {
        if (!can(Capability.GRAMMAR) || !can(Capability.BEGINNING)) {
            return;
        }

        // Some cannot constrain an answer that is begun for them at all.
        assertThatThrownBy(() ->
                        model().generate(
                                        request(LONG.withBeginning("maybe"), grammar(GBNF)),
                                        BranchListener.NONE))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(fault.code())
                                        .isIn(Fault.Code.INVALID, Fault.Code.UNSUPPORTED));
    }

    @Test
    void a_tool_that_is_not_offered_cannot_be_demanded() {
        assertRefused(Fault.Code.INVALID, SHORT.withToolChoice(ToolChoice.REQUIRED));
        assertRefused(Fault.Code.INVALID, SHORT.withToolChoice(new ToolChoice.Named("add")));
    }

    @Test
    void a_probe_reads_the_probabilities_of_words() {
        List<String> words = List.of("Yes", "No", "Once");
        Probe probe = new Probe(LONG, words, GenerationOptions.DEFAULT);
        if (!can(Capability.ALTERNATIVES)) {
            assertFault(Fault.Code.UNSUPPORTED, () -> model().probe(List.of(probe)));
            return;
        }

        List<Probe.Result> results = model().probe(List.of(probe, probe));

        assertThat(results)
                .hasSize(2)
                .allSatisfy(result -> {
                    assertThat(result.probabilities())
                            .hasSize(3)
                            .allSatisfy(each -> assertThat(each).isBetween(0.0, 1.0));
                    assertThat(result.probabilities().stream().mapToDouble(each -> each).sum())
                            .isLessThanOrEqualTo(1 + ROUNDING);
                    assertThat(result.usage().generated()).isEqualTo(1);
                    assertThat(result.usage().prompt()).isPositive();
                });
    }

    @Test
    void a_probe_finds_what_the_model_would_say() {
        if (!can(Capability.ALTERNATIVES)) {
            return;
        }
        Recorder recorder = new Recorder();
        ask(
                GenerationOptions.DEFAULT
                        .withMaxTokens(1)
                        .withDetail(Detail.LOG_PROBABILITIES.withAlternatives(1)),
                recorder);
        Alternative first = recorder.tokens().getFirst().alternatives().getFirst();
        if (!first.text().matches(" ?[A-Za-z0-9]+")) {
            return; // no word that would be probed
        }

        Probe.Result result =
                model().probe(
                                List.of(
                                        new Probe(
                                                LONG,
                                                List.of(first.text().strip()),
                                                GenerationOptions.DEFAULT)))
                        .getFirst();

        assertThat(result.probabilities().getFirst())
                .isGreaterThanOrEqualTo(Math.exp(first.logProbability()) - 10 * ROUNDING);
    }

    @Test
    void a_probe_leaves_a_running_branch_as_it_is() throws InterruptedException {
        if (!can(Capability.ALTERNATIVES)) {
            return;
        }
        String alone = ask(SHORT, BranchListener.NONE).message().text();
        CountDownLatch speaks = new CountDownLatch(2);
        try (Trunk trunk = model().open(LONG);
                Branch branch =
                        trunk.fork(
                                request(LONG, GenerationOptions.DEFAULT.withMaxTokens(40)),
                                event -> speaks.countDown())) {
            speaks.await();
            Prompt asked = LONG.plus(Message.assistant(alone)).plus(Message.user("Is it a story?"));
            Probe probe = new Probe(asked, List.of("Yes", "No"), GenerationOptions.DEFAULT);
            assertThat(model().probe(List.of(probe))).hasSize(1);

            BranchResult result = branch.await();
            assertThat(result.reason()).isEqualTo(StopReason.LENGTH);
            assertThat(result.message().text()).startsWith(alone);
        }
    }

    @Test
    void a_probe_leaves_a_stopped_branch_as_it_is() {
        if (!can(Capability.ALTERNATIVES) || !can(Capability.BEGINNING)) {
            return;
        }
        String untouched = continued(false);

        assertThat(continued(true)).isEqualTo(untouched);
    }

    private String continued(boolean probed) {
        try (Trunk trunk = model().open(LONG);
                Branch branch = trunk.fork(request(LONG, SHORT), BranchListener.NONE)) {
            Prompt soFar = LONG.withBeginning(branch.await().message().text());
            if (probed) {
                Probe probe = new Probe(soFar, List.of("Yes", "No"), GenerationOptions.DEFAULT);
                assertThat(model().probe(List.of(probe))).hasSize(1);
            }
            branch.resume(request(soFar, SHORT), BranchListener.NONE);
            return branch.await().message().text();
        }
    }

    @Test
    void what_nobody_waits_for_comes_to_its_end_too() {
        try (Trunk trunk = model().open(LONG);
                Branch patient =
                        trunk.fork(
                                request(LONG, SHORT.withPriority(Priority.BACKGROUND)),
                                BranchListener.NONE);
                Branch first = trunk.fork(request(LONG, SHORT), BranchListener.NONE);
                Branch second = trunk.fork(request(LONG, SHORT), BranchListener.NONE)) {
            for (Branch branch : List.of(patient, first, second)) {
                BranchResult result = branch.await();
                assertThat(result.reason()).isEqualTo(StopReason.LENGTH);
                assertThat(result.usage().generated()).isEqualTo(12);
            }
        }
    }

    @Test
    void nothing_cannot_be_forked() {
        try (Trunk trunk = model().open(LONG)) {
            assertFault(Fault.Code.INVALID, () -> trunk.forkAll(List.of()));
        }
    }
}
