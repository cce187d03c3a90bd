package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SummaryTest {
    private static Ledger ledger(long money) {
        return new Ledger(
                List.of(
                        new Ledger.Entry(0, new Usage(12, 1, 21), money),
                        new Ledger.Entry(1, new Usage(0, 0, 1302), 0)),
                List.of(),
                Duration.ofMillis(4321));
    }

    @Test
    void what_is_free_has_no_cost() {
        assertThat(Summary.ledger(ledger(0)))
                .containsExactly(
                        "ledger   prompt cached prompt read    written",
                        "agent 1             12           1         21",
                        "agent 2              0           0       1302",
                        "total               12           1       1323   tokens, 4.3 s");
        assertThat(Summary.brief(Optional.empty(), ledger(0))).isEqualTo("4.3 s · 1,323 tokens");
    }

    @Test
    void what_costs_something_says_so() {
        assertThat(Summary.ledger(ledger(12_300)))
                .containsExactly(
                        "ledger   prompt cached prompt read    written       cost",
                        "agent 1             12           1         21     0.0123",
                        "agent 2              0           0       1302          0",
                        "total               12           1       1323     0.0123   4.3 s");
        assertThat(Summary.brief(Optional.empty(), ledger(12_300)))
                .isEqualTo("4.3 s · 1,323 tokens · 0.0123 in money");
    }
}
