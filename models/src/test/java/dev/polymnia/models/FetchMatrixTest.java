package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sources × failures × resume points, drawn by seeds: whatever happens, a fetch ends with the
/// right file or with one fault, the name is never on another file, and nothing that is known to be
/// here is asked for again.
final class FetchMatrixTest {
    private static final int RUNS = Integer.getInteger("polymnia.fetch.runs", 25);
    private static final int MOST_FETCHES = 40;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_sequence_of_failures_ends_well(long seed) throws IOException {
        Random seeds = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            long own = seeds.nextLong();
            Path place = Files.createDirectories(folder.resolve("run" + run));
            assertThatCode(() -> run(place, own)).as("seed %d", own).doesNotThrowAnyException();
        }
    }

    private static void run(Path place, long seed) throws IOException {
        Random random = new Random(seed);
        Integer[] parts = new Integer[1 + random.nextInt(4)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = 1 + random.nextInt(3000);
        }
        StoreFixture fixture =
                new StoreFixture(place, seed, parts)
                        .secureBytes(1 + random.nextInt(2000))
                        .silence(Duration.ofMillis(50));
        Known known = new Known(fixture);
        CatalogueEntry entry = sources(fixture, random);
        for (int fetch = 1; fetch <= MOST_FETCHES; fetch++) {
            // In the end everything is well again, or the test would hope for luck.
            boolean well = fetch == MOST_FETCHES;
            if (fetchOnce(fixture, entry, well ? null : random, known)) {
                assertThat(fixture.target()).hasBinaryContent(fixture.file());
                assertThat(fixture.left()).containsExactly("tiny.gguf");
                return;
            }
            assertThat(fixture.target()).doesNotExist();
            known.look();
        }
        throw new AssertionError("no success in " + MOST_FETCHES + " fetches");
    }

    private static boolean fetchOnce(
            StoreFixture fixture, CatalogueEntry entry, @Nullable Random random, Known known)
            throws IOException {
        if (random != null && random.nextInt(6) == 0) {
            damage(fixture, random);
            known.look();
        }
        try (TroubleServer server =
                new TroubleServer(request -> {
                    known.require(request);
                    Trouble good = TroubleServer.goodAnswer(fixture.file(), request);
                    synchronized (known) {
                        return random == null ? good : trouble(good, fixture.file(), random);
                    }
                })) {
            fixture.hub(server.address());
            try {
                fixture.fetch(entry, Progress.NONE);
                return true;
            } catch (Fault e) {
                assertThat(e.code()).isIn(Fault.Code.UNAVAILABLE, Fault.Code.CORRUPT);
                assertThat(e.getMessage()).contains("No source has brought tiny", "What to do:");
                return false;
            } finally {
                known.requireNothingWrong();
            }
        }
    }

    private static CatalogueEntry sources(StoreFixture fixture, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> fixture.fromHub();
            case 1 -> fixture.fromBoth();
            default -> fixture.entry(List.of(fixture.indexSource(), fixture.hubSource()));
        };
    }

    private static Trouble trouble(Trouble good, byte[] file, Random random) {
        int cut = random.nextInt(file.length + 1);
        return switch (random.nextInt(16)) {
            case 0 -> Trouble.status(List.of(401, 403, 404, 410).get(random.nextInt(4)));
            case 1 -> Trouble.status(List.of(429, 500, 502, 503).get(random.nextInt(4)));
            case 2 -> Trouble.page("<html>");
            case 3 -> good.with("Content-Encoding", "gzip");
            case 4 -> good.with("Content-Length", Integer.toString(random.nextInt(9000)));
            case 5 -> good.with("Content-Range", "bytes 7-9/10");
            case 6 -> good.cut(cut, Trouble.End.RESET);
            case 7 -> good.cut(Math.min(cut, 200), Trouble.End.SILENCE);
            case 8 -> Trouble.status(302, "Location", "/loop");
            case 9 -> Trouble.whole(file).cut(cut, Trouble.End.CLOSE);
            case 10 -> good.without("Content-Length").cut(cut, Trouble.End.CLOSE);
            case 11 -> Trouble.whole(StoreFixture.bytes(random.nextLong(), file.length));
            case 12 -> good;
            default -> good.cut(cut, Trouble.End.CLOSE);
        };
    }

    /// What a crash or a bad disk may do to what is here.
    private static void damage(StoreFixture fixture, Random random) throws IOException {
        Path models = fixture.cache().models();
        for (String name : List.of(".tiny.gguf.part", ".tiny.gguf.journal")) {
            Path path = models.resolve(name);
            if (Files.exists(path) && random.nextBoolean()) {
                byte[] bytes = Files.readAllBytes(path);
                switch (random.nextInt(3)) {
                    case 0 -> Files.delete(path);
                    case 1 ->
                            Files.write(
                                    path, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
                    default -> {
                        if (bytes.length > 0) {
                            bytes[random.nextInt(bytes.length)] ^= 1;
                        }
                        Files.write(path, bytes);
                    }
                }
            }
        }
    }

    /// What a test knows to be here for certain, between fetches.
    private static final class Known {
        private final StoreFixture fixture;
        private long length;
        private String wrong = "";

        private Known(StoreFixture fixture) {
            this.fixture = fixture;
        }

        /// Takes the good prefix of what is here, as far as the journal vouches for it.
        private synchronized void look() throws IOException {
            byte[] file = fixture.file();
            Path models = fixture.cache().models();
            Path part = models.resolve(".tiny.gguf.part");
            Path journal = models.resolve(".tiny.gguf.journal");
            length = 0;
            if (!Files.exists(part) || !Files.exists(journal)) {
                return;
            }
            byte[] here = Files.readAllBytes(part);
            try (Journal read = new Journal(journal, Archives.sha256(file), file.length)) {
                long marked = read.last().length();
                int good = Arrays.mismatch(file, here);
                boolean right = marked <= here.length && (good < 0 || good >= marked);
                length = right ? marked : 0;
            }
        }

        /// The first request of a fetch must not ask for what is here.
        private synchronized void require(TroubleServer.Request request) {
            if (request.path().startsWith("/owner") && request.from() < length) {
                wrong = "asked for " + request.from() + " though " + length + " are here";
            }
            // Later requests of this fetch may begin anew, if all turned out to be wrong.
            length = 0;
        }

        private synchronized void requireNothingWrong() {
            assertThat(wrong).isEmpty();
        }
    }
}
