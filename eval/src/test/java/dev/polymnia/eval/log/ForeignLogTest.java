package dev.polymnia.eval.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunLog.Status;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignLogTest {
    private static final String LOG =
            """
            {"version": %s, "status": "%s",
             "eval": {"run_id": "r", "created": "%s", "task": "t", "model": "m"},
             "samples": [{"id": 1, "epoch": 1, "scores": {"s": {"value": %s}}}]}
            """;

    @TempDir private Path folder;

    @Test
    void a_log_of_inspect_is_read() throws IOException {
        ForeignLog log = inspect();

        assertThat(log.id()).isEqualTo("Uc5Q8kYbN2dWm4rTqJ9pLs");
        assertThat(log.task()).isEqualTo("sums");
        assertThat(log.model()).isEqualTo("mockllm/model");
        assertThat(log.dataset()).isEqualTo("sums");
        assertThat(log.scorer()).isEqualTo("match");
        assertThat(log.status()).isEqualTo(Status.SUCCESS);
        assertThat(log.created()).isEqualTo(Instant.parse("2026-05-31T09:15:02Z"));
        assertThat(log.roles()).isEqualTo(Map.of("grader", new Usage(0, 7, 3)));
        assertThat(log.accuracy()).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void a_sample_of_inspect_has_all_that_is_reported() throws IOException {
        assertThat(inspect().samples().getFirst())
                .isEqualTo(
                        new ForeignLog.Entry(
                                "1",
                                1,
                                "What is 1 + 1?",
                                List.of("2"),
                                "2",
                                "",
                                Optional.of("2"),
                                OptionalDouble.of(1),
                                "2",
                                StopReason.END,
                                new Usage(4, 8, 1),
                                Optional.of(Duration.ofMillis(250)),
                                Optional.empty()));
    }

    @Test
    void messages_attachments_reasoning_and_the_right_scorer_are_found() throws IOException {
        assertThat(inspect().samples().get(1))
                .isEqualTo(
                        new ForeignLog.Entry(
                                "deux",
                                1,
                                "Combien font 1 + 2 ?",
                                List.of("3", "trois"),
                                "It may be",
                                "One and two",
                                Optional.empty(),
                                OptionalDouble.of(0),
                                "",
                                StopReason.LENGTH,
                                new Usage(100, 10, 5),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void errors_and_samples_without_a_score_are_told_apart() throws IOException {
        ForeignLog.Entry failed = inspect().samples().get(2);
        ForeignLog.Entry unscored = inspect().samples().get(3);

        assertThat(failed.error()).contains("ValueError('no route')");
        assertThat(failed.value()).isEmpty();
        assertThat(unscored.error()).isEmpty();
        assertThat(unscored.value()).isEmpty();
        assertThat(unscored.text()).isEqualTo("five");
        assertThat(unscored.target()).isEmpty();
    }

    @Test
    void a_log_of_inspect_becomes_a_run_that_can_be_reported() throws IOException {
        RunLog run = inspect().asRunLog(Mode.THINKING);

        assertThat(run.setup().task()).isEqualTo("sums");
        assertThat(run.setup().mode()).isEqualTo(Mode.THINKING);
        assertThat(run.setup().samples()).isEqualTo(4);
        assertThat(run.samples().get(1).target())
                .isEqualTo(new Target.Answers(List.of("3", "trois")));
        assertThat(run.results()).extracting(SampleResult::id).containsExactly("1", "deux", "3");
        assertThat(run.results()).extracting(SampleResult::value).containsExactly(1.0, 0.0, 0.0);
        assertThat(run.results().get(1).truncated()).isTrue();
        assertThat(run.results().get(1).usage()).isEqualTo(new Usage(100, 10, 5));
        assertThat(run.results().get(1).agents().getFirst().reasoning()).isEqualTo("One and two");
        assertThat(run.results().get(2).failure().map(SampleResult.Failure::message))
                .contains("ValueError('no route')");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void what_we_write_is_read_again(Status status) {
        RunLog run = Runs.mixed(status);
        Path document = folder.resolve("log.json");
        Path archive = folder.resolve("log.eval");
        InspectLog.write(run, document);
        InspectLog.writeArchive(run, archive);
        ForeignLog log = ForeignLog.read(document);

        assertThat(log.status()).isEqualTo(status);
        assertThat(log.created()).isEqualTo(Runs.START);
        assertThat(log.scorer()).isEqualTo("judge");
        assertThat(log.accuracy()).isEqualTo(0.5);
        assertThat(log.roles())
                .isEqualTo(
                        Map.of(
                                "agent-1",
                                new Usage(160, 8, 40),
                                "agent-2",
                                new Usage(80, 4, 40),
                                "shared",
                                new Usage(0, 80, 0)));
        assertThat(ForeignLog.read(archive).samples())
                .containsExactlyInAnyOrderElementsOf(log.samples());
        assertThat(ForeignLog.read(archive).roles()).isEqualTo(log.roles());
    }

    @Test
    void a_sample_that_we_write_keeps_what_it_says() {
        Path file = folder.resolve("log.json");
        InspectLog.write(Runs.run(Status.SUCCESS, Runs.right("sum/1", 1)), file);

        assertThat(ForeignLog.read(file).samples())
                .containsExactly(
                        new ForeignLog.Entry(
                                "sum/1",
                                1,
                                "1 + 17?",
                                List.of("18"),
                                "It is 18.",
                                "1 + 17 is 18.",
                                Optional.of("18"),
                                OptionalDouble.of(1),
                                "equal numbers",
                                StopReason.END,
                                new Usage(80, 44, 30),
                                Optional.of(Runs.WALL),
                                Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"C\"',1",
        "'\"I\"',0",
        "'\"P\"',0.5",
        "'\"N\"',0",
        "'\"Yes\"',1",
        "'\"false\"',0",
        "'\" \"',NaN",
        "'\"0.25\"',0.25",
        "'\"1e999\"',NaN",
        "'\"inf\"',NaN",
        "true,1",
        "false,0",
        "0.75,0.75",
        "1,1",
        "Infinity,NaN",
        "NaN,NaN",
        "null,NaN",
        "'[1, 0]',NaN",
        "'{\"a\": 1}',NaN"
    })
    void a_value_is_a_number_by_inspects_rules(String json, double value) throws IOException {
        ForeignLog log = read(LOG.formatted("2", "success", "2026-01-01T00:00:00Z", json));

        assertThat(log.samples().getFirst().value())
                .isEqualTo(Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value));
    }

    @Test
    void a_score_outside_of_0_and_1_cannot_be_reported() throws IOException {
        ForeignLog log = read(LOG.formatted("2", "success", "2026-01-01T00:00:00Z", "7"));

        assertThatThrownBy(() -> log.asRunLog(Mode.INSTANT))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED))
                .hasMessageContaining("7.0");
    }

    @Test
    void early_times_without_an_offset_are_those_of_greenwich() throws IOException {
        assertThat(read(LOG.formatted("2", "started", "2024-01-02T03:04:05", "1")).created())
                .isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "words",
                "[]",
                "{}",
                "{\"version\": 2}",
                "{\"version\": \"2\", \"eval\": {}}",
                "{\"version\": 2, \"eval\": {\"task\": \"t\", \"created\": \"2024-01-01\"}}",
                "PK but no archive"
            })
    void what_is_no_log_is_refused_with_its_name(String text) {
        assertInvalid(text, folder.resolve("log.json").toString());
    }

    @Test
    void another_version_is_refused_with_its_number() {
        assertInvalid(LOG.formatted("3", "success", "2026-01-01T00:00:00Z", "1"), "version 3");
        assertInvalid(LOG.formatted("1", "success", "2026-01-01T00:00:00Z", "1"), "version 1");
    }

    @Test
    void an_unknown_status_or_time_and_a_sample_without_an_id_are_refused() {
        assertInvalid(LOG.formatted("2", "paused", "2026-01-01T00:00:00Z", "1"), "paused");
        assertInvalid(LOG.formatted("2", "success", "yesterday", "1"), "yesterday");
        assertInvalid(
                LOG.formatted("2", "success", "2026-01-01T00:00:00Z", "1")
                        .replace("\"id\": 1", "\"id\": \"\""),
                "a sample has no id");
    }

    @Test
    void a_file_that_is_not_there_is_not_found() {
        assertThatThrownBy(() -> ForeignLog.read(folder.resolve("nothing.json")))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND));
    }

    @Test
    void an_archive_that_java_cannot_unpack_is_not_supported() throws IOException {
        Path file = folder.resolve("log.eval");
        InspectLog.writeArchive(Runs.mixed(Status.SUCCESS), file);
        byte[] bytes = Files.readAllBytes(file);
        // The method of the first entry of the central directory becomes Zstandard.
        int entry = new String(bytes, ISO_8859_1).indexOf("PK\001\002");
        bytes[entry + 10] = 93;
        Files.write(file, bytes);

        assertThatThrownBy(() -> ForeignLog.read(file))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNSUPPORTED))
                .hasMessageContaining("inspect log convert");
    }

    private void assertInvalid(String text, String words) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining(words);
    }

    private ForeignLog inspect() throws IOException {
        try (InputStream in =
                requireNonNull(ForeignLogTest.class.getResourceAsStream("inspect-log.json"))) {
            return read(new String(in.readAllBytes(), UTF_8));
        }
    }

    private ForeignLog read(String text) throws IOException {
        Path file = folder.resolve("log.json");
        Files.writeString(file, text);
        return ForeignLog.read(file);
    }
}
