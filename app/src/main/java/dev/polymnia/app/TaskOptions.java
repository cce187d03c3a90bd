package dev.polymnia.app;

import dev.polymnia.app.terminal.Durations;
import dev.polymnia.core.run.Budget;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which questions of a task are asked, and how many at once; the same for
/// every command that makes runs of them.
final class TaskOptions {
    @Option(
            names = "--data",
            defaultValue = ".",
            description = "the folder of the tasks' data; default: the current one")
    private Path data = Path.of(".");

    @Option(
            names = "--offset",
            defaultValue = "0",
            description = "so many questions at the beginning are left out")
    private int offset;

    @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--concurrency",
            defaultValue = "1",
            description =
                    "questions at once; more is faster in all, but then the seconds of each are"
                            + " those of a busy machine; default: ${DEFAULT-VALUE}")
    private int concurrency;

    @Option(
            names = "--time",
            converter = Durations.class,
            description = "no question is begun later than this after a run's start, such as 2h")
    private @Nullable Duration time;

    Path data() {
        return data;
    }

    int offset() {
        return offset;
    }

    long seed() {
        return seed;
    }

    int concurrency() {
        return concurrency;
    }

    /// Returns the limits of a run in time.
    Budget budget() {
        return time == null ? Budget.UNLIMITED : Budget.UNLIMITED.withTime(time);
    }
}
