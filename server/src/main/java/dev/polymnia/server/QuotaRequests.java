package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.server.people.Quota;
import dev.polymnia.server.people.Standing;
import dev.polymnia.server.people.Window;
import dev.polymnia.server.store.SpendingStore;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Answers requests about the quotas of people, of their keys and of groups. Thread-safe.
///
/// @param people knows the person that a path names
/// @param keys knows the key
/// @param groups knows the group
record QuotaRequests(PeopleRequests people, KeyRequests keys, GroupRequests groups) {
    private static final int MOST = 20;

    /// Tells a person's quotas and how they stand.
    void ofPerson(Caller caller, ServerRequest request, ServerResponse response) {
        tell(request, response, people.find(request).id());
    }

    /// Replaces a person's quotas.
    void limitPerson(Caller caller, ServerRequest request, ServerResponse response) {
        limit(request, response, people.find(request).id());
    }

    /// Tells a key's quotas and how they stand.
    void ofKey(Caller caller, ServerRequest request, ServerResponse response) {
        tell(request, response, keys.find(request).id());
    }

    /// Replaces a key's quotas.
    void limitKey(Caller caller, ServerRequest request, ServerResponse response) {
        limit(request, response, keys.find(request).id());
    }

    /// Tells a group's quotas and how they stand.
    void ofGroup(Caller caller, ServerRequest request, ServerResponse response) {
        tell(request, response, groups.find(request).id());
    }

    /// Replaces a group's quotas.
    void limitGroup(Caller caller, ServerRequest request, ServerResponse response) {
        limit(request, response, groups.find(request).id());
    }

    private void limit(ServerRequest request, ServerResponse response, String holder) {
        Fields sent = new Fields(Bodies.read(request, people.mostBytes()), "");
        List<Quota> quotas = new ArrayList<>();
        for (Fields quota : sent.objects("quotas")) {
            quotas.add(quota(quota));
        }
        if (sent.any("quotas").isEmpty()) {
            throw ApiError.field("quotas", "'quotas' is missing; send an array, [] for none.");
        }
        sent.ignored(Set.of());
        if (quotas.size() > MOST) {
            throw ApiError.field(
                    "quotas", "%d quotas; send at most %d.".formatted(quotas.size(), MOST));
        }
        Unchanged unchanged = Unchanged.of(request);
        spendings()
                .limit(
                        holder,
                        quotas,
                        before -> unchanged.require("The list of quotas", before.toString()));
        List<Standing> standings = spendings().standings(holder);
        String body = Bodies.list(standings, PeopleJson::put);
        tag(standings, body).tell(response);
        Bodies.send(response, body);
    }

    private static Quota quota(Fields sent) {
        String resource = sent.required("resource");
        Window window =
                sent.text("per")
                        .map(word ->
                                Window.of(word)
                                        .orElseThrow(() ->
                                                unknown(sent, "per", word, "hour, day or month")))
                        .orElse(null);
        Mode mode =
                sent.text("mode")
                        .map(word ->
                                Mode.of(word)
                                        .orElseThrow(() ->
                                                unknown(
                                                        sent,
                                                        "mode",
                                                        word,
                                                        "instant, thinking or contemplating")))
                        .orElse(null);
        long limit =
                sent.whole("limit", 0, Long.MAX_VALUE / 2)
                        .orElseThrow(() ->
                                ApiError.field(
                                        sent.path("limit"), "'limit' is missing; send a number."));
        sent.ignored(Set.of());
        try {
            return new Quota(
                    Quota.Resource.of(resource)
                            .orElseThrow(() ->
                                    unknown(sent, "resource", resource, "tokens, money or runs")),
                    window,
                    mode,
                    limit);
        } catch (Fault fault) {
            throw ApiError.field(sent.path("per"), fault.getMessage());
        }
    }

    private static ApiError unknown(Fields sent, String field, String word, String known) {
        return ApiError.field(
                sent.path(field),
                "There is no '%s' for '%s'; send %s.".formatted(word, sent.path(field), known));
    }

    private void tell(ServerRequest request, ServerResponse response, String holder) {
        List<Standing> standings = spendings().standings(holder);
        String body = Bodies.list(standings, PeopleJson::put);
        tag(standings, body).send(request, response, body);
    }

    private static Tag tag(List<Standing> standings, String body) {
        return Tag.of(standings.stream().map(Standing::quota).toList().toString(), body);
    }

    private SpendingStore spendings() {
        return people.household().store().spendings();
    }
}
