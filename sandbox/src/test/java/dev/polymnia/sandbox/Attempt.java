package dev.polymnia.sandbox;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A program that tries to get out of the sandbox, and how it has to end.
///
/// @param name what it tries
/// @param program its source; words such as `MARKER` are filled in by [Host#fill]
/// @param limits its limits
/// @param endings the endings that are fine
/// @param output what it has to print, as a pattern for all of it
record Attempt(String name, String program, Limits limits, Set<Ending> endings, Pattern output) {
    /// Short, so that tests that wait for a limit do not wait long; processor time may be slow to
    /// come.
    static final Limits LIMITS =
            Limits.DEFAULT.withWall(Duration.ofSeconds(60)).withCpu(Duration.ofSeconds(20));

    private static final Pattern CONTAINED = Pattern.compile("(contained: [^\\n]*\\n)+");
    private static final Pattern ANYTHING = Pattern.compile(".*", Pattern.DOTALL);

    /// What each program has: `attempt` calls something that has to be refused.
    private static final String BEGINNING =
            """
            import os, sys

            def check(escaped, what):
                print("ESCAPED:" if escaped else "contained:", repr(what)[:200], flush=True)

            def attempt(action, *arguments):
                try:
                    result = action(*arguments)
                except BaseException as refused:
                    check(False, refused)
                else:
                    check(True, result)

            """;

    /// System calls by their numbers on x86-64 and arm64.
    private static final String CALLS =
            """
            import ctypes, platform

            libc = ctypes.CDLL(None, use_errno=True)
            libc.syscall.restype = ctypes.c_long

            def call(x86, arm, *arguments):
                number = arm if platform.machine() == "aarch64" else x86
                result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
                check(result != -1, os.strerror(ctypes.get_errno()))
                return result

            """;

    /// Begins again with a word among the arguments by which the process can be found from outside.
    private static final String MARKED =
            """
            if len(sys.argv) == 1:
                os.execv(sys.executable, [sys.executable, "-B", "-u", __file__, "MARKER"])

            """;

    /// A program that is refused everything that it tries, and says so.
    static Attempt refused(String name, String program) {
        return new Attempt(name, BEGINNING + program, LIMITS, EnumSet.of(Ending.EXITED), CONTAINED);
    }

    /// The same for a program that makes system calls.
    static Attempt refusedCall(String name, String program) {
        return refused(name, CALLS + program);
    }

    /// A program that has to be stopped, or may be; whatever it prints, it must not have escaped.
    static Attempt stopped(String name, Limits limits, String program, Ending... endings) {
        return new Attempt(name, BEGINNING + MARKED + program, limits, Set.of(endings), ANYTHING);
    }

    /// Returns what to run.
    Job job(Host host) {
        return Job.python(host.fill(program)).withLimits(limits);
    }

    /// Returns what is wrong with how it ended; empty if it was contained.
    Optional<String> complaint(Finished finished) {
        boolean contained =
                endings.contains(finished.ending())
                        && output.matcher(finished.output()).matches()
                        && !finished.output().contains("ESCAPED");
        return contained ? Optional.empty() : Optional.of(name + ": " + finished);
    }

    @Override
    public String toString() {
        return name;
    }
}
