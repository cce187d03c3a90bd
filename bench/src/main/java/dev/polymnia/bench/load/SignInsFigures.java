package dev.polymnia.bench.load;

import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.RunClient;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Very many who try to sign in at once, each time with another name, beside runs of others, which
/// have to go on: before it, meanwhile and after it.
///
/// @param seconds how long each of the three takes
record SignInsFigures(PrintStream out, int seconds) {
    private static final int CLIENTS = 4;
    private static final int TOKENS = 120;
    private static final int GUESSERS = 200;
    private static final int LONGEST = 300;

    /// For longer than this nobody should have to wait for the next word.
    private static final double MOST_SILENCE = 2;

    boolean run() throws IOException, InterruptedException {
        ToldRuns told = new ToldRuns();
        try (Program program = new Program();
                ChildServer server = program.start(Map.of("RUNS", CLIENTS, "CONNECTIONS", 1024));
                Load load = new Load(server.url(), TOKENS, told).with(CLIENTS)) {
            load.await("all are at work", LONGEST, now -> now.finished() >= CLIENTS);
            double before = rate("before", load);
            Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
            AtomicBoolean over = new AtomicBoolean();
            double meanwhile;
            double silence;
            try (RunClient client = new RunClient(server.url().replace("/v1", ""));
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < GUESSERS; i++) {
                    String name = "guest " + i;
                    threads.execute(() -> guess(client, name, answers, over));
                }
                meanwhile = rate("meanwhile", load);
                silence = load.silence();
                over.set(true);
            }
            double after = rate("after", load);
            out.printf(
                    "%d guessers for %d s, answers %s: runs keep %.0f %% of their speed%n",
                    GUESSERS,
                    seconds,
                    new TreeMap<>(answers),
                    100 * meanwhile / ((before + after) / 2));
            return silence <= MOST_SILENCE && load.failed() + load.breaks() == 0;
        }
    }

    /// Returns how many events a second are told.
    private double rate(String when, Load load) throws InterruptedException {
        load.resetSilence();
        long events = load.events();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double rate = (load.events() - events) * 1e9 / (System.nanoTime() - begun);
        out.printf(
                "%-10s %6.1f events/s, the longest time without one: %.2f s%n",
                when, rate, load.silence());
        return rate;
    }

    private static void guess(
            RunClient client, String name, Map<Integer, Integer> answers, AtomicBoolean over) {
        try {
            for (int n = 0; !over.get(); n++) {
                String body =
                        "{\"name\": \"%s %d\", \"password\": \"a horse and a battery\"}"
                                .formatted(name, n);
                answers.merge(client.post("/api/session", body).statusCode(), 1, Integer::sum);
            }
        } catch (IOException e) {
            answers.merge(0, 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
