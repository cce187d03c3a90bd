package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckupTest {
    @TempDir private Path folder;

    @Test
    void without_pip_the_hub_alone_brings_models() {
        Finding models = finding("models", checkup(folder, ""));

        assertThat(models.isProblem()).isFalse();
        assertThat(models.advice()).contains("model hub", "no pip");
    }

    @Test
    void with_pip_missing_models_are_no_problem() throws IOException {
        Path pip = Files.createFile(folder.resolve("pip"));
        assertThat(pip.toFile().setExecutable(true)).isTrue();

        Finding models = finding("models", checkup(folder.resolve("cache"), folder.toString()));

        assertThat(models.isProblem()).isFalse();
        assertThat(models.advice()).contains(pip.toString());
    }

    @Test
    void a_cache_that_cannot_be_written_is_a_problem() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Finding cache = finding("cache", checkup(file.resolve("cache"), ""));

        assertThat(cache.isProblem()).isTrue();
        assertThat(cache.value()).contains(file.toString());
        assertThat(cache.advice()).contains("POLYMNIA_HOME");
    }

    @Test
    void the_default_model_is_measured_if_it_is_here_and_else_the_smallest() throws IOException {
        Checkup checkup = checkup(folder, "");
        assertThat(checkup.measurable()).isEmpty();

        pretend("smollm2-135m");
        pretend("qwen2.5-coder-0.5b");
        assertThat(checkup.measurable()).map(LocalModel::name).contains("smollm2-135m");

        pretend("qwen2.5-coder-1.5b");
        assertThat(checkup.measurable()).map(LocalModel::name).contains("qwen2.5-coder-1.5b");
        assertThat(finding("models", checkup).value())
                .isEqualTo("qwen2.5-coder-1.5b, qwen2.5-coder-0.5b, smollm2-135m");
    }

    /// Puts a file of the right size, which takes no room, where a model would be.
    private void pretend(String name) throws IOException {
        CatalogueEntry entry = Catalogue.builtIn().find(name);
        Path models = Files.createDirectories(folder.resolve("models"));
        try (RandomAccessFile file =
                new RandomAccessFile(models.resolve(entry.file()).toFile(), "rw")) {
            file.setLength(entry.bytes());
        }
    }

    private static Checkup checkup(Path cache, String path) {
        Map<String, String> environment = Map.of("PATH", path);
        CacheFolder place = new CacheFolder(cache);
        return new Checkup(
                new ModelStore(place, Catalogue.builtIn(), environment), place, environment);
    }

    private static Finding finding(String what, Checkup checkup) {
        return checkup.run().stream()
                .filter(finding -> finding.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
