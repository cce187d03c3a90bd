package dev.polymnia.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PeerTableTest {
    private static final Scenario COLD = BranchesScenario.COLD;

    @Test
    void aScenarioWithoutRoundsHasNoLine() {
        assertThat(PeerTable.of(COLD, List.of())).isEmpty();
    }

    @Test
    void theRatioIsTheMedianOfThePairsAndNotOfTheMedians() {
        List<Round> rounds =
                List.of(round(1, 10, 31, 1024), round(2, 20, 64, 1024), round(3, 10, 40, 1024));

        assertThat(PeerTable.of(COLD, rounds))
                .isEqualTo(
                        "| a: 8 branches, cold trunk, different hints, time to the last end, s"
                                + " | 10.00 | 40.00 | 3.20× (3.10–4.00) | ≥ 3.00× | yes |\n");
    }

    @Test
    void whenOneWroteLessTheTimeByTokenIsShownToo() {
        List<Round> rounds = List.of(round(1, 10, 25, 512));

        assertThat(PeerTable.of(COLD, rounds).lines())
                .hasSize(2)
                .allMatch(line -> line.endsWith("| ≥ 3.00× | no |"));
    }

    @Test
    void whereMoreIsBetterTheRatioIsTurned() {
        Scenario chats = new ChatsScenario(16);
        Round round =
                new Round(
                        "d16",
                        1,
                        measure(chats, List.of(30.0, 17.0, 0.0), 512),
                        measure(chats, List.of(20.0, 25.6, 1.0), 512));

        assertThat(PeerTable.of(chats, List.of(round)).lines())
                .element(0)
                .asString()
                .contains("| 30.00 | 20.00 | 1.50× (1.50–1.50) | ≥ 1.00× | yes |");
    }

    @Test
    void anErrorInOneRoundOfThreeIsNotForgotten() {
        Scenario chats = new ChatsScenario(16);
        Measure good = measure(chats, List.of(30.0, 17.0, 0.0), 512);
        Measure bad = measure(chats, List.of(30.0, 17.0, 1.0), 512);
        List<Round> rounds =
                List.of(
                        new Round("d16", 1, good, good),
                        new Round("d16", 2, bad, good),
                        new Round("d16", 3, good, good));

        assertThat(PeerTable.of(chats, rounds).lines())
                .element(2)
                .asString()
                .endsWith("errors | 1.00 | 0.00 | – | never | no |");
    }

    private static Round round(int number, double ours, double peer, int oursWrote) {
        return new Round(
                COLD.name(),
                number,
                measure(COLD, List.of(ours, 1000 * ours / oursWrote), oursWrote),
                measure(COLD, List.of(peer, 1000 * peer / 1024), 1024));
    }

    private static Measure measure(Scenario scenario, List<Double> values, int written) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(scenario.metrics().get(i).name(), values.get(i));
        }
        return new Measure(named, written, 0, List.of(), 0, "");
    }
}
