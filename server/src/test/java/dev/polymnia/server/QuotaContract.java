package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.server.people.Reservation;
import dev.polymnia.server.people.Spender;
import dev.polymnia.testkit.Reply;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What people may spend, and have spent. For each database.
@Timeout(120)
abstract class QuotaContract extends SharedFixture {
    @Test
    void a_quota_of_tokens_holds_and_says_so() throws Exception {
        share((_, _) -> Reply.of(TEN));
        String ben = person("Ben", "member");
        String key = key(ben, "");
        limit(ben, "\"resource\": \"tokens\", \"per\": \"month\", \"limit\": 25");

        for (int run = 0; run < 2; run++) {
            HttpResponse<String> answered = chat(key, "");
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(answered.headers().firstValue("Polymnia-Quota"))
                    .contains("25 tokens per month");
            assertThat(json(answered.body()).at("/polymnia/partial").asBoolean()).isFalse();
        }
        HttpResponse<String> cut = chat(key, "");
        assertThat(cut.statusCode()).isEqualTo(200);
        assertThat(json(cut.body()).at("/usage/completion_tokens").asLong()).isEqualTo(5);
        assertThat(json(cut.body()).at("/choices/0/finish_reason").asString()).isEqualTo("length");
        HttpResponse<String> refused = chat(key, "");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused.body()).at("/error/message").asString())
                .contains("25 tokens per month", "25 are spent and 0 are reserved", "renewed at");
        assertThat(standing(ben).get("spent").asLong()).isEqualTo(25);
        assertThat(standing(ben).get("left").asLong()).isZero();
        // Others are not concerned.
        assertThat(chat(owner(), "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_quota_may_be_a_keys_or_a_modes() throws Exception {
        share((_, _) -> Reply.of(TEN));
        String ben = person("Ben", "member");
        String manages = key(ben, ", \"manages\": true");
        String limited = key(ben, "");
        String id =
                ok("GET", api("/people/" + ben + "/keys"), manages, null)
                        .at("/data/1/id")
                        .asString();
        ok(
                "PUT",
                api("/people/" + ben + "/keys/" + id + "/quotas"),
                manages,
                "{\"quotas\": [{\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 0}]}");
        limit(ben, "\"resource\": \"runs\", \"mode\": \"thinking\", \"limit\": 0");

        assertThat(chat(limited, "").statusCode()).isEqualTo(429);
        assertThat(chat(manages, "").statusCode()).isEqualTo(200);
        assertThat(chat(manages, ", \"polymnia\": {\"mode\": \"thinking\"}").statusCode())
                .isEqualTo(429);
        // Nobody raises their own.
        assertThat(status("PUT", api("/people/" + ben + "/quotas"), manages, "{\"quotas\": []}"))
                .isEqualTo(403);
    }

    @Test
    void a_quota_may_be_a_groups() throws Exception {
        share((_, _) -> Reply.of(TEN));
        String ben = person("Ben", "member");
        String cleo = person("Cleo", "member");
        String bens = key(ben, "");
        String cleos = key(cleo, "");
        String group =
                made(ask(
                                "POST",
                                api("/groups"),
                                owner(),
                                "{\"name\": \"Children\", \"people\": [\"%s\", \"%s\"]}"
                                        .formatted(ben, cleo)))
                        .get("id")
                        .asString();
        String quotas = api("/groups/" + group + "/quotas");
        ok(
                "PUT",
                quotas,
                owner(),
                "{\"quotas\": [{\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 15}]}");

        assertThat(chat(bens, "").statusCode()).isEqualTo(200);
        HttpResponse<String> cut = chat(cleos, "");
        assertThat(json(cut.body()).at("/usage/completion_tokens").asLong()).isEqualTo(5);
        assertThat(chat(bens, "").statusCode()).isEqualTo(429);
        assertThat(ok("GET", quotas, owner(), null).at("/data/0/spent").asLong()).isEqualTo(15);
        ok("PATCH", api("/groups/" + group), owner(), "{\"people\": [\"%s\"]}".formatted(cleo));
        assertThat(chat(bens, "").statusCode()).isEqualTo(200);
        assertThat(chat(cleos, "").statusCode()).isEqualTo(200);
        for (String wrong :
                List.of(
                        "{}",
                        "{\"name\": \"x\", \"people\": [\"none\"]}",
                        "{\"name\": \"CHILDREN\"}")) {
            assertThat(status("POST", api("/groups"), owner(), wrong)).as(wrong).isEqualTo(400);
        }
        ok("DELETE", api("/groups/" + group), owner(), null);

        assertThat(ok("GET", api("/groups"), owner(), null).get("data")).isEmpty();
        assertThat(chat(cleos, "").headers().firstValue("Polymnia-Quota")).isEmpty();
    }

    @Test
    void a_storm_never_passes_a_quota() throws Exception {
        CountDownLatch refused = new CountDownLatch(150);
        share((_, _) -> {
            await(refused);
            return Reply.of(TEN);
        });
        String ben = person("Ben", "member");
        String key = key(ben, "");
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 500");
        List<Callable<Integer>> storm = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            storm.add(() -> {
                int status =
                        chat(key, ", \"polymnia\": {\"budget\": {\"tokens\": 10}}").statusCode();
                if (status == 429) {
                    refused.countDown();
                }
                return status;
            });
        }
        int answered = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> each : clients.invokeAll(storm)) {
                answered += each.get() == 200 ? 1 : 0;
            }
        }

        assertThat(answered).isEqualTo(50);
        assertThat(standing(ben).get("spent").asLong()).isEqualTo(500);
        assertThat(standing(ben).get("reserved").asLong()).isZero();
    }

    @Test
    void a_budget_is_raised_as_far_as_a_quota_allows() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        share(silent(begun));
        String ben = person("Ben", "member");
        String key = key(ben, "");
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 100");
        JsonNode run =
                ok(
                        "POST",
                        v1("/runs"),
                        key,
                        "{\"model\": \"instant\", %s, \"polymnia\": {\"budget\": {\"tokens\": 10}}}"
                                .formatted(ASKED));
        begun.await();
        String url = v1("/runs/" + run.get("id").asString());

        String raise = "{\"tokens\": 60}";
        int raised = status("POST", url + "/budget", key, raise);
        // It speaks a moment before the server has it among those at work.
        while (raised == 409) {
            raised = status("POST", url + "/budget", key, raise);
        }
        assertThat(raised).isEqualTo(202);
        assertThat(standing(ben).get("reserved").asLong()).isEqualTo(60);
        assertThat(status("POST", url + "/budget", key, "{\"tokens\": 101}")).isEqualTo(429);
        assertThat(standing(ben).get("reserved").asLong()).isEqualTo(60);
        ok("POST", url + "/cancel", key, null);
        ask("GET", url + "/events", key, null);

        assertThat(standing(ben).get("reserved").asLong()).isZero();
    }

    @Test
    void what_was_reserved_when_a_server_ended_counts_as_spent() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        share(silent(begun));
        String ben = person("Ben", "member");
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 1000");
        Reservation reservation =
                new Reservation(
                        "run-killed", new Spender(ben, ""), "scripted", Mode.INSTANT, 300, 0);
        requireNonNull(store).spendings().reserve(reservation, 1);
        assertThat(standing(ben).get("reserved").asLong()).isEqualTo(300);

        requireNonNull(store).spendings().chargeLeft();

        assertThat(standing(ben).get("reserved").asLong()).isZero();
        assertThat(standing(ben).get("spent").asLong()).isEqualTo(300);
    }

    @Test
    void usage_is_told_by_what_one_asks_for() throws Exception {
        share((_, _) -> Reply.of(TEN));
        String ben = person("Ben", "member");
        String key = key(ben, "");
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 100000");
        chat(key, "");
        chat(key, ", \"polymnia\": {\"mode\": \"contemplating\", \"agents\": 3}");
        chat(owner(), "");

        JsonNode own = ok("GET", api("/usage?by=mode,person"), key, null).get("data");
        assertThat(own).hasSize(2);
        JsonNode contemplating = own.get(0);
        assertThat(contemplating.get("mode").asString()).isEqualTo("contemplating");
        assertThat(contemplating.get("person").asString()).isEqualTo(ben);
        assertThat(contemplating.get("branches").asLong())
                .isGreaterThanOrEqualTo(20)
                .isEqualTo(contemplating.get("generated").asLong());
        assertThat(own.at("/1/branches").asLong()).isZero();
        assertThat(own.at("/1/runs").asLong()).isEqualTo(1);
        HttpResponse<String> csv = ask("GET", api("/usage?by=day,key&format=csv"), key, null);
        assertThat(csv.body().lines().toList())
                .hasSize(2)
                .first()
                .isEqualTo("day,key,runs,cached,computed,generated,branches,money");
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        for (String wrong :
                List.of(
                        "by=hour",
                        "from=x",
                        "from=2026-02-02&to=2026-02-01",
                        "to=%2B999999999-12-31",
                        "from=x%00",
                        "format=x")) {
            assertThat(status("GET", api("/usage?" + wrong), key, null)).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void wrong_quotas_are_refused_and_change_nothing() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String ben = person("Ben", "member");
        limit(ben, "\"resource\": \"tokens\", \"per\": \"hour\", \"limit\": 7");
        String url = api("/people/" + ben + "/quotas");

        for (String wrong :
                List.of(
                        "\"resource\": \"tokens\", \"limit\": 7",
                        "\"resource\": \"runs\", \"per\": \"day\", \"limit\": 7",
                        "\"resource\": \"words\", \"per\": \"day\", \"limit\": 7",
                        "\"resource\": \"tokens\", \"per\": \"week\", \"limit\": 7",
                        "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": -1",
                        "\"resource\": \"tokens\", \"per\": \"day\"",
                        "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 7, \"x\": 1")) {
            assertThat(status("PUT", url, owner(), "{\"quotas\": [{%s}]}".formatted(wrong)))
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(status("PUT", url, owner(), "{}")).isEqualTo(400);
        assertThat(standing(ben).get("limit").asLong()).isEqualTo(7);
    }
}
