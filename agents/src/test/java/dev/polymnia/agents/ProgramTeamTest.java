package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ProfiledModel;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Teams of words and programs: agents 0, 2, 4 and 6 reason in words, the others write programs.
final class ProgramTeamTest extends RunFixture {
    private static final ProgramRunner RETURNS =
            work ->
                    work.words().startsWith("return ")
                            ? ProgramRunner.Result.of(work.words().substring(7))
                            : ProgramRunner.Result.failed("SyntaxError: invalid syntax");

    private static Script script(String words, String program) {
        return (request, _) -> {
            String asked = request.prompt().messages().getLast().text();
            return Reply.of(asked.endsWith(ScriptedModel.PROGRAM_HINT) ? program : words);
        };
    }

    /// Returns a request for a team whose programs are all waited for.
    private RunRequest patient() {
        return request(Mode.CONTEMPLATING)
                .withTeam(TeamChoice.PROFILE.withStop(TeamProfile.Stop.NONE));
    }

    @Test
    void words_and_programs_that_agree_end_the_run_after_one_wave() {
        Outcome outcome = answer(script(LEFT, "return 31.0"), request(Mode.CONTEMPLATING), RETURNS);

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsExactly("words", "program", "words", "program");
        assertThat(events(Event.StoppedEarly.class))
                .extracting(Event.StoppedEarly::rule)
                .containsExactly(Event.Rule.BETA);
        for (int agent = 0; agent < 4; agent++) {
            assertAgent(agent);
        }
    }

    @Test
    void what_a_program_found_true_is_told_as_the_question_wants_it() {
        RunRequest asked =
                new RunRequest(
                        "run",
                        List.of(
                                Message.user(
                                        "How many muffins are left? Is it more than 40? Answer yes"
                                                + " or no.")),
                        Mode.CONTEMPLATING,
                        Budget.UNLIMITED,
                        7,
                        8,
                        cancellation);

        // Only programs come to an end.
        Script script =
                (request, index) -> {
                    Reply reply = script("I ask myself.", "return False").reply(request, index);
                    return reply.text().startsWith("return") ? reply : reply.failingAfter(1);
                };
        Outcome outcome = answer(script, asked, RETURNS);

        assertThat(outcome.text()).isEqualTo("No");
        assertThat(outcome.answer()).contains("no");
    }

    @Test
    void each_reads_the_exemplars_of_its_own_approach_before_the_question() {
        List<List<String>> read = new CopyOnWriteArrayList<>();
        Script script =
                (request, _) -> {
                    read.add(request.prompt().messages().stream().map(Message::text).toList());
                    return Reply.of(LEFT);
                };
        ModelProfile usual = ScriptedModel.defaultInfo().profile();
        TeamProfile team = usual.team(TaskClass.ANSWER);
        List<Approach> shown =
                team.approaches().stream()
                        .map(each ->
                                each.withExemplars(
                                        List.of(
                                                new Approach.Exemplar(
                                                        "1 + 1?", "2 by " + each.name()))))
                        .toList();
        ModelProfile.ClassSettings settings =
                new ModelProfile.ClassSettings(shown.getFirst(), team.withApproaches(shown));
        RunRequest two = request(Mode.CONTEMPLATING).withAgents(2);

        try (ProfiledModel asked =
                new ProfiledModel(
                        ScriptedModel.of(script), usual.withClass(TaskClass.ANSWER, settings))) {
            new Assistant(asked, Clock.SYSTEM, RETURNS).answer(two, log::add);
        }

        String program = "\n\n" + ScriptedModel.PROGRAM_HINT;
        String asked = "How many muffins are left?";
        assertThat(read)
                .extracting(texts -> texts.subList(1, texts.size()))
                .containsExactlyInAnyOrder(
                        List.of("1 + 1?", "2 by words", asked),
                        List.of("1 + 1?" + program, "2 by program", asked + program));
    }

