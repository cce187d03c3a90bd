package dev.polymnia.remote;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;

/// Says what went wrong with an endpoint, in one message: what, with which value, what to do. What
/// comes from the endpoint is shortened, freed from control characters and from the key. Immutable.
final class Faults {
    private static final int SHOWN = 300;

    /// The page has a field for it.
    private static final String BY_MODEL = " (on the command line with --model)";

    private final RemoteOptions options;
    private final String where;

    /// @param proxy the proxy that is used, for people
    Faults(RemoteOptions options, Optional<String> proxy) {
        this.options = options;
        where = options.base() + proxy.map(each -> " through the proxy " + each).orElse("");
    }

    /// Returns the fault for what the library or the network threw.
    ///
    /// @param model the model that was asked; empty if none was
    /// @param models those that the endpoint has, if it told
    Fault of(Throwable thrown, String model, List<String> models) {
        return switch (thrown) {
            case Fault fault -> fault;
            case CancellationException e -> cancelled(e);
            case SseException e -> inStream(e);
            case OpenAIServiceException e -> refused(e, model, models);
            case OpenAIInvalidDataException _ -> notJson("data that is no JSON");
            case JsonProcessingException _ -> notJson("data that is no JSON");
            case IOException e -> broken(e);
            default ->
                    thrown.getCause() == null
                            ? fault(Fault.Code.INTERNAL, "failed with " + thrown, thrown)
                            : of(thrown.getCause(), model, models);
        };
    }

    Fault notAnEndpoint(String type, String expected) {
        return fault(
                Fault.Code.CORRUPT,
                "answers with %s instead of %s; check the address, it is not that of an OpenAI-compatible API"
                        .formatted(
                                shown(type),
                                expected.equals("json") ? "JSON" : "a stream of events"));
    }

    Fault silent(Duration limit, boolean beforeWords) {
        return fault(
                Fault.Code.UNAVAILABLE,
                beforeWords
                        ? "has not said a word in %s; it may be loading a model or be overloaded, ask again later"
                                .formatted(seconds(limit))
                        : "fell silent in the middle of an answer for %s; ask again"
                                .formatted(seconds(limit)));
    }

    Fault brokenOff() {
        return fault(
                Fault.Code.UNAVAILABLE,
                "ended its stream in the middle of an answer; look at its log, and ask again");
    }

    Fault withheld(String reason) {
        return fault(
                Fault.Code.UNAVAILABLE,
                "withheld the rest of the answer (" + shown(reason) + "); ask in other words");
    }

    /// Returns the fault for what was demanded of an endpoint that does not have it.
    ///
    /// @param refusal what it said; empty if it was asked before
    Fault lacking(Feature feature, Optional<Refusal> refusal) {
        return fault(
                Fault.Code.UNSUPPORTED,
                "does not take %s%s; ask without it, or ask another endpoint"
                        .formatted(
                                feature.demand(),
                                refusal.map(each -> " (" + shown(each.words()) + ")").orElse("")));
    }

    /// Returns the fault for an answer that is not what an endpoint was told to give.
    Fault unheeded(String what) {
        return fault(
                Fault.Code.UNSUPPORTED,
                what + "; it or its model does not heed that: ask without it, or ask another one");
    }

    Fault unknownModel(String model, List<String> models) {
        return new Fault(
                Fault.Code.NOT_FOUND,
                "The endpoint %s has no model '%s'; choose one%s: %s."
                        .formatted(where, shown(model), BY_MODEL, listed(models)));
    }

    Fault severalModels(List<String> models) {
        return new Fault(
                Fault.Code.INVALID,
                "The endpoint %s has %d models; choose one%s: %s."
                        .formatted(where, models.size(), BY_MODEL, listed(models)));
    }

    Fault noModels() {
        return fault(
                Fault.Code.NOT_FOUND,
                "has no list of models at "
                        + options.base()
                        + "/models; check the address, or name a model"
                        + BY_MODEL);
    }

    private Fault refused(OpenAIServiceException e, String model, List<String> models) {
        Refusal refusal = Refusal.of(e);
        int status = refusal.status();
        String said = refusal.words().isEmpty() ? "" : ": " + shown(refusal.words());
        return switch (status) {
            case 401, 403 -> refusedKey(status, said);
            case 404, 405 -> nothingThere(status, said, model, models);
            case 407 ->
                    fault(
                            Fault.Code.UNAVAILABLE,
                            "is not reached: the proxy wants a name and a password (HTTP 407);"
                                + " write them into its variable, http://name:password@host:port");
            case 429 ->
                    fault(
                            Fault.Code.OVERLOADED,
                            "takes no more requests now (HTTP 429"
                                    + said
                                    + "); wait, or look at the limits and the credit of the"
                                    + " account");
            default -> {
                if (status >= 500) {
                    yield fault(
                            Fault.Code.UNAVAILABLE,
                            "failed (HTTP "
                                    + status
                                    + said
                                    + "); look at its log, and ask again"
                                    + " later");
                }
                if (status >= 300 && status < 400) {
                    yield sentOn(status, e);
                }
                yield refusal.isContextFull()
                        ? contextFull(status, said)
                        : fault(
                                Fault.Code.INVALID,
                                "refuses the request (HTTP " + status + said + ")");
            }
        };
    }

