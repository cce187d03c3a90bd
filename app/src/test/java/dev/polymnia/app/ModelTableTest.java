package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.ModelStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelTableTest {
    private static final long GIGABYTE = 1_000_000_000;

    @TempDir private Path folder;

    @Test
    void it_says_of_each_model_what_decides() throws IOException {
        pretend(folder.resolve("cache/models/"), "qwen2.5-coder-1.5b");
        pretend(folder.resolve("bundle/models"), "smollm2-135m");
        Files.write(folder.resolve("cache/models/.Qwen3-4B-Q4_K_M.gguf.part"), new byte[3_000_000]);

        assertThat(table(80, new Machine(16 * GIGABYTE, "cpu")))
                .contains(
                        "name                   size  licence    memory\n",
                        "qwen2.5-coder-1.5b  1117 MB  Apache-2.0 fits    here (default)\n",
                        "smollm2-135m          98 MB  Apache-2.0 fits    here, installed\n",
                        "qwen3-4b            2497 MB  Apache-2.0 fits    3 MB here, not tried"
                                + " here\n",
                        "qwen3-30b-a3b      18557 MB  Apache-2.0 too big not tried here\n",
                        "gpt-oss-20b        12110 MB  Apache-2.0 too big not tried here, --backend"
                                + " only\n")
                .endsWith(
                        "\n"
                            + "For this machine: qwen3-4b, the largest that fits into 16.0 GB of"
                            + " memory and is\n"
                            + "quick without a graphics device; not tried here yet.\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 40, 60, 79, 80, 120})
    void no_line_is_wider_than_the_terminal(int width) {
        String table = table(width, new Machine(16 * GIGABYTE, "cpu"));

        assertThat(table.lines()).allMatch(line -> line.length() <= Math.max(width, 20));
        assertThat(table).contains("qwen2.5-coder-1.5b", "qwen3-30b-a3b");
    }

    @Test
    void a_machine_that_is_too_small_for_all_is_told() {
        assertThat(table(80, new Machine(GIGABYTE, "cpu"))).contains("No model of the catalogue");
    }

    private String table(int width, Machine machine) {
        FakeConsole terminal = FakeConsole.of("out," + width);
        CacheFolder cache =
                new CacheFolder(folder.resolve("cache"), Optional.of(folder.resolve("bundle")));
        new ModelTable(
                        new ModelStore(cache, Catalogue.builtIn(), Map.of()),
                        machine,
                        terminal.console())
                .print();
        return terminal.out();
    }

    private static void pretend(Path models, String name) throws IOException {
        CatalogueEntry entry = Catalogue.builtIn().find(name);
        Path file = Files.createDirectories(models).resolve(entry.file());
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(entry.bytes());
        }
    }
}
