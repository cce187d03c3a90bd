package dev.polymnia.agents.code;

import dev.polymnia.agents.ProgramRunner.Result;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Runs programs that answer a question: the code in an answer that defines `solution()`, found as
/// [Programs] finds it. What the function returns is the output; if it returns nothing, or there is
/// no such function, the last line that was printed. A floating-point number has twelve digits, so
/// that 0.1 + 0.2 is 0.3. As thread-safe as the sandbox.
///
/// @param sandbox where programs run; the caller closes it
record Solutions(Sandbox sandbox) {
    private static final String RESULT = "result:";
    private static final String FAILURE = "failure:";

    /// What is longer is no short answer.
    private static final int LONGEST = 50_000;

    private static final Programs.Wanted WANTED = Programs.Wanted.anyOf(Set.of("solution"));

    private static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(5), Duration.ofSeconds(4), 1L << 29, 16, 1 << 16, 1L << 24);

    /// What a sandbox allows at the least.
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private static final String DRIVER =
            """
            import base64
            import io
            import os
            import sys
            import types


            def run(program):
                write, leave, execute = os.write, os._exit, exec

                def tell(kind, words):
                    line = kind + " " + " ".join(words.split())[:1000]
                    write(1, (line + "\\n").encode("utf-8", "replace"))
                    leave(0)

                def shown(value):
                    return format(value, ".12g") if isinstance(value, float) else str(value)

                printed = io.StringIO()
                try:
                    module = types.ModuleType("solution")
                    sys.modules["solution"] = module
                    sys.stdout = printed
                    sys.stderr = io.StringIO()
                    sys.stdin = io.StringIO("")
                    execute(compile(program, "<program>", "exec", dont_inherit=True), module.__dict__)
                    solution = module.__dict__.get("solution")
                    value = solution() if callable(solution) else None
                    words = "" if value is None else shown(value)
                    if not words.strip():
                        lines = [line for line in printed.getvalue().splitlines() if line.strip()]
                        words = lines[-1] if lines else ""
                except BaseException as error:
                    tell("@FAILURE@", type(error).__name__ + ": " + str(error))
                tell("@RESULT@", words)


            run(base64.b64decode("@PROGRAM@").decode("utf-8"))
            """;

    /// Runs the program in an agent's words.
    Result run(String words, Duration longest) {
        String answer = Thoughts.strip(words);
        String program = answer.isBlank() ? "" : Programs.code(WANTED, answer);
        if (program.isBlank()) {
            return Result.failed("no program was found");
        }
        if (program.length() > LONGEST) {
            return Result.failed(
                    "a program of %d characters is not run; the most is %d"
                            .formatted(program.length(), LONGEST));
        }
        byte[] bytes = program.getBytes(StandardCharsets.UTF_8);
        String source =
                DRIVER.replace("@FAILURE@", FAILURE)
                        .replace("@RESULT@", RESULT)
                        .replace("@PROGRAM@", Base64.getEncoder().encodeToString(bytes));
        return read(sandbox.run(Job.python(source).withLimits(within(LIMITS, longest))));
    }

    /// Returns limits that allow no more than so long.
    static Limits within(Limits limits, Duration longest) {
        return longest.compareTo(limits.wall()) < 0 ? limits.withWall(atLeast(longest)) : limits;
    }

    private static Duration atLeast(Duration wall) {
        return wall.compareTo(SHORTEST) < 0 ? SHORTEST : wall;
    }

    private static Result read(Finished finished) {
        Optional<String> told = finished.output().lines().reduce((_, last) -> last);
        String line = told.orElse("");
        if (line.startsWith(RESULT)) {
            String output = line.substring(RESULT.length()).strip();
            return output.isEmpty()
                    ? Result.failed("it returned and printed nothing")
                    : Result.of(output);
        }
        if (line.startsWith(FAILURE)) {
            return Result.failed(line.substring(FAILURE.length()).strip());
        }
        return Result.failed(silent(finished));
    }

    /// Says why a program told nothing.
    static String silent(Finished finished) {
        return switch (finished.ending()) {
            case EXITED -> "it ended with exit code %d".formatted(finished.exitCode());
            case SIGNALLED -> "it was killed with exit code " + finished.exitCode();
            case WALL_LIMIT -> "it took longer than it may";
            case CPU_LIMIT -> "it used more processor time than it may";
            case OUTPUT_LIMIT -> "it wrote more than it may";
        };
    }
}
