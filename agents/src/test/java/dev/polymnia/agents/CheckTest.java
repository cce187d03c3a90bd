package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that the agents of a team do not agree on, and those who check them.
final class CheckTest extends ToolFixture {
    private static final ProgramRunner RUNS =
            work ->
                    work.words().startsWith("returns ")
                            ? ProgramRunner.Result.of(work.words().substring(8))
                            : ProgramRunner.Result.failed("SyntaxError: invalid syntax");

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// Agents answer 31, 21, 31, 7; those who check say what is given for their claim.
    private Script script(Map<String, Reply> checks) {
        List<String> first = List.of(LEFT, OTHER, LEFT, "Answer: 7");
        return (request, index) -> {
            String words = request.prompt().messages().getLast().text();
            Optional<Reply> check =
                    words.contains("Somebody claims")
                            ? words.lines()
                                    .flatMap(line -> Optional.ofNullable(checks.get(line)).stream())
                                    .findFirst()
                            : Optional.empty();
            check.ifPresent(_ -> asked.add(words));
            return check.orElseGet(() -> Reply.of(first.get(index % first.size())));
        };
    }

    private static Map<String, Reply> say(String of31, String of21, String of7) {
        return Map.of("31", Reply.of(of31), "21", Reply.of(of21), "7", Reply.of(of7));
    }

    private RunRequest checked() {
        return request(Mode.CONTEMPLATING)
                .withAgents(4)
                .withTeam(TeamChoice.PROFILE.withMix(TeamChoice.Mix.WORDS).withCheck(true));
    }

    @Test
    void an_answer_in_which_an_error_was_found_does_not_count() {
        Outcome outcome =
                answer(
                        script(say("returns False", "returns True", "returns False")),
                        checked(),
                        RUNS);

        assertThat(outcome).isEqualTo(new Outcome("21", Optional.of("21"), false));
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsExactly(
                        "words", "words", "words", "words", "checker", "checker", "checker");
        assertThat(events(Event.AgentStarted.class).getLast().wave()).isEqualTo(2);
        for (int agent = 0; agent < 7; agent++) {
            assertAgent(agent);
        }
    }

    @Test
    void who_checks_reads_the_claim_and_nothing_else_of_what_was_said() {
        answer(script(say("returns True", "returns True", "returns True")), checked(), RUNS);

        assertThat(asked).hasSize(3).noneMatch(words -> words.contains("36 -"));
        assertThat(asked).filteredOn(words -> words.contains("\n31\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // All would be refuted.
                "returns False",
                // Programs that do not run, and nothing at all.
                "def solution(",
                "returns nan",
            })
    void else_the_vote_decides(String check) {
        assertThat(answer(script(say(check, check, check)), checked(), RUNS).answer())
                .contains("31");
    }

    @Test
    void what_a_checker_comes_to_is_held_against_the_claim_in_code() {
        // Without a sandbox they recompute in words.
        Outcome outcome =
                answer(
                        script(
                                say(
                                        "36 - 15 = 21.\nAnswer: 21",
                                        "So it is.\nAnswer: 21.0",
                                        "I cannot tell.")),
                        checked());

        assertThat(outcome.answer()).contains("21");
    }

    @Test
    void what_the_agents_agree_on_is_not_checked() {
        Script agreed = (request, _) -> Reply.of(LEFT);

        assertThat(answer(agreed, checked(), RUNS).answer()).contains("31");
        assertThat(events(Event.AgentStarted.class)).hasSize(4);
    }

    @Test
    void nobody_checks_unless_it_is_asked_for() {
        answer(
                script(say("returns False", "returns True", "returns False")),
                checked().withTeam(TeamChoice.PROFILE),
                RUNS);

        assertThat(asked).isEmpty();
    }

    @Test
    void code_is_held_against_its_tests_only() {
        RunRequest code =
                checked()
                        .withMessages(
                                List.of(Message.user("Write a Python function that adds 1.")));
        List<String> answers = List.of("```\na\n```", "```\nb\n```");
        Script script = (_, index) -> Reply.of(answers.get(index % 2));

        answer(script, code, work -> ProgramRunner.Result.of("behaves as " + work.words()));

        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .doesNotContain("checker");
    }

    @Test
    void a_validator_looks_the_claim_up_with_tools_that_only_read() {
        TestTool shelf = reading("look");
        TestTool oven = writing("bake");
        Script checks = script(say("returns True", "returns True", "returns True"));
        Script script =
                (request, index) -> {
                    String hint =
                            request.prompt().messages().stream()
                                    .map(Message::text)
                                    .filter(words -> words.contains("look it up with the tools"))
                                    .findFirst()
                                    .orElse("");
                    if (hint.isEmpty()) {
                        return checks.reply(request, index);
                    }
                    assertThat(request.prompt().tools()).containsExactly(shelf.spec());
                    return round(request) == 0
                            ? Reply.of("").calling("look", ARGUMENTS)
                            : Reply.of("Answer: " + (hint.contains("21") ? "yes" : "no"));
                };

        Outcome outcome = answer(script, checked().withTools(List.of(shelf, oven)), RUNS);

        assertThat(outcome.answer()).contains("21");
        assertThat(shelf.calls).hasSize(1);
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .endsWith("checker", "validator", "validator", "validator");
        assertSound();
    }

    @Test
    void a_validator_that_asks_the_client_is_not_waited_for() {
        Script checks = script(say("returns True", "returns True", "returns True"));
        Script script =
                (request, index) ->
                        request.prompt()
                                        .messages()
                                        .getLast()
                                        .text()
                                        .contains("look it up with the tools")
                                ? Reply.of("").calling("fetch", ARGUMENTS)
                                : checks.reply(request, index);
        RunRequest request =
                checked()
                        .withTools(List.of(reading("look")))
                        .withClientTools(List.of(specOf("fetch", true)));

        try (ScriptedModel model = ScriptedModel.of(script)) {
            RunResult result = new Assistant(model, clock, RUNS).begin(request, log::add);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            RunResult.Answered.class,
                            answered -> assertThat(answered.outcome().answer()).contains("31"));
        }
        assertSound();
    }

