package dev.polymnia.agents;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Tool;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.testkit.ManualClock;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What agents, their programs and their tools do, drawn from a seed. It depends on the agent and
/// its turn only, not on who asks first.
final class RandomScript implements Script, ProgramRunner {
    /// Longer words are cut off.
    static final int MAX_TOKENS = 60;

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final List<String> RESULTS = List.of("31", "31", "31", "31.0", "21", "7");

    private final long seed;
    private final boolean calls;
    private final boolean client;
    private final ManualClock clock;
    private final Optional<Duration> time;

    /// How probable it is that an agent just answers, and answers right.
    private final double agreement;

    /// Whether most others write texts.
    private final boolean texts;

    /// Whether nobody comes to anything.
    private final boolean hopeless;

    /// @param calls whether agents call tools
    /// @param client whether they also call tools of the client
    /// @param clock is moved by programs that are slow
    /// @param time of the run; without one no program hangs, as nobody would end it
    RandomScript(
            long seed, boolean calls, boolean client, ManualClock clock, Optional<Duration> time) {
        this.seed = seed;
        this.calls = calls;
        this.client = client;
        this.clock = clock;
        this.time = time;
        // Not the draws of the run itself.
        RandomGenerator random = new SplittableRandom(~seed);
        texts = random.nextInt(6) == 0;
        hopeless = random.nextInt(12) == 0;
        agreement = texts ? 0.2 : random.nextDouble();
    }

    /// Returns the tools that agents call: two that read, of which one fails now and then, and two
    /// that change something.
    List<Tool> tools() {
        if (!calls) {
            return List.of();
        }
        return List.of(
                ToolFixture.reading("look"),
                new ToolFixture.TestTool(
                        "find",
                        true,
                        (call, _) -> call.arguments().contains("0") ? "failed" : "found"),
                ToolFixture.writing("bake"),
                new ToolFixture.TestTool(
                        "eat",
                        false,
                        (_, _) -> {
                            throw new IllegalStateException("too hot");
                        }));
    }

    /// Returns the tools of the client, of which one only reads.
    List<ToolSpec> clientTools() {
        return client
                ? List.of(ToolFixture.specOf("fetch", true), ToolFixture.specOf("send", false))
                : List.of();
    }

    @Override
    public Reply reply(BranchRequest request, int index) {
        int round = ToolFixture.round(request);
        RandomGenerator random =
                new SplittableRandom(31 * (31 * seed + request.options().seed()) + round);
        String asked = request.prompt().messages().getLast().text();
        if (asked.contains(ScriptedModel.PROGRAM_HINT) || asked.contains("Python")) {
            return program(random);
        }
        Reply words = words(random).withLogProbability(Math.log(0.3 + 0.7 * random.nextDouble()));
        return calls && round < 3 && random.nextInt(3) > 0 ? calling(words, random) : words;
    }

    private Reply words(RandomGenerator random) {
        if (hopeless) {
            return Reply.of("");
        }
        boolean agrees = random.nextDouble() < agreement;
        String result = agrees ? RESULTS.getFirst() : oneOf(RESULTS, random);
        String answer = numbered(random.nextInt(12)) + "\nAnswer: " + result;
        return switch (agrees ? -1 : random.nextInt(12)) {
            case 0 -> Reply.of("");
            case 1 -> Reply.of("and so on ".repeat(12) + answer);
            case 2 -> Reply.of(numbered(2 * MAX_TOKENS) + answer);
            case 3 -> Reply.of(answer).failingAfter(random.nextInt(5));
            case 4 -> Reply.of(answer).withReasoning(numbered(5));
            case 5 -> Reply.of(text(random));
            default -> Reply.of(texts && !agrees ? text(random) : answer);
        };
    }

    private static String text(RandomGenerator random) {
        String who = oneOf(List.of("Foxes", "Owls", "Hares"), random);
        return who + " are shy animals of the wood, and seldom seen by day.";
    }

    private Reply calling(Reply words, RandomGenerator random) {
        List<String> tools =
                client
                        ? List.of("look", "bake", "fetch", "fetch", "send", "nothing")
                        : List.of("look", "find", "bake", "bake", "eat", "nothing");
        Reply calling = words;
        for (int i = random.nextInt(2); i >= 0; i--) {
            String tool = oneOf(tools, random);
            calling = calling.calling(tool, oneOf(List.of("{}", "{\"at\": 0}", "no"), random));
        }
        return calling;
    }

    private Reply program(RandomGenerator random) {
        if (hopeless) {
            return Reply.of("def solution(");
        }
        boolean agrees = random.nextDouble() < agreement;
        String result = agrees ? RESULTS.getFirst() : oneOf(RESULTS, random);
        return Reply.of(
                switch (agrees ? -1 : random.nextInt(12)) {
                    case 0 -> "";
                    case 1 -> "weak " + result;
                    case 2 -> "late " + result;
                    case 3 -> "breaks";
                    case 4 -> "oops";
                    case 5 -> "hangs";
                    case 6 -> numbered(2 * MAX_TOKENS);
                    case 7 -> "def solution(";
                    case 8 -> "return " + oneOf(List.of("True", "False"), random);
                    default -> "return " + result;
                });
    }

    /// Returns so many words that differ.
    private static String numbered(int words) {
        return IntStream.range(0, words).mapToObj(word -> "w" + word).collect(joining(" "));
    }

    private static <T> T oneOf(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }

    @Override
    public ProgramRunner.Result run(ProgramRunner.Work work) {
        String[] words = work.words().split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "return" -> Result.of(rest);
            case "weak" -> new Result(Optional.of(rest), "it fails a test", 0.001);
            case "late" -> {
                clock.advance(STEP);
                yield Result.of(rest);
            }
            case "breaks" -> throw new Fault(Fault.Code.UNAVAILABLE, "The sandbox has died.");
            case "oops" -> throw new IllegalStateException("oops");
            case "hangs" -> time.map(this::hang).orElse(Result.failed("it hung"));
            default -> Result.failed("SyntaxError: invalid syntax");
        };
    }

    private Result hang(Duration until) {
        clock.advance(until);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Fault(Fault.Code.CANCELLED, "It was interrupted.");
    }
}