    @Test
    void programs_that_fail_give_no_vote_and_say_why() {
        Outcome outcome = answer(script(LEFT, "return?"), patient(), RETURNS);

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentFinished.class).stream().filter(each -> !each.votes()))
                .hasSize(4)
                .allMatch(each -> each.note().equals("SyntaxError: invalid syntax"));
        assertThat(events(Event.AgentFinished.class).stream().filter(Event.AgentFinished::votes))
                .allMatch(each -> each.note().isEmpty());
    }

    @Test
    void a_sandbox_that_disappears_costs_the_programs_their_votes_only() {
        ProgramRunner gone =
                _ -> {
                    throw new Fault(Fault.Code.UNAVAILABLE, "The sandbox has died.");
                };

        Outcome outcome = answer(script(LEFT, "return 7"), request(Mode.CONTEMPLATING), gone);

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::note)
                .contains("The sandbox has died.");
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    void a_runner_that_breaks_does_not_hold_up_the_run(Class<? extends Throwable> what) {
        ProgramRunner broken =
                _ -> {
                    if (what == StackOverflowError.class) {
                        throw new StackOverflowError();
                    }
                    throw new IllegalStateException("oops");
                };

        assertThat(answer(script(LEFT, "return 7"), patient(), broken).answer()).contains("31");
        assertThat(events(Event.AgentFinished.class))
                .filteredOn(end -> !end.votes())
                .hasSize(4)
                .allMatch(end ->
                        end.note().startsWith("The program could not be run: " + what.getName()));
    }

    @Test
    void without_anything_that_runs_programs_all_reason_in_words() {
        answer(script(LEFT, "return 31"), request(Mode.CONTEMPLATING));

        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsOnly("words");
    }

    @Test
    void a_program_is_told_the_question_and_how_long_it_may_run() {
        Set<ProgramRunner.Work> works = ConcurrentHashMap.newKeySet();

        answer(
                script(LEFT, "return 31"),
                request(Mode.CONTEMPLATING).withAgents(2),
                work -> {
                    works.add(work);
                    return RETURNS.run(work);
                });

        ProgramRunner.Work work = works.iterator().next();
        assertThat(works).hasSize(1);
        assertThat(work.kind()).isEqualTo(Approach.Kind.PROGRAM);
        assertThat(work.question()).isEqualTo("How many muffins are left?");
        assertThat(work.longest()).isPositive();
    }

    @Test
    void a_program_that_hangs_is_ended_with_the_run() {
        CountDownLatch interrupted = new CountDownLatch(1);
        ProgramRunner hangs =
                _ -> {
                    cancellation.request();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        interrupted.countDown();
                    }
                    throw new Fault(Fault.Code.CANCELLED, "It was interrupted.");
                };

        assertFault(
                Fault.Code.CANCELLED,
                () -> answer(script(LEFT, "return 7"), request(Mode.CONTEMPLATING), hangs));

        assertThat(interrupted.getCount()).isZero();
        assertThat(log.getLast().event()).isInstanceOf(Event.RunFailed.class);
    }

    /// Runs what returns and lets all else hang until it is interrupted.
    ///
    /// @param begun counts those that hang
    private static ProgramRunner hanging(CountDownLatch begun) {
        return work -> {
            if (!work.words().equals("hang")) {
                return RETURNS.run(work);
            }
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new Fault(Fault.Code.CANCELLED, "It was interrupted.");
        };
    }

    @Test
    void a_program_that_hangs_is_not_waited_for_when_the_vote_is_settled() {
        List<String> replies = List.of(LEFT, "return 31", LEFT, "hang");
        RunRequest request =
                request(Mode.CONTEMPLATING)
                        .withAgents(4)
                        .withTeam(TeamChoice.PROFILE.withStop(TeamProfile.Stop.LOSSLESS));

        Outcome outcome =
                answer(
                        (_, index) -> Reply.of(replies.get(index)),
                        request,
                        hanging(new CountDownLatch(1)));

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        Event.AgentFinished last = events(Event.AgentFinished.class).getLast();
        assertThat(last.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(last.note()).isEqualTo("it was not waited for");
        assertAgent(3);
    }

    /// The last two are not waited for; nobody has cancelled the run.
    @Test
    void programs_that_are_not_waited_for_are_no_cancelled_run() {
        RunRequest request =
                request(Mode.CONTEMPLATING)
                        .withTeam(
                                TeamChoice.PROFILE
                                        .withMix(TeamChoice.Mix.PROGRAMS)
                                        .withStop(TeamProfile.Stop.STRAGGLER));

        assertThatThrownBy(() ->
                        answer(
                                (_, index) -> Reply.of(index < 6 ? "return?" : "hang"),
                                request,
                                hanging(new CountDownLatch(1))))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL))
                .hasMessage(
                        "No agent came to an answer: SyntaxError: invalid syntax (agent 1, 2, 3, 4,"
                            + " 5, 6); it was not waited for (agent 7, 8). Ask again, or another"
                            + " model.");
    }

    @Test
    void a_team_whose_programs_all_hang_can_be_told_to_finish() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        RunRequest request =
                request(Mode.CONTEMPLATING)
                        .withAgents(2)
                        .withTeam(TeamChoice.PROFILE.withMix(TeamChoice.Mix.PROGRAMS));
        try (ScriptedModel model = ScriptedModel.of((_, _) -> Reply.of("hang"));
                BackgroundRun run =
                        new Assistant(model, Clock.SYSTEM, hanging(begun))
                                .start(request, log::add)) {
            begun.await();
            run.finish();

            assertThatThrownBy(run::await)
                    .isInstanceOf(Fault.class)
                    .hasMessageStartingWith("There is no answer yet");
        }
    }

    @Test
    void the_ledger_says_what_each_agent_came_to() {
        answer(script(LEFT, "return 31.0"), request(Mode.CONTEMPLATING), RETURNS);

        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.agents())
                .extracting(AgentReport::agent)
                .containsExactlyInAnyOrder(0, 1, 2, 3);
        for (AgentReport report : ledger.agents()) {
            assertThat(report.answer()).contains("31");
            assertThat(report.votes()).isTrue();
            assertThat(report.time()).isPositive();
            assertThat(report.approach())
                    .isEqualTo(List.of("words", "program").get(report.agent() % 2));
        }
        assertThat(ledger.agents().stream().filter(report -> report.agent() % 2 == 1))
                .allMatch(report -> report.reasoningTokens() > 0);
    }
}
