package dev.polymnia.agents;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.ManualClock;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A run that is drawn from a seed, and what came of it. A second is a step of its model.
final class RandomRun {
    private static final Duration STEP = Duration.ofSeconds(1);

    /// What somebody else does to a run at work.
    enum Interference {
        NONE,
        CANCEL,
        FINISH,
        MORE
    }

    private final long seed;
    private final SplittableRandom random;
    private final ManualClock clock = new ManualClock();
    private final Cancellation cancellation = new Cancellation();
    private final List<RunEvent> log = new ArrayList<>();
    private Budget budget = Budget.UNLIMITED;
    private Interference interference = Interference.NONE;
    private int live;
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<Fault> fault = Optional.empty();

    private RandomRun(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    /// Returns a run that anything may end, once it is over.
    static RandomRun of(long seed) {
        RandomRun run = new RandomRun(seed);
        run.begin();
        return run;
    }

    /// Returns a run of a team that nothing but its own rule ends, without a second look, once it
    /// is over.
    static RandomRun whole(long seed, Stop stop) {
        RandomRun run = new RandomRun(seed);
        run.begin(stop);
        return run;
    }

    private void begin() {
        int agents = 2 + random.nextInt(7);
        Optional<Duration> time = oneIn(3) ? Optional.of(seconds(80)) : Optional.empty();
        budget = time.map(budget::withTime).orElse(budget);
        budget = oneIn(3) ? budget.withTokens(agents + random.nextInt(200)) : budget;
        budget = oneIn(3) ? budget.withAgents(2 + random.nextInt(10)) : budget;
        interference = oneOf(Interference.values());
        Mode mode = oneIn(5) ? oneOf(Mode.values()) : Mode.CONTEMPLATING;
        boolean tools = oneIn(2);
        TeamChoice.Mix mix = oneOf(TeamChoice.Mix.values());
        TeamChoice team =
                TeamChoice.PROFILE
                        .withMix(mix)
                        .withStop(oneOf(Stop.values()))
                        .withCheck(oneIn(3))
                        .withExplanation(oneIn(4));
        answer(
                request(mode, agents).withTeam(team),
                new RandomScript(seed, tools, tools && oneIn(2), clock, time),
                oneIn(3) ? 2 : 0);
    }

    private void begin(Stop stop) {
        RunRequest request = request(Mode.CONTEMPLATING, 2 + random.nextInt(7));
        answer(
                request.withTeam(TeamChoice.PROFILE.withStop(stop)),
                new RandomScript(seed, oneIn(3), false, clock, Optional.empty()),
                0);
    }

    private RunRequest request(Mode mode, int agents) {
        return new RunRequest(
                "run",
                List.of(Message.user("How many muffins are left?")),
                mode,
                budget,
                seed,
                agents,
                cancellation);
    }

    private void answer(RunRequest request, RandomScript script, int refinements) {
        CompletableFuture<BackgroundRun> running = new CompletableFuture<>();
        AtomicInteger steps = new AtomicInteger();
        int when = 1 + random.nextInt(40);
        try (ScriptedModel model = ScriptedModel.of(script, info(refinements))) {
            model.afterStep(() -> {
                clock.advance(STEP);
                if (steps.incrementAndGet() == when) {
                    interfere(running.join());
                }
            });
            answer(new Assistant(model, clock, script), request, script, running);
            live = model.live();
        }
    }

    private void answer(
            Assistant assistant,
            RunRequest request,
            RandomScript script,
            CompletableFuture<BackgroundRun> running) {
        RunRequest all = request.withTools(script.tools()).withClientTools(script.clientTools());
        try {
            RunResult result = await(running, assistant.start(all, log::add));
            while (result instanceof Suspended before) {
                BackgroundRun next =
                        assistant.startAgain(before, ClientToolsFixture.results(before), log::add);
                result = await(running, next);
            }
            outcome = Optional.of(((RunResult.Answered) result).outcome());
        } catch (Fault thrown) {
            fault = Optional.of(thrown);
        }
    }

    private static RunResult await(CompletableFuture<BackgroundRun> running, BackgroundRun leg) {
        try (BackgroundRun run = leg) {
            running.obtrudeValue(run);
            return run.await();
        }
    }

    private void interfere(BackgroundRun run) {
        switch (interference) {
            case NONE -> {}
            case CANCEL -> run.cancel();
            case FINISH -> run.finish();
            case MORE -> {
                try {
                    run.more();
                } catch (Fault noTeam) {
                    // Or no agents left: nobody joins.
                }
            }
        }
    }

    private ModelInfo info(int refinements) {
        Approach words = Approach.words("", Sampling.GREEDY, RandomScript.MAX_TOKENS);
        Approach programs =
                Approach.programs(
                        ScriptedModel.PROGRAM_HINT, Sampling.GREEDY, RandomScript.MAX_TOKENS);
        ModelInfo usual = ScriptedModel.defaultInfo();
        TeamProfile team =
                new TeamProfile(
                        "Reason, then write Answer: and the result.",
                        List.of(weighted(words), weighted(programs)),
                        Stop.AUTO,
                        refinements);
        ModelProfile.ClassSettings settings = new ModelProfile.ClassSettings(words, team);
        // In few of them a second look, or what tools say, does not fit.
        int context = oneIn(6) ? 20 + random.nextInt(80) : usual.contextTokens();
        return new ModelInfo(
                usual.name(),
                usual.digest(),
                context,
                usual.capabilities(),
                usual.profile()
                        .withClass(TaskClass.ANSWER, settings)
                        .withClass(TaskClass.TOOLS, settings));
    }

    private Approach weighted(Approach approach) {
        return approach.withWeight(0.2 + 3 * random.nextDouble(), random.nextInt(3));
    }

    private Duration seconds(int most) {
        return STEP.multipliedBy(1 + random.nextInt(most));
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T oneOf(T[] all) {
        return all[random.nextInt(all.length)];
    }

    List<RunEvent> log() {
        return log;
    }

    Budget budget() {
        return budget;
    }

    Interference interference() {
        return interference;
    }

    /// Returns how many branches the run has left behind.
    int live() {
        return live;
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    Optional<Fault> fault() {
        return fault;
    }

    @Override
    public String toString() {
        return "run of seed " + seed + ": " + log;
    }
}
