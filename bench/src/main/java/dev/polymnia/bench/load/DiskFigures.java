package dev.polymnia.bench.load;

import dev.polymnia.testkit.ChildServer;
import dev.polymnia.testkit.ToldRuns;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;

/// Fills the disk on which runs are kept, a small file system in memory, while they are at work,
/// and makes room again.
record DiskFigures(PrintStream out) {
    private static final int CLIENTS = 8;
    private static final int TOKENS = 1500;
    private static final int EVENTS = 100;
    private static final int LONGEST = 180;

    boolean run() throws IOException, InterruptedException, SQLException {
        if (!System.getProperty("user.name").equals("root")) {
            throw new IllegalStateException(
                    "only root may mount a file system that is small enough; start it as root");
        }
        try (Program program = new Program()) {
            Path disk = program.folder();
            execute("mount", "-t", "tmpfs", "-o", "size=16m", "polymnia-load", disk.toString());
            try {
                return fill(program, disk);
            } finally {
                execute("umount", disk.toString());
            }
        }
    }

    private boolean fill(Program program, Path disk)
            throws IOException, InterruptedException, SQLException {
        ToldRuns told = new ToldRuns();
        Path ballast = disk.resolve("ballast");
        boolean held;
        try (ChildServer server = program.start(Map.of("RUNS", CLIENTS))) {
            Load stuck = new Load(server.url(), TOKENS, told);
            Load fresh = new Load(server.url(), EVENTS, told);
            try (stuck;
                    fresh) {
                stuck.with(CLIENTS);
                stuck.await("events are told", LONGEST, now -> now.events() >= EVENTS);
                long bytes = takeAll(ballast);
                out.println("the disk is full: %,d bytes of ballast".formatted(bytes));
                // A new run is refused once nothing can be written any more.
                fresh.with(1);
                fresh.await("a run is refused", LONGEST, now -> !now.refusals().isEmpty());
                out.println("a new run is sent away: " + fresh.refusals());
                stuck.end();
                Files.delete(ballast);
                long room = System.nanoTime();
                int before = fresh.finished();
                fresh.await("a new run ends", LONGEST, now -> now.finished() > before);
                out.println(
                        "there is room: a new run was begun and finished %.1f s later"
                                .formatted((System.nanoTime() - room) / 1e9));
            }
            out.println(
                    "runs finished: %d, failed: %d %s"
                            .formatted(stuck.finished(), stuck.failed(), stuck.failures()));
            held = stuck.failed() > 0 && fresh.failed() == 0;
        }
        String integrity = Aftermath.integrity(disk);
        out.println("pragma integrity_check: " + integrity);
        return Aftermath.inFolder(disk, told).tell(out, told) && held && integrity.equals("ok");
    }

    /// Writes until there is no room.
    private static long takeAll(Path file) throws IOException {
        byte[] some = new byte[4096];
        Arrays.fill(some, (byte) 1);
        long written = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(some);
                written += some.length;
            }
        } catch (IOException e) {
            if (Files.getFileStore(file).getUsableSpace() >= some.length) {
                throw e;
            }
            return written;
        }
    }

    private static void execute(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
    }
}
