package dev.polymnia.server;

import dev.polymnia.core.model.Usage;
import dev.polymnia.server.people.Use;
import dev.polymnia.server.store.SpendingStore;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers what was spent, by day, model, mode, person and key. An owner sees the use of all,
/// others their own. Thread-safe.
///
/// @param household whose use it is
record UsageRequests(Household household) {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9998;
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;
    private static final List<String> KINDS = List.of("day", "model", "mode", "person", "key");
    private static final List<String> SUMS =
            List.of("runs", "cached", "computed", "generated", "branches", "money");

    /// A group and what was spent in it.
    ///
    /// @param names of the group, one of each kind
    private record Row(List<String> names, long runs, Usage usage, long branches, long money) {
        Row plus(Row other) {
            return new Row(
                    names,
                    runs + other.runs,
                    usage.plus(other.usage),
                    branches + other.branches,
                    money + other.money);
        }

        List<Long> sums() {
            return List.of(
                    runs, usage.cached(), usage.computed(), usage.generated(), branches, money);
        }
    }

    /// Answers with the sums of each group, as JSON or CSV.
    void handle(Caller caller, ServerRequest request, ServerResponse response) {
        List<String> by = kinds(Pages.parameter(request, "by").orElse("day"));
        Collection<Row> rows = rows(caller, request, by);
        switch (Pages.parameter(request, "format").orElse("json")) {
            case "json" -> Bodies.send(response, json(by, rows));
            case "csv" -> {
                response.header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8");
                response.send(csv(by, rows).getBytes(StandardCharsets.UTF_8));
            }
            default -> throw ApiError.field("format", "'format' is unknown; send json or csv.");
        }
    }

    private Collection<Row> rows(Caller caller, ServerRequest request, List<String> by) {
        SpendingStore store = household.store().spendings();
        ZoneId zone = store.zone();
        LocalDate to = date(request, "to", LocalDate.ofInstant(household.now(), zone));
        LocalDate from = date(request, "from", to.minusDays(USUAL_DAYS - 1));
        if (from.isAfter(to) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw ApiError.field(
                    "from",
                    "From %s to %s; send at most %d days, the earlier one first."
                            .formatted(from, to, MOST_DAYS));
        }
        SortedMap<String, Row> groups = new TreeMap<>();
        for (Use use :
                store.uses(
                        caller.isOwner() ? null : caller.sees(),
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant())) {
            List<String> names = by.stream().map(kind -> name(kind, use, zone)).toList();
            groups.merge(
                    String.join("\n", names),
                    new Row(names, use.runs(), use.usage(), use.branches(), use.money()),
                    Row::plus);
        }
        return groups.values();
    }

    private static LocalDate date(ServerRequest request, String name, LocalDate usual) {
        try {
            LocalDate date = Pages.parameter(request, name).map(LocalDate::parse).orElse(usual);
            if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
                return date;
            }
        } catch (DateTimeException e) {
            throw wrongDate(name, usual);
        }
        throw wrongDate(name, usual);
    }

    private static ApiError wrongDate(String name, LocalDate usual) {
        return ApiError.field(name, "'%s' is no date; send one like %s.".formatted(name, usual));
    }

    private static List<String> kinds(String text) {
        List<String> kinds = Arrays.stream(text.split(",")).distinct().toList();
        if (!KINDS.containsAll(kinds)) {
            throw ApiError.field(
                    "by", "'by' is %s; send some of %s.".formatted(text, String.join(",", KINDS)));
        }
        return kinds;
    }

    private static String name(String kind, Use use, ZoneId zone) {
        return switch (kind) {
            case "day" -> LocalDate.ofInstant(use.from(), zone).toString();
            case "model" -> use.model();
            case "mode" -> use.mode().word();
            case "person" -> use.spender().person();
            case "key" -> use.spender().key();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String json(List<String> by, Collection<Row> rows) {
        ObjectNode body = RunJson.object();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        for (Row row : rows) {
            ObjectNode object = data.addObject();
            for (int i = 0; i < by.size(); i++) {
                object.put(by.get(i), row.names().get(i));
            }
            for (int i = 0; i < SUMS.size(); i++) {
                object.put(SUMS.get(i), row.sums().get(i));
            }
        }
        return body.toString();
    }

    /// Returns lines as RFC 4180 has them. No name has a comma or a quotation mark in it but that
    /// of a model from elsewhere.
    private static String csv(List<String> by, Collection<Row> rows) {
        StringBuilder lines = new StringBuilder();
        lines.append(line(Stream.concat(by.stream(), SUMS.stream())));
        for (Row row : rows) {
            lines.append(
                    line(
                            Stream.concat(
                                    row.names().stream(),
                                    row.sums().stream().map(String::valueOf))));
        }
        return lines.toString();
    }

    private static String line(Stream<String> fields) {
        return fields.map(field ->
                        field.matches("[\\w.:-]*")
                                ? field
                                : '"' + field.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
