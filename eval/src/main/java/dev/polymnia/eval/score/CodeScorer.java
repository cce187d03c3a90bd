package dev.polymnia.eval.score;

import dev.polymnia.agents.code.Programs;
import dev.polymnia.agents.code.Thoughts;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.Target;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Sandbox;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/// Right is an answer whose [program][dev.polymnia.agents.code.Programs] passes all hidden tests in
/// the sandbox, in one [trial][Trial]. As thread-safe as the sandbox.
///
/// @param sandbox where programs run; the caller closes it
record CodeScorer(Sandbox sandbox) implements Scorer {
    private static final String NAME = "code";

    /// No function that somebody asks for is longer; what is, is a loop.
    private static final int LONGEST = 50_000;

    private static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(10), Duration.ofSeconds(8), 1L << 30, 32, 1 << 16, 1L << 24);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Score score(Sample sample, String text) {
        if (!(sample.target() instanceof Target.Tests tests)) {
            throw Scorers.unfit(NAME, sample, "tests");
        }
        String answer = Thoughts.strip(text);
        if (answer.isBlank()) {
            return Score.of(false, "", "no program was found");
        }
        String program = Programs.of(wanted(tests), answer);
        if (program.length() > LONGEST) {
            String explanation =
                    "a program of %d characters is not run; the most is %d"
                            .formatted(program.length(), LONGEST);
            return Score.of(false, Wording.cut(program, LONGEST), explanation);
        }
        // The word is random where all else is not: it may not be known before, and tells nothing.
        Trial trial = Trial.of(tests, program, UUID.randomUUID().toString());
        Finished finished = sandbox.run(trial.job(LIMITS));
        Trial.Outcome outcome = trial.read(finished);
        return Score.of(outcome.right(), program, outcome.explanation());
    }

    /// Returns what an answer has to define for tests to run.
    static Programs.Wanted wanted(Target.Tests tests) {
        String entry = tests.entryPoint();
        return new Programs.Wanted(
                tests.prefix(),
                entry,
                entry.isEmpty() ? Programs.calledBy(tests.hidden()) : Set.of(entry));
    }
}