    @Test
    void a_budget_that_ends_among_those_who_check_leaves_the_vote() {
        Script script = script(say("returns False", "returns True", "returns False"));
        answer(script, checked(), RUNS);
        long first =
                events(Event.AgentFinished.class).stream()
                        .limit(4)
                        .mapToLong(finished -> finished.usage().generated())
                        .sum();
        log.clear();

        Outcome outcome =
                answer(script, checked().withBudget(Budget.UNLIMITED.withTokens(first + 3)), RUNS);

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.usage().generated()).isEqualTo(first + 3);
    }

    @Test
    void an_explanation_comes_after_the_check() {
        Script script = script(say("returns False", "returns True", "returns False"));
        TeamChoice both = checked().team().withExplanation(true);

        answer(script, checked().withTeam(both), RUNS);

        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .endsWith("checker", "explain");
        assertThat(events(Event.AgentStarted.class).getLast().wave()).isEqualTo(3);
        assertSound();
    }

    /// Checkers confirm 21; those who look it up are one too many for the budget.
    @Test
    void a_check_for_which_there_are_not_agents_enough_leaves_the_vote() {
        RunRequest request =
                checked()
                        .withTools(List.of(reading("look")))
                        .withBudget(Budget.UNLIMITED.withAgents(4 + 3 + 2));

        Outcome outcome =
                answer(
                        script(say("returns False", "returns True", "returns False")),
                        request,
                        RUNS);

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .endsWith("words", "checker", "checker", "checker");
    }

    @Test
    void a_check_that_is_told_to_finish_leaves_the_vote() throws InterruptedException {
        String endless = "and so on ".repeat(200);
        Script script = script(say(endless, "36 - 15 = 21.\nAnswer: 21", endless));
        try (ScriptedModel model = ScriptedModel.manual(script);
                BackgroundRun run = new Assistant(model, Clock.SYSTEM).start(checked(), log::add)) {
            model.awaitLive(4);
            stepUntil(model, 0);
            model.awaitLive(3);
            stepUntil(model, 2);
            run.finish();
            while (!run.isOver()) {
                model.step();
            }

            assertThat(run.await())
                    .isEqualTo(new RunResult.Answered(new Outcome("31", Optional.of("31"), true)));
        }
        assertThat(events(Event.AgentFinished.class)).hasSize(7);
        assertThat(events(Event.AgentFinished.class).get(4).answer()).contains("21");
        assertSound();
    }

    private static void stepUntil(ScriptedModel model, int live) {
        while (model.live() > live) {
            model.step();
        }
    }

    /// Five of seven votes end the vote, but do not settle it.
    @Test
    void a_check_is_not_begun_by_a_run_that_is_told_to_finish() {
        Gate gate = new Gate();
        Script checks = script(say("returns False", "returns True", "returns False"));
        Script script =
                (request, index) ->
                        switch (index) {
                            case 0, 1 -> Reply.of(OTHER);
                            case 2, 3, 4, 5, 6 -> Reply.of(LEFT);
                            case 7 -> Reply.of("and so on ".repeat(80));
                            default -> checks.reply(request, index);
                        };
        RunRequest request = checked().withAgents(8);
        try (ScriptedModel model = ScriptedModel.of(script);
                BackgroundRun run =
                        new Assistant(model, Clock.SYSTEM, RUNS)
                                .start(
                                        request.withTeam(
                                                request.team().withStop(TeamProfile.Stop.LOSSLESS)),
                                        event -> {
                                            log.add(event);
                                            if (event.event() instanceof Event.StoppedEarly) {
                                                gate.stop();
                                            }
                                        })) {
            gate.awaitStop();
            run.finish();
            gate.open();

            assertThat(run.await())
                    .isEqualTo(new RunResult.Answered(new Outcome("31", Optional.of("31"), true)));
        }
        assertThat(events(Event.AgentStarted.class)).hasSize(8);
    }

    @Test
    void few_answers_among_many_texts_are_not_checked() {
        List<String> texts =
                List.of(
                        LEFT,
                        OTHER,
                        "Foxes are shy animals of the wood.",
                        "Owls see well at night.");
        Script script =
                (_, index) -> Reply.of(index < 2 ? texts.get(index) : texts.get(2 + index % 2));

        Outcome outcome = answer(script, checked().withAgents(8), RUNS);

        assertThat(outcome.answer()).isEmpty();
        assertThat(events(Event.JoinStarted.class))
                .extracting(Event.JoinStarted::method)
                .containsExactly(Event.Method.MEDOID);
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsOnly("words")
                .hasSize(8);
    }
}
