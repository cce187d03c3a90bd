package dev.polymnia.bench.load;

import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.Postgres;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Stops the PostgreSQL in which runs are kept while they are at work, and starts it again.
///
/// @param seconds how long it is away
record PostgresFigures(PrintStream out, int seconds) {
    private static final int CLIENTS = 8;
    private static final int TOKENS = 120;
    private static final int EVENTS = 100;
    private static final int LONGEST = 120;

    boolean run() throws IOException, InterruptedException, SQLException {
        Postgres postgres = new Postgres(true);
        try (Program program = new Program()) {
            return run(program, postgres);
        } finally {
            postgres.remove();
        }
    }

    private boolean run(Program program, Postgres postgres)
            throws IOException, InterruptedException, SQLException {
        ToldRuns told = new ToldRuns();
        String url = postgres.newDatabase();
        boolean held;
        try (ChildServer server =
                        program.start(List.of("--database", url), Map.of("RUNS", CLIENTS));
                Load load = new Load(server.url(), TOKENS, told).with(CLIENTS)) {
            load.await("events are told", LONGEST, now -> now.events() >= EVENTS);
            load.resetSilence();
            postgres.stop();
            TimeUnit.SECONDS.sleep(seconds);
            postgres.start();
            long behind = load.events();
            load.await("all goes on", LONGEST, now -> now.events() >= behind + 10L * EVENTS);
            out.println(
                    "PostgreSQL was away for %d s; nothing was told for %.1f s"
                            .formatted(seconds, load.silence()));
            out.println(
                    "runs finished: %d, failed: %d %s; connections that broke and were taken up again: %d; sent away: %s"
                            .formatted(
                                    load.finished(),
                                    load.failed(),
                                    load.failures(),
                                    load.breaks(),
                                    load.refusals()));
            held = load.failed() == 0;
        }
        return Aftermath.at(url, told).tell(out, told) && held;
    }
}
