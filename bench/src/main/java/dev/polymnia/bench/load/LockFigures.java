package dev.polymnia.bench.load;

import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Holds the lock for writing of the server's SQLite for a while, as another process may.
///
/// @param seconds how long
record LockFigures(PrintStream out, int seconds) {
    private static final int CLIENTS = 8;
    private static final int TOKENS = 120;
    private static final int EVENTS = 100;
    private static final int LONGEST = 120;

    boolean run() throws IOException, InterruptedException, SQLException {
        ToldRuns told = new ToldRuns();
        try (Program program = new Program()) {
            boolean held;
            try (ChildServer server = program.start(Map.of("RUNS", CLIENTS));
                    Load load = new Load(server.url(), TOKENS, told).with(CLIENTS)) {
                load.await("events are told", LONGEST, now -> now.events() >= EVENTS);
                load.resetSilence();
                long before = load.events();
                long meanwhile = hold(program, load);
                long behind = load.events();
                load.await("all goes on", LONGEST, now -> now.events() >= behind + 10L * EVENTS);
                out.println(
                        "locked for %d s: %d events told before, %d meanwhile, %d afterwards"
                                .formatted(seconds, before, meanwhile, load.events() - behind));
                out.println("nothing was told for %.1f s".formatted(load.silence()));
                out.println(
                        "runs finished: %d, failed: %d %s; sent away: %s"
                                .formatted(
                                        load.finished(),
                                        load.failed(),
                                        load.failures(),
                                        load.refusals()));
                held = load.failed() == 0;
            }
            return Aftermath.inFolder(program.folder(), told).tell(out, told) && held;
        }
    }

    /// Returns how many events were told while the lock was held: none that was not committed
    /// before.
    private long hold(Program program, Load load)
            throws IOException, SQLException, InterruptedException {
        String url = "jdbc:sqlite:" + program.folder().resolve("runs.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("begin immediate");
            // What was committed just before is still on its way.
            TimeUnit.SECONDS.sleep(1);
            long begin = load.events();
            TimeUnit.SECONDS.sleep(seconds - 1L);
            long meanwhile = load.events() - begin;
            statement.execute("rollback");
            return meanwhile;
        }
    }
}
