package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;
import dev.polymnia.models.TunedCopies;
import dev.polymnia.models.TunedDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TunerTest {
    private static final Speeds BEFORE = new Speeds(160, 15, 50, true);

    @TempDir private Path folder;
    private final FakeConsole terminal = FakeConsole.of("");
    private ModelStore store;
    private LocalModel original;

    @BeforeEach
    void putAModelIntoAStore() throws IOException {
        store = PretendedModel.store(folder, "smollm2-135m");
        original = store.resolve("smollm2-135m");
    }

    @Test
    void a_faster_copy_is_kept_and_its_gain_told() {
        assertThat(tune(TunerTest::write, new Speeds(170, 16, 65, true), false)).isTrue();

        assertThat(terminal.out())
                .isEqualTo(
                        """
                        before   reading 160.0, 1 agent 15.0, 8 agents together 50.0 tokens/s
                        after    reading 170.0, 1 agent 16.0, 8 agents together 65.0 tokens/s
                        size     98 MB, and 0 MB for the copy
                        gain     8 agents are 30 % faster; the copy is used from now on
                        undo     polymnia models rm --tuned smollm2-135m
                        """);
        assertThat(store.tuned().state(original)).isInstanceOf(TunedCopies.State.Whole.class);
        assertThat(store.tuned().preferred(original, Progress.NONE).path())
                .hasBinaryContent(PretendedModel.bytes());
    }

    @ParameterizedTest
    @ValueSource(doubles = {30, 50, 51.4})
    void a_copy_that_is_not_clearly_faster_is_deleted(double together) throws IOException {
        assertThat(tune(TunerTest::write, new Speeds(170, 16, together, true), false)).isFalse();

        assertThat(terminal.out()).contains("none to speak of", "the copy was deleted", "--keep");
        assertThat(store.tuned().state(original)).isEqualTo(new TunedCopies.State.None());
        assertThat(left()).isEmpty();
    }

    @Test
    void a_copy_that_could_not_be_measured_is_deleted() throws IOException {
        assertThat(tune(TunerTest::write, new Speeds(170, 16, 90, false), false)).isFalse();

        assertThat(terminal.out()).contains("unknown", "the copy was deleted", "--keep");
        assertThat(left()).isEmpty();
    }

    @Test
    void an_interrupt_does_not_wait_for_the_measuring() {
        Cancellation cancellation = new Cancellation();
        Tuner.Meter meter =
                (model, _) -> {
                    if (!model.path().equals(original.path())) {
                        cancellation.request();
                        assertThat(model.path()).doesNotExist();
                    }
                    return BEFORE;
                };
        Tuner tuner = new Tuner(terminal.console(), store.tuned(), TunerTest::write, meter);

        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () -> tuner.tune(original, true, terminal.console().out(), cancellation));

        assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED);
    }

    @Test
    void a_slower_copy_is_kept_if_that_is_wanted() {
        assertThat(tune(TunerTest::write, new Speeds(170, 16, 40, true), true)).isTrue();

        assertThat(terminal.out())
                .contains(
                        "none to speak of: 8 agents are 20 % slower; the copy is used",
                        "is better");
        assertThat(store.tuned().state(original)).isInstanceOf(TunedCopies.State.Whole.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo half > \"$1\"; kill -KILL $$", "echo half > \"$1\"; exit 1"})
    void a_killed_process_leaves_nothing(String script) throws IOException {
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> tune(script(script, new Cancellation()), BEFORE, false));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED);
        assertThat(left()).isEmpty();
        assertThat(original.path()).exists();
    }

    @Test
    void an_interrupt_leaves_nothing() throws Exception {
        Path pipe = folder.resolve("started");
        assertThat(new ProcessBuilder("mkfifo", pipe + "").start().waitFor()).isZero();
        Cancellation cancellation = new Cancellation();
        Tuner.Writer writer =
                script(
                        "echo half > \"$1\"; echo ready > '" + pipe + "'; exec sleep 1000",
                        cancellation);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Fault> running =
                    executor.submit(() ->
                            catchThrowableOfType(
                                    Fault.class, () -> tune(writer, BEFORE, false, cancellation)));
            assertThat(Files.readString(pipe)).isEqualTo("ready\n");
            assertThat(left()).hasSize(1);
            cancellation.request();

            assertThat(running.get().code()).isEqualTo(Fault.Code.CANCELLED);
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void an_interrupt_while_the_copy_is_measured_leaves_nothing() throws IOException {
        Cancellation cancellation = new Cancellation();
        Tuner.Writer writer =
                (model, draft, stop) -> {
                    write(model, draft, stop);
                    cancellation.request();
                };

        Fault fault =
                catchThrowableOfType(Fault.class, () -> tune(writer, BEFORE, true, cancellation));

        assertThat(fault.code()).isEqualTo(Fault.Code.CANCELLED);
        assertThat(left()).isEmpty();
    }

    @Test
    void the_original_is_measured_before_anything_is_written() {
        Tuner tuner =
                new Tuner(
                        terminal.console(),
                        store.tuned(),
                        (_, _, _) -> {
                            throw new AssertionError("it was written");
                        },
                        (_, _) -> {
                            throw new Fault(Fault.Code.UNSUPPORTED, "It cannot be loaded.");
                        });

        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () ->
                                tuner.tune(
                                        original,
                                        false,
                                        terminal.console().out(),
                                        new Cancellation()));

        assertThat(fault.getMessage()).isEqualTo("It cannot be loaded.");
    }

    private boolean tune(Tuner.Writer writer, Speeds after, boolean always) {
        return tune(writer, after, always, new Cancellation());
    }

    private boolean tune(
            Tuner.Writer writer, Speeds after, boolean always, Cancellation cancellation) {
        Tuner.Meter meter = (model, _) -> model.path().equals(original.path()) ? BEFORE : after;
        return new Tuner(terminal.console(), store.tuned(), writer, meter)
                .tune(original, always, terminal.console().out(), cancellation);
    }

    private static Tuner.Writer script(String script, Cancellation cancellation) {
        Copying copying = new Copying(new OwnProcess(List.of("/bin/sh", "-c", script)));
        return (model, draft, _) ->
                copying.write(model.path(), draft.path(), _ -> {}, cancellation);
    }

    private static void write(LocalModel model, TunedDraft draft, Cancellation cancellation) {
        try {
            Files.write(draft.path(), PretendedModel.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tuned"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }
}
