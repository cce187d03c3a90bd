package dev.polymnia.bench.load;

import dev.polymnia.testkit.RunClient;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Clients that each start a run in the background, watch it to its end, and start the next. As
/// clients should, they come back after the last event when a connection breaks, and ask again when
/// they are sent away. Thread-safe.
final class Load implements AutoCloseable {
    private static final Pattern MESSAGE =
            Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NAMES = Pattern.compile("(run|resp|chatcmpl)[-_][\\w-]+");
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String url;
    private final String body;
    private final ToldRuns told;
    private final RunClient client;
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Map<String, Integer> failures = new TreeMap<>(); // guarded by this
    private final Map<String, Integer> refusals = new TreeMap<>(); // guarded by this
    private int finished; // guarded by this
    private int breaks; // guarded by this
    private long events; // guarded by this
    private long last = System.nanoTime(); // guarded by this
    private long silence; // guarded by this
    private volatile boolean ending;
    private volatile boolean gone;

    /// @param tokens the most that a run has
    Load(String url, int tokens, ToldRuns told) {
        this.url = url;
        this.told = told;
        body =
                """
                {"model": "thinking", "max_completion_tokens": %1$d,
                 "polymnia": {"budget": {"tokens": %1$d}},
                 "messages": [{"role": "user", "content": "Tell a long story of a lighthouse."}]}
                """
                        .formatted(tokens);
        client = new RunClient(url);
    }

    /// Starts clients.
    Load with(int clients) {
        for (int i = 0; i < clients; i++) {
            threads.execute(this::work);
        }
        return this;
    }

    private void work() {
        try {
            while (!ending) {
                String run = begin();
                if (run != null) {
                    follow(run);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts a run.
    ///
    /// @return its id once it is acknowledged; null if it is not
    private @Nullable String begin() throws InterruptedException {
        try {
            HttpResponse<String> created = client.post("/runs", body);
            if (created.statusCode() == 202) {
                String run = RunClient.id(created.body());
                told.add(run);
                active.add(run);
                return run;
            }
            refuse(created.statusCode() + ": " + message(created.body()));
        } catch (IOException e) {
            broke();
        }
        pause();
        return null;
    }

    /// Watches a run to its end, over as many connections as that takes.
    private void follow(String run) throws InterruptedException {
        Course course = new Course(run);
        while (!course.over && !gone) {
            try {
                client.watch(run, course.last, course);
            } catch (IOException e) {
                broke();
            }
            if (!course.over) {
                pause();
            }
        }
    }

    /// Watches runs of an earlier server to their ends.
    void followAll(Iterable<String> runs) {
        for (String run : runs) {
            threads.execute(() -> {
                try {
                    follow(run);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /// What is told of one run.
    private final class Course implements RunClient.Listener {
        private final String run;
        private long last;
        private boolean over;

        Course(String run) {
            this.run = run;
        }

        @Override
        public void on(long id, String json) {
            told.add(run, id, json);
            last = id;
            boolean done = json.contains("\"type\":\"run_finished\"");
            boolean failed = json.contains("\"type\":\"run_failed\"");
            over = done || failed;
            if (over) {
                active.remove(run);
            }
            count(done, failed ? message(json) : null);
        }
    }

    private synchronized void count(boolean done, @Nullable String failure) {
        events++;
        finished += done ? 1 : 0;
        if (failure != null) {
            failures.merge(failure, 1, Integer::sum);
        }
        long now = System.nanoTime();
        silence = Math.max(silence, now - last);
        last = now;
        notifyAll();
    }

    private synchronized void refuse(String why) {
        refusals.merge(why, 1, Integer::sum);
        notifyAll();
    }

    private synchronized void broke() {
        if (!gone) {
            breaks++;
        }
    }

    private static String message(String json) {
        Matcher matcher = MESSAGE.matcher(json);
        return matcher.find() ? NAMES.matcher(matcher.group(1)).replaceAll("ID") : json;
    }

    private static void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }

    /// Waits until something holds.
    ///
    /// @param seconds how long at the most
    /// @throws IllegalStateException if it does not in that time
    synchronized void await(String what, int seconds, Predicate<Load> holds)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!holds.test(this)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException(
                        "after %d s it does not hold that %s; %s".formatted(seconds, what, this));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /// Returns the runs that were begun and are not known to be over.
    List<String> active() {
        return List.copyOf(active);
    }

    synchronized long events() {
        return events;
    }

    synchronized int finished() {
        return finished;
    }

    synchronized int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Returns why runs failed, and how many of them.
    synchronized Map<String, Integer> failures() {
        return new TreeMap<>(failures);
    }

    /// Returns why runs were not begun, and how often that was said.
    synchronized Map<String, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    /// Returns how many connections broke.
    synchronized int breaks() {
        return breaks;
    }

    /// Begins to look for the longest time in which nothing is told to anybody.
    synchronized void resetSilence() {
        silence = 0;
        last = System.nanoTime();
    }

    /// Returns that time in seconds.
    synchronized double silence() {
        return silence / 1e9;
    }

    /// Says that the server is about to be gone: nobody comes back to it.
    void leave() {
        ending = true;
        gone = true;
    }

    /// Begins no more runs.
    void end() {
        ending = true;
    }

    /// Begins no more runs, and waits for the ends of those that there are.
    @Override
    public void close() {
        end();
        threads.close();
        client.close();
    }

    @Override
    public synchronized String toString() {
        return "%s: %d events, %d finished, failures %s, refusals %s"
                .formatted(url, events, finished, failures, refusals);
    }
}