    private Fault nothingThere(int status, String said, String model, List<String> models) {
        return fault(
                Fault.Code.NOT_FOUND,
                (model.isEmpty() ? "" : "knows no model '" + shown(model) + "' or ")
                        + "has nothing at this address (HTTP "
                        + status
                        + said
                        + "); check the address and the model"
                        + (models.isEmpty() ? "" : "; it has " + listed(models)));
    }

    private Fault sentOn(int status, OpenAIServiceException e) {
        String to = e.headers().values("location").stream().findFirst().orElse("elsewhere");
        return fault(
                Fault.Code.INVALID,
                "sends us on to "
                        + shown(to)
                        + " (HTTP "
                        + status
                        + "), which is not followed; give that address if you trust it");
    }

    private Fault refusedKey(int status, String said) {
        return fault(
                Fault.Code.INVALID,
                options.key() == null
                        ? "wants a key (HTTP "
                                + status
                                + said
                                + "); give it one (on the command line by POLYMNIA_KEY or --key)"
                        : "refuses the key (HTTP "
                                + status
                                + said
                                + "); check that it is complete and may use this model");
    }

    private Fault contextFull(int status, String said) {
        return fault(
                Fault.Code.CONTEXT_FULL,
                "cannot hold the conversation (HTTP "
                        + status
                        + said
                        + "); shorten it, or give the server a larger context");
    }

    private Fault inStream(SseException e) {
        Refusal refusal = Refusal.of(e);
        String said = shown(refusal.words());
        if (refusal.isContextFull()) {
            return contextFull(e.statusCode(), ": " + said);
        }
        return refusal.isOfRequestInStream()
                ? fault(Fault.Code.INVALID, "refuses the request (" + said + ")")
                : fault(
                        Fault.Code.UNAVAILABLE,
                        "failed in the middle of an answer: " + said + "; ask again");
    }

    private Fault notJson(String what) {
        // The library's exception quotes the data.
        return fault(
                Fault.Code.CORRUPT,
                "sent "
                        + what
                        + "; check the address, and that its version speaks Chat Completions");
    }

    private Fault broken(IOException e) {
        return switch (e) {
            case Guard.EndlessException endless ->
                    fault(
                            Fault.Code.CORRUPT,
                            "sent "
                                    + endless.getMessage()
                                    + ", which no answer has; it was cut off");
            case SSLException _ ->
                    fault(
                            Fault.Code.UNAVAILABLE,
                            "cannot be trusted: %s; check the address, the endpoint's certificate and the clock of this machine"
                                    .formatted(shown(String.valueOf(e.getMessage()))),
                            e);
            case UnknownHostException _ ->
                    fault(
                            Fault.Code.UNAVAILABLE,
                            "is not known by its name; check the address and the network",
                            e);
            case ConnectException _ ->
                    fault(
                            Fault.Code.UNAVAILABLE,
                            "takes no connection (%s); start it, or check host and port"
                                    .formatted(shown(String.valueOf(e.getMessage()))),
                            e);
            case SocketTimeoutException _ -> tooSlow(e);
            case InterruptedIOException _ -> tooSlow(e);
            default ->
                    fault(
                            Fault.Code.UNAVAILABLE,
                            "broke the connection (%s); look at its log, and ask again"
                                    .formatted(shown(String.valueOf(e.getMessage()))),
                            e);
        };
    }

    private Fault tooSlow(IOException e) {
        return fault(
                Fault.Code.UNAVAILABLE,
                "cannot be reached: no answer in time (%s); check host, port, firewall and proxy"
                        .formatted(shown(String.valueOf(e.getMessage()))),
                e);
    }

    private static Fault cancelled(CancellationException e) {
        return new Fault(Fault.Code.CANCELLED, "The call was cancelled.", e);
    }

    private Fault fault(Fault.Code code, String what) {
        return new Fault(code, "The endpoint " + where + " " + what + ".");
    }

    private Fault fault(Fault.Code code, String what, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (!options.withoutKey(message).equals(message)) {
                return fault(code, options.withoutKey(what));
            }
        }
        return new Fault(code, "The endpoint " + where + " " + what + ".", cause);
    }

    private String shown(String text) {
        String clean = options.withoutKey(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }

    private String listed(List<String> models) {
        String some = models.stream().limit(20).map(this::shown).collect(joining(", "));
        return models.size() > 20 ? some + " and " + (models.size() - 20) + " more" : some;
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() < 1000
                ? limit.toMillis() + " ms"
                : String.format(Locale.ROOT, "%d s", limit.toSeconds());
    }
}
