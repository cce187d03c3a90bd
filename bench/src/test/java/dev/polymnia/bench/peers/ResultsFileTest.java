package dev.polymnia.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsFileTest {
    private static final Scenario COLD = BranchesScenario.COLD;
    private static final Measure MEASURE =
            new Measure(Map.of(Scenario.SECONDS, 1.5), 1024, 8, List.of(1030), 0, "{LENGTH=8}");

    @TempDir Path folder;

    @Test
    void aRunThatWasStoppedFindsItsRoundsAgain() {
        Path file = folder.resolve("results.jsonl");
        ResultsFile stopped = new ResultsFile(Optional.of(file), "one model");
        stopped.add(new Choice("a", "--parallel 8", List.of("--parallel 8: 3.00")));
        stopped.add(new Round("a", 2, MEASURE, MEASURE));
        stopped.add(new Round("b", 1, MEASURE, MEASURE));
        stopped.add(new Round("a", 1, MEASURE, MEASURE));

        ResultsFile later = new ResultsFile(Optional.of(file), "one model");

        assertThat(later.rounds(COLD))
                .containsExactly(
                        new Round("a", 1, MEASURE, MEASURE), new Round("a", 2, MEASURE, MEASURE));
        assertThat(later.choice(COLD)).map(Choice::flags).contains("--parallel 8");
        assertThat(later.choice(BranchesScenario.EQUAL)).isEmpty();
    }

    @Test
    void roundsOfAnotherModelAreNotMixedIn() {
        Path file = folder.resolve("results.jsonl");
        new ResultsFile(Optional.of(file), "one model").add(new Round("a", 1, MEASURE, MEASURE));

        assertThat(new ResultsFile(Optional.of(file), "another").rounds(COLD)).isEmpty();
    }

    @Test
    void aLineThatWasCutOffIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("results.jsonl"), "{\"setting\":\"one mo");

        assertThatThrownBy(() -> new ResultsFile(Optional.of(file), "one model"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("repair or delete");
    }
}
