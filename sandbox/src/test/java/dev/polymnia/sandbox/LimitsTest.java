package dev.polymnia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class LimitsTest {
    private static final long MIB = 1024 * 1024;

    static final List<UnaryOperator<Limits>> OUT_OF_RANGE =
            List.of(
                    limits -> limits.withWall(Duration.ofMillis(9)),
                    limits -> limits.withWall(Duration.ofHours(1).plusNanos(1)),
                    limits -> limits.withWall(Duration.ofSeconds(-1)),
                    limits -> limits.withCpu(Duration.ofMillis(999)),
                    limits -> limits.withCpu(Duration.ofHours(2)),
                    limits -> limits.withMemoryBytes(64 * MIB - 1),
                    limits -> limits.withMemoryBytes(Long.MAX_VALUE),
                    limits -> limits.withProcesses(0),
                    limits -> limits.withProcesses(1025),
                    limits -> limits.withOutputBytes(0),
                    limits -> limits.withOutputBytes(Integer.MAX_VALUE),
                    limits -> limits.withScratchBytes(0),
                    limits -> limits.withScratchBytes(4095),
                    limits -> limits.withScratchBytes(Long.MAX_VALUE));

    @ParameterizedTest
    @FieldSource("OUT_OF_RANGE")
    void refuses_what_is_out_of_range(UnaryOperator<Limits> change) {
        assertThatThrownBy(() -> change.apply(Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("it has to be from");
    }

    @Test
    void takes_the_ends_of_the_ranges() {
        Limits least =
                new Limits(Duration.ofMillis(10), Duration.ofSeconds(1), 64 * MIB, 1, 1, 4096);
        Limits most =
                new Limits(
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        1024 * 1024 * MIB,
                        1024,
                        (int) (256 * MIB),
                        16 * 1024 * MIB);

        assertThat(Stream.of(least, most)).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void copies_change_one_value() {
        Limits changed =
                Limits.DEFAULT
                        .withWall(Duration.ofSeconds(1))
                        .withCpu(Duration.ofSeconds(2))
                        .withMemoryBytes(65 * MIB)
                        .withProcesses(4)
                        .withOutputBytes(5)
                        .withScratchBytes(6000);

        assertThat(changed)
                .isEqualTo(
                        new Limits(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                65 * MIB,
                                4,
                                5,
                                6000));
    }

    @ParameterizedTest
    @CsvSource({"PT1S, 1", "PT1.000000001S, 2", "PT1.5S, 2", "PT2S, 2", "PT1H, 3600"})
    void processor_time_is_rounded_up(Duration cpu, long seconds) {
        assertThat(Limits.DEFAULT.withCpu(cpu).cpuSeconds()).isEqualTo(seconds);
    }
}
