package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;
import dev.polymnia.models.TunedCopies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands for models, with a real model and a real copy of it; only the measuring is left
/// out, which would take as long as all other tests of this module.
final class TunedModelsTest {
    private static final String NAME = "smollm2-135m";
    private static final CatalogueEntry ENTRY = Catalogue.builtIn().find(NAME);

    @TempDir private Path folder;
    private ModelStore store;

    @BeforeEach
    void lookAtAModel() {
        Path file = ModelStore.ofThisMachine().fetch(ENTRY, Progress.NONE, new Cancellation());
        // What the user's own cache has passes for what an installation brought.
        CacheFolder cache = new CacheFolder(folder, Optional.of(file.resolve("../..")));
        store = new ModelStore(cache, Catalogue.builtIn(), Map.of());
    }

    @Test
    void a_copy_is_made_shown_checked_and_removed() throws IOException {
        LocalModel original = store.resolve(NAME);
        FakeConsole terminal = FakeConsole.of("");
        LibraryFolder.ofThisMachine(Progress.NONE, new Cancellation());
        Copying copying = Copying.ofThisProgram();
        Tuner tuner =
                new Tuner(
                        terminal.console(),
                        store.tuned(),
                        (model, draft, cancellation) ->
                                copying.write(model.path(), draft.path(), _ -> {}, cancellation),
                        (model, _) -> {
                            boolean before = model.path().equals(original.path());
                            return new Speeds(1, 1, before ? 1 : 2, true);
                        });

        assertThat(tuner.tune(original, false, terminal.console().out(), new Cancellation()))
                .isTrue();

        assertThat(said("tune", NAME)).contains("yes, ", "rm --tuned " + NAME);
        // The only one that is installed is the default, and the user's cache may have others.
        assertThat(said("list"))
                .containsPattern(NAME + " +98 MB .* here, installed, tuned( \\(default\\))?\n");
        assertThat(said("info", NAME))
                .containsPattern("tuned +yes, \\d+ MB, made on \\d{4}-\\d\\d-\\d\\d by llama.cpp 0")
                .containsPattern("quantisation +Q4_1\n")
                .containsPattern("tensors +Q4_0 × \\d+, F32 × \\d+, Q8_0 × 1\n");

        Path copy = store.tuned().preferred(original, Progress.NONE).path();
        damage(copy);
        assertThat(failed(Fault.Code.CORRUPT, "verify", NAME))
                .contains(copy + " has not the SHA-256", "models rm --tuned " + NAME);
        Files.writeString(copy, "cut");
        assertThat(said("info", NAME)).contains("there is a copy that is not used: it has 3 bytes");
        assertThat(said("list")).doesNotContain("tuned");

        assertThat(said("rm", "--tuned", NAME)).contains("Deleted the tuned copy of " + NAME);
        assertThat(said("rm", "--tuned", NAME)).contains("The tuned copy of " + NAME + " was not");
        assertThat(said("info", NAME)).containsPattern("tuned +no\n");
        assertThat(store.tuned().state(original)).isEqualTo(new TunedCopies.State.None());
        assertThat(store.isInstalled(ENTRY)).isTrue();
    }

    private static void damage(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(channel.size() - 4);
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        }
    }

    private String said(String... words) {
        FakeConsole terminal = FakeConsole.of("out,120");
        assertThat(Main.run(program(terminal), terminal.console(), false, words)).isZero();
        return terminal.out();
    }

    private String failed(Fault.Code code, String... words) {
        FakeConsole terminal = FakeConsole.of("out,120");
        assertThat(Main.run(program(terminal), terminal.console(), false, words))
                .isEqualTo(Main.exitCode(code));
        return terminal.err();
    }

    private CommandLine program(FakeConsole terminal) {
        return new CommandLine(new ModelsCommand(terminal.console(), store));
    }
}
