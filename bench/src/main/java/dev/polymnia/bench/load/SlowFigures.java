package dev.polymnia.bench.load;

import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.RunClient;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Readers that ask for a stream and do not read it, beside runs of others, which have to go on.
///
/// @param readers how many
record SlowFigures(PrintStream out, int readers) {
    private static final int CLIENTS = 4;
    private static final int TOKENS = 60;
    private static final int EVENTS = 256;
    private static final int LONGEST = 600;

    boolean run() throws IOException, InterruptedException, ExecutionException {
        ToldRuns told = new ToldRuns();
        Map<String, Integer> settings =
                Map.of("RUNS", readers + CLIENTS, "EVENTS", EVENTS, "CONNECTIONS", 1024);
        try (Program program = new Program()) {
            boolean held;
            try (ChildServer server = program.start(settings);
                    RunClient client = new RunClient(server.url());
                    Load load = new Load(server.url(), TOKENS, told).with(CLIENTS)) {
                load.await("others are at work", LONGEST, now -> now.finished() >= CLIENTS);
                held = stall(server.url(), client, load);
                out.println(
                        "all runs of others: %d finished, %d failed %s, %d connections broke"
                                .formatted(
                                        load.finished(),
                                        load.failed(),
                                        load.failures(),
                                        load.breaks()));
                held &= load.failed() + load.breaks() == 0;
            }
            return Aftermath.inFolder(program.folder(), told).tell(out, told) && held;
        }
    }

    private boolean stall(String url, RunClient client, Load load)
            throws IOException, InterruptedException, ExecutionException {
        List<SlowReader> slow = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = load.finished();
            load.resetSilence();
            long begin = System.nanoTime();
            List<Future<SlowReader>> asked = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                asked.add(threads.submit(() -> new SlowReader(url)));
            }
            for (Future<SlowReader> each : asked) {
                slow.add(each.get());
            }
            int ended = 0;
            for (SlowReader reader : slow) {
                ended += awaitEnd(client, RunClient.id(reader.begin())) ? 1 : 0;
            }
            out.println(
                    "%d readers of streams that read nothing, a queue of %d events: %d dropped in %.0f s"
                            .formatted(readers, EVENTS, ended, (System.nanoTime() - begin) / 1e9));
            out.println(
                    "meanwhile %d runs of others finished; the longest time without an event of theirs: %.1f s"
                            .formatted(load.finished() - before, load.silence()));
            int cut = 0;
            for (SlowReader reader : slow) {
                cut += reader.rest().contains("[DONE]") ? 0 : 1;
            }
            int resumed = 0;
            for (SlowReader reader : slow) {
                resumed += resumes(client, RunClient.id(reader.begin())) ? 1 : 0;
            }
            out.println(
                    "streams that were cut off: %d; runs whose events were all there, the later half asked for by its id: %d"
                            .formatted(cut, resumed));
            return ended == readers && cut == readers && resumed == readers;
        } finally {
            for (SlowReader reader : slow) {
                reader.close();
            }
        }
    }

    /// Waits until a run is over.
    ///
    /// @return whether it was cancelled, as that of a reader who is dropped is
    private static boolean awaitEnd(RunClient client, String run)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST);
        while (true) {
            String body = client.get("/runs/" + run).body();
            if (!body.contains("\"state\":\"running\"")) {
                return body.contains("\"state\":\"cancelled\"");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(run + " goes on after all: " + body);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static boolean resumes(RunClient client, String run)
            throws IOException, InterruptedException {
        List<String> all = events(client, run, 0);
        int half = all.size() / 2;
        return all.size() > 1
                && all.getLast().contains("\"type\":\"run_failed\"")
                && events(client, run, half).equals(all.subList(half, all.size()));
    }

    private static List<String> events(RunClient client, String run, long after)
            throws IOException, InterruptedException {
        List<String> events = new ArrayList<>();
        client.watch(run, after, (_, json) -> events.add(json));
        return events;
    }
}
