package dev.polymnia.bench;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.run.Budget;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.run.Evaluation;
import dev.polymnia.eval.run.Plan;
import dev.polymnia.eval.run.RunLimits;
import dev.polymnia.eval.score.Scorers;
import dev.polymnia.eval.task.Source;
import dev.polymnia.eval.task.Task;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Tells what a sample costs in the harness: recording what its agents do, scoring without a
/// sandbox, writing its line and forcing it to the disk. Eight agents of a scripted model answer,
/// all of them to the end. Their own time is taken by asking the same questions without the
/// harness, in turns.
///
/// Arguments: the folder to write to (the working folder; its disk is what is forced), samples in a
/// round (50), words of an agent (400), rounds (7).
public final class HarnessFigures {
    private static final int AGENTS = 8;
    private static final int WARM_UP = 3;
    private static final int MOST_TOKENS = 8192;
    private static final String SENTENCE =
            "Each of the boxes holds a dozen pencils and so we multiply before we subtract. ";

    private final Task task;
    private final String words;

    private HarnessFigures(int samples, int words) {
        this.words = SENTENCE.repeat(Math.max(1, words / SENTENCE.split(" ").length));
        task =
                new Task(
                        "figures",
                        "Figures",
                        "number",
                        IntStream.range(0, samples).mapToObj(HarnessFigures::sample).toList(),
                        new Source("none", "none", "CC0-1.0", "written for this measurement"),
                        "none");
    }

    private static Sample sample(int index) {
        String question = SENTENCE.repeat(4) + "How many are left of " + index + " boxes?";
        return new Sample(
                "sample-" + index,
                List.of(Message.user(question)),
                question,
                new Target.Answers(List.of("1")),
                Map.of());
    }

    /// Runs the measurement.
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "");
        int samples = number(arguments, 1, 50);
        int words = number(arguments, 2, 400);
        int rounds = number(arguments, 3, 7);
        HarnessFigures figures = new HarnessFigures(samples, words);
        double[] with = new double[rounds];
        double[] without = new double[rounds];
        try (BranchingModel model = figures.model()) {
            for (int round = -WARM_UP; round < rounds; round++) {
                double harness = figures.withHarness(model, folder);
                double alone = figures.alone(model);
                if (round >= 0) {
                    with[round] = harness;
                    without[round] = alone;
                }
            }
        }
        PrintStream out = System.out;
        out.println(
                "%d samples, %d agents, %d characters an agent, %d rounds"
                        .formatted(samples, AGENTS, figures.words.length(), rounds));
        tell(out, "a sample in an evaluation", with);
        tell(out, "a sample without it", without);
        double costs = median(with) - median(without);
        out.println(
                String.format(
                        Locale.ROOT,
                        "the harness: %.2f ms a sample, 1 %% of a sample of %.1f s",
                        costs,
                        costs / 10));
    }

    private static int number(String[] arguments, int at, int usual) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : usual;
    }

    /// Every agent has another answer, so that no vote is over before all have spoken.
    private BranchingModel model() {
        ModelInfo known = ScriptedModel.defaultInfo();
        Map<Mode, ModeSettings> modes = new EnumMap<>(Mode.class);
        known.profile()
                .modes()
                .forEach((mode, settings) ->
                        modes.put(
                                mode,
                                new ModeSettings(
                                        settings.instruction(), settings.sampling(), MOST_TOKENS)));
        return ScriptedModel.of(
                (request, _) ->
                        Reply.of(
                                words
                                        + "\nAnswer: "
                                        + Math.floorMod(request.options().seed(), 1_000_003L)),
                new ModelInfo(
                        known.name(),
                        known.digest(),
                        AGENTS * MOST_TOKENS,
                        known.capabilities(),
                        new ModelProfile(known.profile().reasoning(), modes)));
    }

    /// Returns the milliseconds of a sample in an evaluation of its own folder.
    private double withHarness(BranchingModel model, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent.toAbsolutePath(), "figures");
        try {
            Evaluation evaluation =
                    new Evaluation(model, Clock.SYSTEM, Scorers.named("number", null));
            Plan plan = new Plan(task, Mode.CONTEMPLATING, 1, AGENTS, 1, 0);
            long begin = System.nanoTime();
            RunLog log =
                    evaluation.run(
                            plan,
                            folder,
                            RunLimits.NONE,
                            Map.of(),
                            (_, _) -> {},
                            new Cancellation());
            double millis = millisOfASample(begin);
            requireWhole(log);
            return millis;
        } finally {
            delete(folder);
        }
    }

    private double alone(BranchingModel model) {
        long begin = System.nanoTime();
        for (Sample sample : task.samples()) {
            new Assistant(model, Clock.SYSTEM)
                    .answer(
                            new RunRequest(
                                    sample.id(),
                                    sample.messages(),
                                    Mode.CONTEMPLATING,
                                    Budget.UNLIMITED,
                                    sample.id().hashCode(),
                                    AGENTS,
                                    new Cancellation()),
                            _ -> {});
        }
        return millisOfASample(begin);
    }

    private double millisOfASample(long begin) {
        return (System.nanoTime() - begin) / 1e6 / task.samples().size();
    }

    private void requireWhole(RunLog log) {
        boolean whole =
                log.results().size() == task.samples().size()
                        && log.results().stream()
                                .allMatch(result -> result.agents().size() == AGENTS)
                        && log.results().stream()
                                .flatMap(result -> result.agents().stream())
                                .map(agent -> agent.reasoning() + agent.text())
                                .allMatch(said -> said.length() > words.length());
        if (!whole) {
            throw new IllegalStateException(
                    "not all agents were heard to the end: " + log.ending());
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void tell(PrintStream out, String name, double[] values) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s: median %.2f ms, %.2f to %.2f ms",
                        name,
                        median(values),
                        Arrays.stream(values).min().orElse(Double.NaN),
                        Arrays.stream(values).max().orElse(Double.NaN)));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
