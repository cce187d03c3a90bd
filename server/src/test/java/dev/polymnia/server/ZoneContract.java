package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.people.Spending;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Reply;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Days that begin where the owner lives, and not where the machine is. For each database.
@Timeout(120)
abstract class ZoneContract extends SharedFixture {
    private ZoneId zone = ZoneId.of("UTC");

    abstract Store open(ZoneId chosen);

    @Override
    Store openStore() {
        return open(zone);
    }

    private String personIn(ZoneId chosen) throws Exception {
        zone = chosen;
        share((_, _) -> Reply.of(TEN));
        return person("Ben", "member");
    }

    private void spend(String person, Instant moment, long tokens) {
        requireNonNull(store)
                .spendings()
                .settle(
                        new Spending(
                                "run-" + moment,
                                new Spender(person, ""),
                                "scripted",
                                Mode.INSTANT,
                                moment,
                                new Usage(0, 1, tokens),
                                0,
                                0));
    }

    @ParameterizedTest
    @CsvSource({
        // A day of 23 hours, one of 25, and the end of a month and of a year.
        "Europe/Berlin, 2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T21:59:59Z",
        "Europe/Berlin, 2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T22:59:59Z",
        "Europe/Berlin, 2026-10-31, 2026-10-30T23:00:00Z, 2026-10-31T22:59:59Z",
        "America/New_York, 2026-12-31, 2026-12-31T05:00:00Z, 2027-01-01T04:59:59Z",
        // Days that begin in the midst of an hour: usage is summed over quarters of one.
        "Asia/Kolkata, 2028-02-29, 2028-02-28T18:30:00Z, 2028-02-29T18:29:59Z",
        "Asia/Kathmandu, 2026-06-30, 2026-06-29T18:15:00Z, 2026-06-30T18:14:59Z"
    })
    void usage_is_told_by_the_days_of_the_zone(
            ZoneId chosen, String day, Instant first, Instant last) throws Exception {
        String ben = personIn(chosen);
        spend(ben, first.minusSeconds(1), 1000);
        spend(ben, first, 1);
        spend(ben, last, 2);
        spend(ben, last.plusSeconds(1), 1000);

        JsonNode only =
                ok("GET", api("/usage?by=day&from=%s&to=%s".formatted(day, day)), owner(), null);

        assertThat(only.get("data")).hasSize(1);
        assertThat(only.at("/data/0/day").asString()).isEqualTo(day);
        assertThat(only.at("/data/0/generated").asLong()).isEqualTo(3);
        JsonNode all = ok("GET", api("/usage?by=day&from=2026-03-01&to=2026-12-31"), owner(), null);
        if (day.startsWith("2026-0")) {
            assertThat(all.get("data")).hasSize(3);
            assertThat(all.at("/data/1/day").asString()).isEqualTo(day);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata, 19800", // five hours and a half east
        "Asia/Kathmandu, 20700",
        "America/Phoenix, -25200",
        "UTC, 0"
    })
    void quotas_are_renewed_by_the_clock_of_the_zone(ZoneId chosen, long east) throws Exception {
        String ben = personIn(chosen);

        limit(ben, "\"resource\": \"tokens\", \"per\": \"hour\", \"limit\": 100");
        assertThat((standing(ben).get("renewed").asLong() + east) % 3600).isZero();
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 100");
        assertThat((standing(ben).get("renewed").asLong() + east) % 86_400).isZero();
        limit(ben, "\"resource\": \"tokens\", \"per\": \"month\", \"limit\": 100");
        Instant month = Instant.ofEpochSecond(standing(ben).get("renewed").asLong());
        assertThat(month.atZone(chosen).getDayOfMonth()).isEqualTo(1);
        assertThat((month.getEpochSecond() + east) % 86_400).isZero();
    }
}
