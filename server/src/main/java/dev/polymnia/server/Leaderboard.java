package dev.polymnia.server;

import dev.polymnia.server.people.Person;
import dev.polymnia.server.store.LeaderboardStore;
import dev.polymnia.server.store.LeaderboardStore.Entry;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who generated how many tokens: of those who want that to be seen, if the owners want that there
/// is such a list. Thread-safe.
///
/// @param people knows the person that a path names
record Leaderboard(PeopleRequests people) {
    private static final int MOST = 100;

    /// The time that counts.
    enum Span {
        /// From midnight.
        DAY,
        /// From Monday (ISO 8601).
        WEEK,
        /// From the first.
        MONTH;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Returns when the one began in which a moment lies.
        Instant start(Instant moment, ZoneId zone) {
            LocalDate day = LocalDate.ofInstant(moment, zone);
            LocalDate first =
                    switch (this) {
                        case DAY -> day;
                        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                        case MONTH -> day.withDayOfMonth(1);
                    };
            return first.atStartOfDay(zone).toInstant();
        }
    }

    private LeaderboardStore store() {
        return people.household().store().leaderboard();
    }

    /// Tells who generated how many.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        Span span = span(Pages.parameter(request, "per").orElse(Span.WEEK.word()));
        Instant from =
                span.start(people.household().now(), people.household().store().spendings().zone());
        List<Entry> entries = store().since(from, MOST);
        Person self = caller.person();
        ObjectNode body = RunJson.object();
        body.put("object", "leaderboard");
        body.put("on", store().isOn());
        body.put("joined", self != null && store().has(self.id()));
        body.put("per", span.word());
        body.put("from", from.getEpochSecond());
        ArrayNode data = body.putArray("data");
        int rank = 0;
        for (int place = 0; place < entries.size(); place++) {
            Entry entry = entries.get(place);
            if (place == 0 || entry.generated() < entries.get(place - 1).generated()) {
                rank = place + 1;
            }
            // No ids: members know none of others.
            data.addObject()
                    .put("rank", rank)
                    .put("name", entry.name())
                    .put("self", self != null && self.id().equals(entry.person()))
                    .put("generated", entry.generated());
        }
        String told = body.toString();
        Tag.of(told).send(request, response, told);
    }

    private static Span span(String word) {
        return Arrays.stream(Span.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        ApiError.field(
                                "per",
                                "There is no leaderboard per '%s'; send day, week or month."
                                        .formatted(word)));
    }

    /// Switches it on or off for all.
    void turn(Caller caller, ServerRequest request, ServerResponse response) {
        boolean on = people.on(request);
        store().turn(on);
        Bodies.send(response, RunJson.object().put("on", on).toString());
    }

    /// Lets a person be seen in it, or not any more.
    void join(Caller caller, ServerRequest request, ServerResponse response) {
        Person person = people.find(request);
        boolean on = people.on(request);
        store().put(person.id(), on);
        Bodies.send(response, RunJson.object().put("on", on).toString());
    }
}
