package dev.polymnia.sandbox;

import java.time.Duration;
import java.util.List;

/// Attempts to take too much, and to stay.
final class ResourceAttempts {
    private static final long MIB = 1024 * 1024;
    private static final Limits TWO_SECONDS = Attempt.LIMITS.withWall(Duration.ofSeconds(2));
    private static final Limits LITTLE_CPU = Attempt.LIMITS.withCpu(Duration.ofSeconds(1));

    private ResourceAttempts() {}

    static List<Attempt> all() {
        return List.of(
                Attempt.stopped(
                        "an endless loop", LITTLE_CPU, "while True: pass", Ending.CPU_LIMIT),
                Attempt.stopped(
                        "an endless loop that ignores signals",
                        LITTLE_CPU,
                        """
                        import signal
                        for number in signal.valid_signals():
                            try:
                                signal.signal(number, signal.SIG_IGN)
                            except OSError:
                                pass
                        while True: pass
                        """,
                        Ending.CPU_LIMIT),
                Attempt.stopped(
                        "a loop that handles signals",
                        LITTLE_CPU,
                        """
                        import signal
                        signal.signal(signal.SIGXCPU, lambda *_: print("more!", flush=True))
                        while True: pass
                        """,
                        Ending.CPU_LIMIT),
                Attempt.stopped(
                        "a long sleep",
                        TWO_SECONDS,
                        """
                        import signal, time
                        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
                        time.sleep(1000)
                        print("ESCAPED")
                        """,
                        Ending.WALL_LIMIT),
                Attempt.stopped(
                        "going on without output",
                        TWO_SECONDS,
                        """
                        import time
                        for number in range(3):
                            os.close(number)
                        while True: time.sleep(1)
                        """,
                        Ending.WALL_LIMIT),
                Attempt.stopped(
                        "a fork bomb",
                        TWO_SECONDS,
                        """
                        while True:
                            try:
                                os.fork()
                            except OSError:
                                pass
                        """,
                        Ending.WALL_LIMIT,
                        Ending.CPU_LIMIT,
                        Ending.SIGNALLED),
                Attempt.stopped(
                        "a bomb of programs",
                        TWO_SECONDS,
                        """
                        while True:
                            try:
                                if os.fork() == 0:
                                    os.setsid()
                                    os.execv(sys.executable, [sys.executable, "-S", __file__, "MARKER"])
                            except OSError:
                                pass
                        """,
                        Ending.WALL_LIMIT,
                        Ending.CPU_LIMIT,
                        Ending.SIGNALLED),
                Attempt.stopped(
                        "more processes than allowed",
                        Attempt.LIMITS,
                        """
                        import time
                        children = 0
                        try:
                            while children < 200:
                                if os.fork() == 0:
                                    time.sleep(1000)
                                children += 1
                        except OSError:
                            pass
                        check(children >= 16, children)
                        """,
                        Ending.EXITED,
                        Ending.SIGNALLED),
                Attempt.stopped(
                        "more threads than allowed",
                        Attempt.LIMITS,
                        """
                        import threading, time
                        def wait(): time.sleep(1000)
                        threads = 0
                        try:
                            while threads < 200:
                                threading.Thread(target=wait, daemon=True).start()
                                threads += 1
                        except RuntimeError:
                            pass
                        check(threads >= 16, threads)
                        os._exit(0)
                        """,
                        Ending.EXITED,
                        Ending.SIGNALLED),
                Attempt.refused(
                        "too much memory at once",
                        """
                        attempt(bytearray, 1 << 30)
                        attempt(lambda: [0] * (1 << 27))
                        attempt(lambda: "x" * (1 << 30))
                        """),
                Attempt.refused(
                        "too much memory bit by bit",
                        """
                        def fill():
                            kept = []
                            for _ in range(4096):
                                kept.append(bytearray(1 << 20))
                            return len(kept)
                        attempt(fill)
                        """),
                Attempt.stopped(
                        "too much memory in several processes",
                        Attempt.LIMITS.withMemoryBytes(128 * MIB),
                        """
                        import time
                        for _ in range(5):
                            if os.fork() == 0:
                                kept = bytearray(b"x") * (64 << 20)
                                time.sleep(1000)
                        time.sleep(1000)
                        """,
                        Ending.SIGNALLED),
                Attempt.refused(
                        "an endless device in memory",
                        """
                        attempt(lambda: open("/dev/zero", "rb").read())
                        attempt(lambda: open("/dev/zero", "rb").read(1 << 31))
                        """),
                Attempt.refusedCall(
                        "memory that no limit counts",
                        """
                        attempt(os.memfd_create, "memory")
                        call(29, 194, 0, 1 << 20, 0o1600) # shmget
                        call(64, 190, 0, 1, 0o1600) # semget
                        call(68, 186, 0, 0o1600) # msgget
                        """),
                Attempt.refused(
                        "more limits",
                        """
                        import resource
                        for kind in [resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE]:
                            attempt(resource.setrlimit, kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                        attempt(os.setpriority, os.PRIO_PROCESS, 0, -10)
                        """),
                Attempt.stopped(
                        "endless output",
                        Attempt.LIMITS,
                        """
                        while True:
                            print("x" * 10000)
                        """,
                        Ending.OUTPUT_LIMIT),
                Attempt.stopped(
                        "endless errors",
                        Attempt.LIMITS,
                        """
                        while True:
                            print("x" * 10000, file=sys.stderr)
                        """,
                        Ending.OUTPUT_LIMIT),
                Attempt.refused(
                        "a file that is too large",
                        """
                        def write():
                            with open("large", "wb") as file:
                                for _ in range(64):
                                    file.write(bytes(1 << 20))
                            return os.path.getsize("large")
                        attempt(write)
                        check(os.path.getsize("large") > 16 << 20, os.path.getsize("large"))
                        """),
                Attempt.refused(
                        "many files",
                        """
                        def write():
                            for number in range(64):
                                with open(str(number), "wb") as file:
                                    file.write(bytes(1 << 20))
                        attempt(write)
                        total = sum(os.path.getsize(name) for name in os.listdir("."))
                        check(total > 16 << 20, total)
                        """),
                Attempt.stopped(
                        "a daemon that stays",
                        Attempt.LIMITS,
                        """
                        import time
                        if os.fork() == 0:
                            os.setsid()
                            if os.fork() == 0:
                                for number in range(3):
                                    os.close(number)
                                while True: time.sleep(1)
                            os._exit(0)
                        """,
                        Ending.EXITED),
                Attempt.stopped(
                        "a daemon that holds the output",
                        Attempt.LIMITS,
                        """
                        import time
                        if os.fork() == 0:
                            os.setsid()
                            while True: time.sleep(1)
                        """,
                        Ending.EXITED),
                Attempt.refused(
                        "more open files",
                        "attempt(lambda: [open(\"/dev/null\") for _ in range(1000)])"));
    }
}
