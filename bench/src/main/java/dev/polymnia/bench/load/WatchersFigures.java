package dev.polymnia.bench.load;

import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// 500 watchers and 64 runs at work: whether something breaks, and what memory the server takes
/// after the first minute (half of the time, if that is less) and to the end.
///
/// @param seconds how long
record WatchersFigures(PrintStream out, int seconds) {
    private static final int WATCHERS = 500;
    private static final int RUNS = 64;
    private static final int TOKENS = 48;
    private static final int STEP = 5;

    boolean run() throws IOException, InterruptedException {
        ToldRuns told = new ToldRuns();
        try (Program program = new Program()) {
            boolean held;
            try (ChildServer server = program.start(Map.of("CONNECTIONS", 1024, "RUNS", RUNS));
                    Load load = new Load(server.url(), TOKENS, told).with(RUNS);
                    IdleWatchers watchers =
                            new IdleWatchers(server.url(), load::active, WATCHERS)) {
                out.println(
                        "%d watchers, %d runs at work, %d s, -Xmx%dm"
                                .formatted(WATCHERS, RUNS, seconds, Program.HEAP));
                List<ServerMemory> memory = watch(server, watchers);
                out.println(
                        "runs finished: %d, failed: %d %s; events: %,d; heartbeats: %,d"
                                .formatted(
                                        load.finished(),
                                        load.failed(),
                                        load.failures(),
                                        load.events(),
                                        watchers.beats()));
                out.println(
                        "connections that broke: %d of runs, %d of watchers; sent away: %s"
                                .formatted(load.breaks(), watchers.errors(), load.refusals()));
                tell(memory);
                out.println("without dead objects: " + ServerMemory.alive(server.handle()));
                held = load.failed() + load.breaks() + watchers.errors() == 0;
            }
            return Aftermath.inFolder(program.folder(), told).tell(out, told) && held;
        }
    }

    private List<ServerMemory> watch(ChildServer server, IdleWatchers watchers)
            throws IOException, InterruptedException {
        int warm = Math.min(60, seconds / 2);
        TimeUnit.SECONDS.sleep(warm);
        List<ServerMemory> memory = new ArrayList<>();
        int fewest = WATCHERS;
        for (int past = warm; past < seconds; past += STEP) {
            memory.add(ServerMemory.of(server.handle()));
            fewest = Math.min(fewest, watchers.open());
            TimeUnit.SECONDS.sleep(Math.min(STEP, seconds - past));
        }
        memory.add(ServerMemory.of(server.handle()));
        out.println(
                "watchers at once, where it was looked: %d at least; the others were on the way from run to run"
                        .formatted(fewest));
        return memory;
    }

    private void tell(List<ServerMemory> memory) {
        long most = memory.stream().mapToLong(ServerMemory::anonymous).max().orElseThrow();
        long heap = memory.stream().mapToLong(ServerMemory::heap).max().orElseThrow();
        out.println("after %d s: %s".formatted(Math.min(60, seconds / 2), memory.getFirst()));
        out.println("after %d s: %s".formatted(seconds, memory.getLast()));
        out.println("most in between: %d MB, heap %d MB".formatted(most >> 20, heap >> 20));
    }
}
