package dev.polymnia.eval.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunLog.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InspectArchiveTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir private Path folder;

    @Test
    void the_entries_are_those_of_inspect_and_deflated() throws IOException {
        try (ZipFile zip = written(Runs.mixed(Status.SUCCESS))) {
            List<? extends ZipEntry> entries = zip.stream().toList();

            assertThat(entries.stream().map(ZipEntry::getName).toList())
                    .containsExactly(
                            "_journal/start.json",
                            "samples/sum/1_epoch_1.json",
                            "samples/où_epoch_1.json",
                            "samples/mc_epoch_1.json",
                            "samples/rules_epoch_1.json",
                            "samples/code_epoch_1.json",
                            "summaries.json",
                            "reductions.json",
                            "header.json");
            assertThat(entries).allMatch(entry -> entry.getMethod() == ZipEntry.DEFLATED);
        }
    }

    @Test
    void its_parts_together_are_the_document() throws IOException {
        RunLog run = Runs.mixed(Status.CANCELLED);
        Path document = folder.resolve("log.json");
        InspectLog.write(run, document);
        JsonNode whole = JSON.readTree(document);

        try (ZipFile zip = written(run)) {
            JsonNode header = tree(zip, "header.json");
            for (String name : header.propertyNames()) {
                assertThat(header.path(name).toString())
                        .as(name)
                        .isEqualTo(whole.path(name).toString());
            }
            assertThat(header.propertyNames())
                    .contains("version", "status", "eval", "plan", "results", "stats")
                    .doesNotContain("samples", "reductions");
            assertThat(tree(zip, "samples/où_epoch_1.json").toString())
                    .isEqualTo(whole.path("samples").path(1).toString());
            assertThat(tree(zip, "reductions.json").toString())
                    .isEqualTo(whole.path("reductions").toString());
            assertThat(tree(zip, "summaries.json").size()).isEqualTo(5);
        }
    }

    @Test
    void what_was_begun_is_told_without_its_results() throws IOException {
        try (ZipFile zip = written(Runs.mixed(Status.STARTED))) {
            assertThat(tree(zip, "_journal/start.json").propertyNames())
                    .containsExactly("version", "eval", "plan");
        }
    }

    @Test
    void a_run_without_results_has_no_samples_and_no_reductions() throws IOException {
        try (ZipFile zip = written(Runs.run(Status.STARTED))) {
            assertThat(zip.stream().map(ZipEntry::getName).toList())
                    .containsExactly("_journal/start.json", "summaries.json", "header.json");
            assertThat(tree(zip, "summaries.json").toString()).isEqualTo("[]");
        }
    }

    @Test
    void the_same_run_gives_the_same_bytes() throws IOException {
        Path first = folder.resolve("first.eval");
        Path second = folder.resolve("second.eval");
        InspectLog.writeArchive(Runs.mixed(Status.SUCCESS), first);
        InspectLog.writeArchive(Runs.mixed(Status.SUCCESS), second);

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    private ZipFile written(RunLog run) throws IOException {
        Path file = folder.resolve("log.eval");
        InspectLog.writeArchive(run, file);
        return new ZipFile(file.toFile());
    }

    private static JsonNode tree(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return JSON.readTree(in);
        }
    }
}
