package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;
import dev.polymnia.models.TunedDraft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TuningOfferTest {
    private static final String QUESTION = "Make a faster copy for this processor?";

    @TempDir private Path folder;
    private final List<String> made = new ArrayList<>();
    private ModelStore store;

    @BeforeEach
    void putTheDefaultModelIntoAStore() throws IOException {
        store = PretendedModel.store(folder, Catalogue.builtIn().defaultEntry().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "y\n", "YES\n", " y \r\n", "what?\ny\n"})
    void a_yes_makes_a_copy_and_is_kept(String typed) {
        FakeConsole terminal = FakeConsole.typing(typed);

        make(terminal, Map.of());

        assertThat(terminal.err()).contains(QUESTION).contains("about a minute and 16 MB. [Y/n] ");
        assertThat(terminal.out()).isEmpty();
        assertThat(made).containsExactly("qwen2.5-coder-1.5b");
        assertThat(answer()).hasContent("yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "No\n", "n", "perhaps\nn\n"})
    void a_no_makes_nothing_and_is_kept(String typed) {
        FakeConsole terminal = FakeConsole.typing(typed);

        make(terminal, Map.of());

        assertThat(terminal.err()).contains(QUESTION, "polymnia models tune");
        assertThat(made).isEmpty();
        assertThat(answer()).hasContent("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "n\n"})
    void it_is_never_asked_again(String typed) {
        make(FakeConsole.typing(typed), Map.of());
        int before = made.size();
        FakeConsole again = FakeConsole.typing("y\n");

        make(again, Map.of());

        assertThat(again.err()).isEmpty();
        assertThat(made).hasSize(before);
    }

    @Test
    void a_person_who_closes_the_input_has_not_answered() {
        FakeConsole terminal = FakeConsole.typing("");

        make(terminal, Map.of());

        assertThat(terminal.err()).contains(QUESTION);
        assertThat(made).isEmpty();
        assertThat(answer()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "in", "out,err", "in,out", "in,err"})
    void nobody_is_asked_but_a_person_at_a_terminal(String streams) {
        FakeConsole terminal = FakeConsole.of(streams, "y\n");

        make(terminal, Map.of());

        assertThat(terminal.err()).isEmpty();
        assertThat(made).isEmpty();
        assertThat(answer()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "CI, true, false",
        "CI, 1, false",
        "CI, false, true",
        "CI, '', true",
        "POLYMNIA_TUNE, no, false",
        "POLYMNIA_TUNE, ' False', false",
        "POLYMNIA_TUNE, 0, false",
        "POLYMNIA_TUNE, yes, true",
        "POLYMNIA_TUNE, '', true",
    })
    void the_environment_may_forbid_it(String variable, String value, boolean asked) {
        FakeConsole terminal = FakeConsole.typing("y\n");

        make(terminal, Map.of(variable, value));

        assertThat(made).hasSize(asked ? 1 : 0);
        assertThat(terminal.err().contains(QUESTION)).isEqualTo(asked);
    }

    @Test
    void only_the_default_model_is_offered() throws IOException {
        PretendedModel.store(folder, "smollm2-135m");
        FakeConsole terminal = FakeConsole.typing("y\n");

        offer(terminal.console(), Map.of())
                .make(store.resolve("smollm2-135m"), this::remember, new Cancellation());

        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void a_model_that_has_a_copy_is_not_offered_another() throws IOException {
        try (TunedDraft draft =
                store.tuned().draft(original(), Progress.NONE, new Cancellation())) {
            Files.write(draft.path(), PretendedModel.bytes());
            draft.keep("llama.cpp 1", Progress.NONE, new Cancellation());
        }
        FakeConsole terminal = FakeConsole.typing("y\n");

        make(terminal, Map.of());

        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void a_file_that_is_no_model_is_not_offered() throws IOException {
        Path file = original().path();
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'N', 'O'}));
        }
        FakeConsole terminal = FakeConsole.typing("y\n");

        make(terminal, Map.of());

        assertThat(terminal.err()).isEmpty();
        assertThat(answer()).doesNotExist();
    }

    @Test
    void a_copy_that_cannot_be_made_is_no_obstacle() {
        FakeConsole terminal = FakeConsole.typing("y\n");

        offer(terminal.console(), Map.of())
                .make(
                        original(),
                        (_, _) -> {
                            throw new Fault(Fault.Code.UNSUPPORTED, "It cannot be made.");
                        },
                        new Cancellation());

        assertThat(terminal.err()).endsWith("It cannot be made.\n");
    }

    @Test
    void an_interrupt_ends_the_question() throws Exception {
        FakeConsole terminal = FakeConsole.typing("");
        Cancellation cancellation = new Cancellation();
        try (Silence keyboard = new Silence();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            TuningOffer offer = offer(withInput(terminal.console(), keyboard), Map.of());
            Future<Fault> asking =
                    executor.submit(() ->
                            catchThrowableOfType(
                                    Fault.class,
                                    () -> offer.make(original(), this::remember, cancellation)));
            keyboard.asked.await();
            cancellation.request();

            assertThat(asking.get().code()).isEqualTo(Fault.Code.CANCELLED);
        }
        assertThat(answer()).doesNotExist();
    }

    @Test
    void what_is_typed_behind_the_answer_is_for_whoever_reads_next() throws IOException {
        FakeConsole terminal = FakeConsole.typing("n\nWhy?\n");

        make(terminal, Map.of());

        assertThat(terminal.console().in()).hasContent("Why?\n");
    }

    private void make(FakeConsole terminal, Map<String, String> environment) {
        offer(terminal.console(), environment).make(original(), this::remember, new Cancellation());
    }

    private TuningOffer offer(Console console, Map<String, String> environment) {
        return new TuningOffer(console, store, answer(), environment);
    }

    private void remember(LocalModel model, Cancellation cancellation) {
        made.add(model.name());
    }

    private LocalModel original() {
        return store.resolve(store.usual().name());
    }

    private Path answer() {
        return folder.resolve("tuned/.answer");
    }

    private static Console withInput(Console console, InputStream in) {
        return new Console(
                in,
                console.out(),
                console.err(),
                console.typed(),
                console.interactive(),
                console.progress(),
                console.colours(),
                console.width());
    }

    /// A keyboard on which nobody types until it is closed.
    private static final class Silence extends InputStream {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            asked.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
