package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.model.ModelProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// A store in a folder of a test, with a model that a hub and a package index have. The index is a
/// script in place of pip that copies wheels and notes what it was asked for.
final class StoreFixture {
    static final ModelProfile PROFILE = Catalogue.builtIn().defaultEntry().profile();
    static final Duration LONG = Duration.ofSeconds(20);

    private final Path folder;
    private final byte[] file;
    private final List<Integer> parts;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private Duration silence = LONG;
    private Optional<SSLContext> trust = Optional.empty();
    private FetchSettings.Room room = FetchSettings.Room.REAL;
    private Pause pause = this::pass;
    private long secureBytes = 1000;

    /// @param folder empty
    /// @param parts the sizes of the pieces in the package index; their sum is the file's size
    StoreFixture(Path folder, long seed, Integer... parts) throws IOException {
        this.folder = folder;
        this.parts = List.of(parts);
        file = bytes(seed, this.parts.stream().mapToInt(size -> size).sum());
        FakeProgram programs = new FakeProgram(folder.resolve("bin"));
        environment.putAll(programs.environment());
        Files.createDirectories(index());
        int begin = 0;
        for (int i = 0; i < parts.length; i++) {
            byte[] piece = Arrays.copyOfRange(file, begin, begin + parts[i]);
            Archives.wheel(index().resolve("part" + i + "==1.0.whl"), "data.bin", piece);
            begin += parts[i];
        }
        programs.write(
                "pip",
                """
                while [ $# -gt 1 ]; do
                  if [ "$1" = --dest ]; then dest=$2; fi
                  shift
                done
                echo "$1" >> '%1$s/asked'
                cp '%1$s'/"$1".whl "$dest/"
                """
                        .formatted(index()));
    }

    /// A file as a hub has it: random, behind the first letters of every GGUF file.
    static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        System.arraycopy("GGUF".getBytes(UTF_8), 0, bytes, 0, Math.min(4, size));
        return bytes;
    }

    StoreFixture hub(String address) {
        environment.put("HF_ENDPOINT", address);
        return this;
    }

    StoreFixture set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    StoreFixture silence(Duration limit) {
        silence = limit;
        return this;
    }

    StoreFixture trust(SSLContext context) {
        trust = Optional.of(context);
        return this;
    }

    StoreFixture room(FetchSettings.Room other) {
        room = other;
        return this;
    }

    StoreFixture pause(Pause other) {
        pause = other;
        return this;
    }

    StoreFixture secureBytes(long bytes) {
        secureBytes = bytes;
        return this;
    }

    byte[] file() {
        return file.clone();
    }

    Path folder() {
        return folder;
    }

    Path index() {
        return folder.resolve("index");
    }

    CacheFolder cache() {
        return new CacheFolder(folder.resolve("cache"));
    }

    Path target() {
        return cache().models().resolve("tiny.gguf");
    }

    /// The waits that a fetch wanted and did not get.
    List<Duration> waits() {
        return waits;
    }

    /// What pip was asked for.
    List<String> asked() throws IOException {
        Path asked = index().resolve("asked");
        return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
    }

    /// What lies in the store, but for locks and the list of licences.
    List<String> left() {
        if (!Files.exists(cache().models())) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(cache().models())) {
            return paths.skip(1)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock") && !name.equals(".licences"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    CatalogueEntry fromHub() {
        return entry(List.of(hubSource()));
    }

    CatalogueEntry fromIndex() {
        return entry(List.of(indexSource()));
    }

    CatalogueEntry fromBoth() {
        return entry(List.of(hubSource(), indexSource()));
    }

    Source.Hub hubSource() {
        return new Source.Hub("owner/name", "0".repeat(40), "tiny.gguf");
    }

    Source.PackageIndex indexSource() {
        List<Source.Part> sources = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            sources.add(new Source.Part("part" + i, "1.0", "data.bin", parts.get(i)));
        }
        return new Source.PackageIndex(sources);
    }

    CatalogueEntry entry(List<Source> sources) {
        return entry(file.length, Archives.sha256(file), sources);
    }

    static CatalogueEntry entry(long bytes, String sha256, List<Source> sources) {
        return new CatalogueEntry(
                "tiny",
                "Tiny",
                "tiny.gguf",
                bytes,
                sha256,
                "Apache-2.0",
                4096,
                0.1,
                true,
                Optional.empty(),
                sources,
                PROFILE);
    }

    ModelStore store(CatalogueEntry entry) {
        HubClient.Limits limits = new HubClient.Limits(Duration.ofSeconds(5), silence, silence);
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
        FetchSettings settings =
                new FetchSettings(
                        environment,
                        new HubSettings(limits, backOff, pause, trust),
                        pause,
                        room,
                        secureBytes);
        return new ModelStore(cache(), catalogue(entry), settings);
    }

    static Catalogue catalogue(CatalogueEntry entry) {
        return new Catalogue(List.of(entry), entry.name(), PROFILE, PROFILE);
    }

    Path fetch(CatalogueEntry entry, Progress progress) {
        return store(entry).fetch(entry, progress, new Cancellation());
    }

    /// An address on this machine at which nobody listens.
    static URI nobody() throws IOException {
        try (java.net.ServerSocket socket =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return URI.create("http://localhost:" + socket.getLocalPort());
        }
    }

    private void pass(Duration time, Cancellation cancellation) {
        cancellation.check();
        waits.add(time);
    }
}
