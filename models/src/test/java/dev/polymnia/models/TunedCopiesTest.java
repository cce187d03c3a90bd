package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.models.TunedCopies.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TunedCopiesTest {
    private static final String ENGINE = "llama.cpp 1";
    private static final int Q4_K_M = 15;

    @TempDir private Path folder;
    private final RecordingProgress progress = new RecordingProgress();
    private FetchSettings.Room room = path -> 1_000_000_000;
    private CatalogueEntry entry;

    @BeforeEach
    void putAModelIntoTheStore() throws IOException {
        byte[] bytes = model().bytes();
        Files.createDirectories(cache().models());
        Files.write(cache().models().resolve("tiny.gguf"), bytes);
        entry =
                StoreFixture.entry(
                        bytes.length,
                        Archives.sha256(bytes),
                        List.of(new Source.Hub("owner/name", "0".repeat(40), "tiny.gguf")));
    }

    @Test
    void what_is_kept_is_used_and_tells_what_it_came_from() throws IOException {
        TunedCopy copy = tune(original());

        LocalModel used = store().tuned().preferred(original(), progress);

        assertThat(used.path()).isEqualTo(copy.path()).hasBinaryContent(tuned().bytes());
        assertThat(used.tuned()).contains(copy);
        assertThat(used.name()).isEqualTo("tiny");
        assertThat(used.sha256()).isEqualTo(entry.sha256());
        assertThat(used.entry()).contains(entry);
        assertThat(used.address()).isEqualTo("tiny");
        assertThat(copy.sha256()).isEqualTo(Archives.sha256(tuned().bytes()));
        assertThat(copy.bytes()).isEqualTo(tuned().bytes().length);
        assertThat(copy.original().sha256()).isEqualTo(entry.sha256());
        assertThat(copy.engine()).isEqualTo(ENGINE);
        assertThat(copy.tensors()).isEqualTo("Q4_0 × 1, F32 × 1");
        assertThat(progress.notes()).isEmpty();
        assertThat(original().tuned()).isEmpty();
        assertThat(left())
                .containsExactly(entry.sha256() + ".gguf", entry.sha256() + ".properties");
    }

    @Test
    void without_a_copy_the_original_is_used() {
        assertThat(store().tuned().state(original())).isEqualTo(new State.None());
        assertThat(store().tuned().preferred(original(), progress)).isEqualTo(original());
        assertThat(store().tuned().remove(entry)).isZero();
        assertThat(cache().tuned()).doesNotExist();
    }

    @Test
    void what_is_not_kept_leaves_nothing() throws IOException {
        try (TunedDraft draft = draft(original())) {
            tuned().write(draft.path());
            assertThat(draft.model().path()).isEqualTo(draft.path());
            assertThat(store().tuned().state(original())).isEqualTo(new State.None());
        }

        assertThat(left()).isEmpty();
    }

    @Test
    void what_a_killed_process_left_is_swept() throws IOException {
        Path part = draftPath();
        Files.writeString(part, "half of it");

        try (TunedDraft draft = draft(original())) {
            assertThat(draft.path()).isEqualTo(part).doesNotExist();
        }
        Files.writeString(part, "half of it");

        assertThat(store().tuned().remove(entry)).isEqualTo(10);
        assertThat(left()).isEmpty();
    }

    @Test
    void a_copy_of_another_size_is_not_used_and_that_is_told() throws IOException {
        TunedCopy copy = tune(original());
        Files.writeString(copy.path(), "cut");

        assertUseless("it has 3 bytes instead of " + copy.bytes());
        assertThat(progress.notes())
                .containsExactly(
                        "The tuned copy of tiny is not used: it has 3 bytes instead of "
                                + copy.bytes()
                                + ". Make it anew with: polymnia models tune tiny");
    }

    @Test
    void a_copy_without_a_whole_record_is_not_used() throws IOException {
        TunedCopy copy = tune(original());
        Path record = cache().tuned().resolve(entry.sha256() + ".properties");
        String text = Files.readString(record);

        for (String damaged :
                List.of(
                        "",
                        text.substring(0, text.length() / 2),
                        text.replaceAll("copy.made=.*", "copy.made=yesterday"),
                        text.replace("copy.bytes=", "copy.bytes=x"),
                        "\\u12")) {
            Files.writeString(record, damaged);
            assertUseless("its record is missing or damaged");
        }
        Files.delete(record);
        assertUseless("its record is missing or damaged");
        Files.writeString(record, text.replace(entry.sha256(), "0".repeat(64)));
        assertUseless("it was made from another file");

        Files.writeString(record, text);
        assertThat(store().tuned().state(original())).isEqualTo(new State.Whole(copy));
    }

    @Test
    void changed_weights_are_found_by_the_digest() throws IOException {
        TunedCopy copy = tune(original());
        TunedCopies copies = store().tuned();
        assertThat(copies.isUnchanged(copy, Progress.NONE, new Cancellation())).isTrue();
        byte[] bytes = Files.readAllBytes(copy.path());
        bytes[bytes.length - 1] ^= 1;
        Files.write(copy.path(), bytes);

        assertThat(copies.isUnchanged(copy, Progress.NONE, new Cancellation())).isFalse();
    }

    @Test
    void a_copy_goes_with_its_model_or_alone() throws IOException {
        long copied = tune(original()).bytes() + recordBytes();

        assertThat(store().tuned().remove(entry)).isEqualTo(copied);
        assertThat(left()).isEmpty();
        assertThat(original().path()).exists();

        tune(original());
        assertThat(store().remove(entry)).isGreaterThan(entry.bytes());
        assertThat(left()).isEmpty();
        assertThat(store().isInstalled(entry)).isFalse();
    }

    @Test
    void a_file_of_the_users_own_is_found_until_it_changes() throws IOException {
        Path own = model().write(folder.resolve("my own.gguf"));
        LocalModel original = store().resolve(own.toString());
        TunedCopy copy = tune(original);

        LocalModel used = store().tuned().preferred(store().resolve(own.toString()), progress);
        assertThat(used.tuned()).contains(copy);
        assertThat(used.name()).isEqualTo("my own");
        assertThat(used.address()).isEqualTo(own.toString());
        assertThat(used.sha256()).isEmpty();
        assertThat(progress.notes()).isEmpty();

        Files.write(own, model().text("general.author", "someone").bytes());
        LocalModel changed = store().resolve(own.toString());
        assertThat(store().tuned().state(changed))
                .isEqualTo(new State.Useless("my own.gguf was changed since the copy was made"));
        assertThat(store().tuned().preferred(changed, Progress.NONE)).isEqualTo(changed);

        Files.delete(own);
        assertThat(store().tuned().remove(own)).isPositive();
        assertThat(left()).isEmpty();
    }

    @Test
    void two_do_not_make_the_same_copy_at_once() throws IOException {
        try (TunedDraft _ = draft(original())) {
            assertThat(fault(() -> draft(original())).code()).isEqualTo(Fault.Code.OVERLOADED);
            assertThat(fault(() -> store().tuned().remove(entry)).getMessage())
                    .contains("Another Polymnia is making a tuned copy of tiny");
        }
        assertThatCode(() -> draft(original()).close()).doesNotThrowAnyException();
    }

    @Test
    void a_disk_that_is_too_small_is_told_beforehand() throws IOException {
        room = path -> 1_000_000;

        Fault fault = fault(() -> draft(original()));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault.getMessage())
                .contains("needs about 16 MB", "has only 1 MB free", "POLYMNIA_HOME");
        assertThat(store().tuned().fits(original())).isFalse();
        assertThat(left()).isEmpty();
    }

    @Test
    void a_model_that_needs_no_copy_or_can_have_none_is_refused() throws IOException {
        assertRefused(tuned(), "is in the format Q4_0 already, so it needs no copy");
        assertRefused(GgufWriter.chatModel(), "is in the format Q4_0 already");
        assertRefused(new GgufWriter().text("general.architecture", "llama"), "holds no weights");
        assertRefused(model().number("split.count", GgufWriter.U16, 3), "is one part of several");
    }

    @Test
    void the_size_is_estimated_from_the_tensors() throws IOException {
        Path own = model().tensor("blk.0.ffn_up.weight", 0, 32, 64).write(folder.resolve("a.gguf"));

        // Blocks of 32 weights: 4 of eight bits in the embedding, 64 of four bits, and 5 numbers
        // that stay as they are; at most a block more for each tensor.
        long bytes = 4 * 34 + 64 * 18 + 5 * 4;
        assertThat(store().tuned().estimate(store().resolve(own.toString())) - 16_000_000)
                .isBetween(bytes, bytes + 34 + 18);
    }

    @Test
    void something_else_than_a_copy_of_the_model_is_not_kept() throws IOException {
        try (TunedDraft draft = draft(original())) {
            tuned().tensor("more.weight", 0, 32).write(draft.path());

            Fault fault = fault(() -> draft.keep(ENGINE, Progress.NONE, new Cancellation()));

            assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT);
            assertThat(fault.getMessage()).contains("no copy of tiny");
        }
        assertThat(left()).isEmpty();
    }

    private TunedCopy tune(LocalModel original) throws IOException {
        try (TunedDraft draft = draft(original)) {
            tuned().write(draft.path());
            return draft.keep(ENGINE, Progress.NONE, new Cancellation());
        }
    }

    private TunedDraft draft(LocalModel original) {
        return store().tuned().draft(original, Progress.NONE, new Cancellation());
    }

    private Path draftPath() {
        try (TunedDraft draft = draft(original())) {
            return draft.path();
        }
    }

    private long recordBytes() throws IOException {
        return Files.size(cache().tuned().resolve(entry.sha256() + ".properties"));
    }

    private void assertUseless(String why) {
        assertThat(store().tuned().state(original())).isEqualTo(new State.Useless(why));
        assertThat(store().tuned().preferred(original(), progress)).isEqualTo(original());
    }

    private void assertRefused(GgufWriter file, String words) throws IOException {
        Path own = file.write(folder.resolve("own.gguf"));

        Fault fault = fault(() -> draft(store().resolve(own.toString())));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED);
        assertThat(fault.getMessage()).contains(own + " " + words);
    }

    private static Fault fault(ThrowingCallable call) {
        return catchThrowableOfType(Fault.class, call);
    }

    private static GgufWriter model() {
        return weights(Q4_K_M);
    }

    private static GgufWriter tuned() {
        return weights(2);
    }

    private static GgufWriter weights(int fileType) {
        return GgufWriter.chatModel().number("general.file_type", GgufWriter.U32, fileType);
    }

    private LocalModel original() {
        return store().resolve("tiny");
    }

    private CacheFolder cache() {
        return new CacheFolder(folder.resolve("cache"));
    }

    private ModelStore store() {
        FetchSettings standard = FetchSettings.standard(Map.of());
        return new ModelStore(
                cache(),
                StoreFixture.catalogue(entry),
                new FetchSettings(
                        standard.environment(),
                        standard.hub(),
                        standard.pause(),
                        room,
                        standard.secureBytes()));
    }

    private List<String> left() throws IOException {
        if (!Files.exists(cache().tuned())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache().tuned())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }
}
