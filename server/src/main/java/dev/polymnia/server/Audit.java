package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.AuditStore;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes down what is done that concerns who may do what: every request for a [Route] of people
/// that changes something (but their conversations), whether or not it is let in, each key on each
/// day that it is used, and every run that is asked elsewhere. Never what is said. Thread-safe.
final class Audit {
    static final String OPERATOR = "operator";
    private static final String NOBODY = "nobody";

    /// The one GET that changes something: a browser comes back with it.
    private static final String CALLBACK = OpenIdRequests.CALLBACK;

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final AuditStore store;

    Audit(AuditStore store) {
        this.store = store;
    }

    /// Has a request written down when it is answered, just before its client hears of that.
    void watch(Route route, ServerRequest request, ServerResponse response) {
        if (!concerns(route)) {
            return;
        }
        // Before it is answered: a person may be gone then.
        String object =
                PARAMETER
                        .matcher(route.path())
                        .results()
                        .map(parameter -> parameter.group(1))
                        .map(name -> object(name, request.path().pathParameters().get(name)))
                        .collect(Collectors.joining(" "));
        RequestTrace trace = RequestTrace.current();
        response.beforeSend(() -> {
            String named = trace.actor().isEmpty() ? NOBODY : trace.actor();
            write(
                    named,
                    route.method().text() + " " + route.path(),
                    object,
                    response.status().code());
        });
    }

    private static boolean concerns(Route route) {
        return route.path().startsWith("/api/")
                && route.access() != Route.Access.OWN
                && (!route.method().equals(Method.GET) || route.path().equals(CALLBACK));
    }

    private String object(String name, String value) {
        return name.equals("person") ? store.pseudonym(value).orElse("nobody") : cut(value);
    }

    /// Ids are shorter; what else a path has is not kept in full.
    private static String cut(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }

    /// The request is this caller's.
    void is(Route route, Caller caller) {
        if (!concerns(route)) {
            return;
        }
        Person person = caller.person();
        RequestTrace.current()
                .acts(person == null ? OPERATOR : store.pseudonym(person.id()).orElse(NOBODY));
    }

    /// Somebody signed in with the request.
    void is(Person person) {
        RequestTrace.current().acts(store.pseudonym(person.id()).orElse(NOBODY));
    }

    private void write(String actor, String act, String object, int status) {
        try {
            store.add(actor, act, object, status);
        } catch (Fault fault) {
            // It is done already; its client is told of that.
            warn(act, fault);
        }
    }

    /// A key was used for the first time on a day.
    void used(Person person, String key) {
        note(person.id(), "key used", key);
    }

    /// A run is asked elsewhere.
    ///
    /// @param hosts where
    void outbound(Spender spender, String run, Set<String> hosts) {
        note(spender.person(), "outbound", run + " " + String.join(" ", hosts));
    }

    private void note(String person, String act, String object) {
        String actor = person.isEmpty() ? OPERATOR : store.pseudonym(person).orElse(NOBODY);
        if (!store.note(actor, act, object)) {
            warn(act, null);
        }
    }

    private static void warn(String act, @Nullable Throwable cause) {
        System.getLogger("polymnia")
                .log(
                        System.Logger.Level.WARNING,
                        "'%s' is missing in the audit log, as the database could not be written"
                                .formatted(act),
                        cause);
    }
}
