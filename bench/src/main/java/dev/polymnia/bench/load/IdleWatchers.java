package dev.polymnia.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Watchers who say that they have all there will ever be, so that nothing but heartbeats comes.
/// When a run is over they go to another. Thread-safe.
final class IdleWatchers implements AutoCloseable {
    private static final long ALL = Long.MAX_VALUE - 1;

    private final String url;
    private final Supplier<List<String>> runs;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong beats = new AtomicLong();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean ending;

    /// @param runs tells which are at work
    IdleWatchers(String url, Supplier<List<String>> runs, int watchers) {
        this.url = url;
        this.runs = runs;
        for (int i = 0; i < watchers; i++) {
            threads.execute(this::watch);
        }
    }

    private void watch() {
        try {
            while (!ending) {
                List<String> active = runs.get();
                if (active.isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(100);
                } else {
                    watch(active.get(ThreadLocalRandom.current().nextInt(active.size())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(String run) throws InterruptedException {
        URI events = URI.create("%s/runs/%s/events?after=%d".formatted(url, run, ALL));
        HttpRequest request = HttpRequest.newBuilder(events).build();
        try {
            HttpResponse<Stream<String>> response =
                    client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                errors.incrementAndGet();
            }
            open.incrementAndGet();
            try (Stream<String> lines = response.body()) {
                lines.filter(line -> line.startsWith(": at work"))
                        .forEach(_ -> beats.incrementAndGet());
            } finally {
                open.decrementAndGet();
            }
        } catch (IOException | UncheckedIOException e) {
            if (!ending) {
                errors.incrementAndGet();
            }
        }
    }

    /// Returns how many watch just now.
    int open() {
        return open.get();
    }

    /// Returns how many heartbeats came.
    long beats() {
        return beats.get();
    }

    /// Returns how many connections broke or were refused.
    int errors() {
        return errors.get();
    }

    /// Leaves in the midst of it.
    @Override
    public void close() {
        ending = true;
        client.shutdownNow();
        threads.shutdownNow();
        threads.close();
    }
}
