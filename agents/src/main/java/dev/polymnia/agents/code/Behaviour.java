package dev.polymnia.agents.code;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.polymnia.agents.ProgramRunner.Result;
import dev.polymnia.core.platform.OwnTexts;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// How a candidate for an answer in code behaves: it is run against the tests that the question
/// shows, then on their inputs and on others like them. What it returns there is its short answer,
/// so that candidates that do the same agree (clustering by behaviour: Li et al. 2022, "AlphaCode",
/// section 4.5; Shi et al. 2022, "Natural Language to Code Translation with Execution", section 3).
/// Where the question shows no call, the inputs follow from the annotations of the arguments; where
/// they do not, code that reads alike agrees. As thread-safe as the sandbox.
///
/// A candidate that passes all shown tests has merit 1. One that fails some has at most a
/// thousandth, so that however many fail alike, they do not outvote one that passes; a candidate
/// that does not run has none.
final class Behaviour {
    /// What runs a candidate: each stands on those before it.
    private static final List<String> DRIVER = List.of("examples.py", "inputs.py", "behaviour.py");

    private static final String RESULT = "result:";
    private static final String FAILURE = "failure:";
    private static final double FAILED = 0.001;

    /// No function that somebody asks for is longer; what is, is a loop.
    private static final int LONGEST = 50_000;

    private static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(8), Duration.ofSeconds(6), 1L << 29, 16, 1 << 16, 1L << 24);

    private final Sandbox sandbox;
    private final String driver = DRIVER.stream().map(Behaviour::text).collect(joining("\n\n\n"));

    Behaviour(Sandbox sandbox) {
        this.sandbox = requireNonNull(sandbox, "sandbox is null");
    }

    /// Returns a part of the driver.
    static String text(String name) {
        return OwnTexts.read(Behaviour.class.getResourceAsStream(name), name);
    }

    /// Runs the code in an agent's words.
    Result run(String question, String words, Duration longest) {
        String answer = Thoughts.strip(words);
        if (Programs.blocks(answer).isEmpty()) {
            return Result.failed("no code was found");
        }
        CodeQuestion asked = CodeQuestion.of(question);
        String program = Programs.of(asked.wanted(), answer);
        if (program.length() > LONGEST) {
            return Result.failed(
                    "a program of %d characters is not run; the most is %d"
                            .formatted(program.length(), LONGEST));
        }
        String source =
                driver.replace("@RESULT@", RESULT)
                        .replace("@FAILURE@", FAILURE)
                        .replace("@NAMES@", encodedNames(asked))
                        .replace("@NAME@", asked.wanted().entryPoint())
                        .replace("@PREFIX@", encoded(asked.wanted().prefix()))
                        .replace("@QUESTION@", encoded(asked.words()))
                        .replace("@TESTS@", encoded(asked.tests()))
                        .replace("@PROGRAM@", encoded(program));
        return read(sandbox.run(Job.python(source).withLimits(Solutions.within(LIMITS, longest))));
    }

    /// Names are letters, digits and underscores, so they need no encoding.
    private static String encodedNames(CodeQuestion asked) {
        return String.join(" ", asked.wanted().names());
    }

    private static String encoded(Collection<String> texts) {
        return texts.stream().map(Behaviour::encoded).collect(joining(" "));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Result read(Finished finished) {
        String line = finished.output().lines().reduce((_, last) -> last).orElse("");
        if (line.startsWith(RESULT)) {
            String[] told = line.substring(RESULT.length()).strip().split(" ", 4);
            int passed = Integer.parseInt(told[0]);
            int tests = Integer.parseInt(told[1]);
            String words =
                    tests == 0
                            ? "behaves as " + told[2]
                            : "passes %d of %d, behaves as %s".formatted(passed, tests, told[2]);
            double merit = passed == tests ? 1 : FAILED * (1.0 + passed) / (1.0 + tests);
            return new Result(Optional.of(words), passed == tests ? "" : told[3], merit);
        }
        return Result.failed(
                line.startsWith(FAILURE)
                        ? line.substring(FAILURE.length()).strip()
                        : Solutions.silent(finished));
    }
}
