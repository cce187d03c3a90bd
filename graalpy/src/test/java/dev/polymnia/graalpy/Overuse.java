package dev.polymnia.graalpy;

import dev.polymnia.sandbox.Ending;
import dev.polymnia.sandbox.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A program that takes too much, and how it has to end.
///
/// @param name what it takes
/// @param limits its limits
/// @param program its source; it must never print `ESCAPED`
/// @param endings the endings that are fine
record Overuse(String name, Limits limits, String program, Set<Ending> endings) {
    private static final Limits LIMITS =
            Limits.DEFAULT.withWall(Duration.ofSeconds(90)).withCpu(Duration.ofSeconds(60));
    private static final Limits SECONDS = LIMITS.withWall(Duration.ofSeconds(2));
    private static final Limits LITTLE_CPU = LIMITS.withCpu(Duration.ofSeconds(1));
    private static final Limits LITTLE_MEMORY = LIMITS.withMemoryBytes(64L << 20);

    static List<Overuse> all() {
        return List.of(
                new Overuse(
                        "an endless loop",
                        LITTLE_CPU,
                        "while True: pass",
                        Set.of(Ending.CPU_LIMIT)),
                new Overuse(
                        "an endless loop that catches everything",
                        LITTLE_CPU,
                        """
                        while True:
                            try:
                                while True: pass
                            except BaseException:
                                pass
                        """,
                        Set.of(Ending.CPU_LIMIT)),
                new Overuse(
                        "a long call that never comes back to Python",
                        LITTLE_CPU,
                        "sum(range(10 ** 15)); print('ESCAPED')",
                        Set.of(Ending.CPU_LIMIT)),
                new Overuse(
                        "a long sleep",
                        SECONDS,
                        "import time; time.sleep(1000); print('ESCAPED')",
                        Set.of(Ending.WALL_LIMIT)),
                new Overuse(
                        "going on after the end",
                        SECONDS,
                        """
                        import atexit
                        def stay():
                            while True: pass
                        atexit.register(stay)
                        """,
                        Set.of(Ending.WALL_LIMIT)),
                new Overuse(
                        "endless output",
                        LIMITS,
                        "while True: print('x' * 10000)",
                        Set.of(Ending.OUTPUT_LIMIT)),
                new Overuse(
                        "endless errors",
                        LIMITS,
                        "import sys\nwhile True: print('x' * 10000, file=sys.stderr)",
                        Set.of(Ending.OUTPUT_LIMIT)),
                new Overuse(
                        "a line without an end",
                        LIMITS,
                        "import os; os.write(1, b'x' * (32 << 20)); print('ESCAPED')",
                        Set.of(Ending.OUTPUT_LIMIT)),
                new Overuse(
                        "memory at once",
                        LITTLE_MEMORY,
                        """
                        for action in [lambda: bytearray(1 << 30), lambda: [0] * (1 << 29), lambda: 'x' * (1 << 30)]:
                            try:
                                action()
                                print('ESCAPED')
                            except MemoryError:
                                print('refused')
                        """,
                        Set.of(Ending.EXITED, Ending.SIGNALLED)),
                new Overuse(
                        "memory bit by bit",
                        LITTLE_MEMORY,
                        """
                        kept = []
                        for _ in range(4096):
                            kept.append(bytearray(1 << 20))
                        print('ESCAPED')
                        """,
                        Set.of(Ending.EXITED, Ending.SIGNALLED, Ending.CPU_LIMIT)),
                new Overuse(
                        "memory that is kept when it is refused",
                        LITTLE_MEMORY.withWall(Duration.ofSeconds(8)),
                        """
                        kept = []
                        while True:
                            try:
                                kept.append([0] * 100000)
                            except MemoryError:
                                pass
                        """,
                        Set.of(
                                Ending.EXITED,
                                Ending.SIGNALLED,
                                Ending.CPU_LIMIT,
                                Ending.WALL_LIMIT)),
                new Overuse(
                        "files that are too large",
                        LIMITS,
                        """
                        import os
                        def write(name):
                            with open(name, 'wb') as file:
                                for _ in range(64):
                                    file.write(bytes(1 << 20))
                        for name in ['one', 'other']:
                            try:
                                write(name)
                                print('ESCAPED')
                            except OSError as refused:
                                print('refused', refused)
                        if sum(os.path.getsize(name) for name in os.listdir('.')) > 16 << 20:
                            print('ESCAPED')
                        """,
                        Set.of(Ending.EXITED)),
                new Overuse(
                        "calls within calls",
                        LIMITS,
                        """
                        def deeper(n):
                            return deeper(n + 1)
                        try:
                            deeper(0)
                        except RecursionError:
                            print('refused')
                        """,
                        Set.of(Ending.EXITED)),
                new Overuse(
                        "a bomb of processes",
                        SECONDS,
                        """
                        import os, subprocess
                        while True:
                            for action in [os.fork, lambda: subprocess.Popen(['/bin/true'])]:
                                try:
                                    action()
                                    print('ESCAPED')
                                except BaseException:
                                    pass
                        """,
                        Set.of(Ending.WALL_LIMIT, Ending.EXITED)),
                new Overuse(
                        "signals of its own",
                        SECONDS,
                        """
                        import signal, time
                        for number in range(1, 65):
                            try:
                                signal.signal(number, signal.SIG_IGN)
                            except BaseException:
                                pass
                        while True:
                            time.sleep(1)
                        """,
                        // GraalPy does not let signals be handled, and ends the program.
                        Set.of(Ending.WALL_LIMIT, Ending.EXITED)));
    }

    @Override
    public String toString() {
        return name;
    }
}
