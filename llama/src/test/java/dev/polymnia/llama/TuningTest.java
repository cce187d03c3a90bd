package dev.polymnia.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.models.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TuningTest {
    private static final Tuning TUNING = new Tuning(3, 4, FakeModel.COSTS);

    @TempDir private Path folder;

    private TuningFile file(String... parts) {
        return TuningFile.of(new CacheFolder(folder), parts);
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(new CacheFolder(folder).measurements())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void what_was_measured_is_found_again() {
        file("machine", "model").write(TUNING);

        Tuning read = file("machine", "model").read().orElseThrow();

        assertThat(read.format()).isEqualTo(TUNING.format());
        assertThat(read.single()).isEqualTo(3);
        assertThat(read.many()).isEqualTo(4);
        assertThat(read.costs().measured()).isEqualTo(FakeModel.COSTS.measured());
    }

    @Test
    void another_machine_or_model_is_measured_by_itself() {
        file("machine", "model").write(TUNING);

        assertThat(file("machine", "other").read()).isEmpty();
        assertThat(file("machinemodel", "").read()).isEmpty();
    }

    @Test
    void what_is_a_month_old_is_measured_again() throws IOException {
        file("machine").write(TUNING);
        Instant then = Instant.now().minus(Duration.ofDays(31));
        Files.setLastModifiedTime(only(), FileTime.from(then));

        assertThat(file("machine").read()).isEmpty();
    }

    @Test
    void a_damaged_file_costs_a_measurement() throws IOException {
        file("machine").write(TUNING);
        for (String text :
                List.of("", "1", "0 1 5", "2 2 1 2 3", "x y", "2 2 " + "-1 ".repeat(14))) {
            Files.writeString(only(), text);
            assertThat(file("machine").read()).isEmpty();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_costs_nothing_else() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "");

        TuningFile.of(new CacheFolder(blocked), "machine").write(TUNING);

        assertThat(TuningFile.of(new CacheFolder(blocked), "machine").read()).isEmpty();
    }

    @Test
    void what_was_measured_on_a_busy_machine_is_told_from_what_was_not() {
        FakeContext context = new FakeContext(2048, 9);
        CostMeter meter = new CostMeter(context, new Rows(256), 1);
        long hour = Duration.ofHours(1).toNanos();
        StepCosts busy = new StepCosts(LongStream.generate(() -> hour).limit(14).toArray());

        assertThat(new Tuning(1, 1, busy).isSurpassed(meter)).isTrue();
        assertThat(TUNING.isSurpassed(meter)).isFalse();
        assertThat(context.cellsUsed()).isZero();
    }

    @Test
    void the_faster_number_of_threads_is_taken() {
        FakeContext context = new FakeContext(2048, 9);
        Tuning tuning = Tuning.measure(context, new CostMeter(context, new Rows(256), 1), 4, 0);

        assertThat(tuning.single()).isIn(2, 4);
        assertThat(tuning.many()).isIn(2, 4);
        assertThat(context.cellsUsed()).isZero();
        assertThatThrownBy(() -> Tuning.parse("2 0 1")).isInstanceOf(RuntimeException.class);
    }
}
