package dev.polymnia.remote;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prices;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an endpoint is and how long it is waited for.
///
/// @param base what `/chat/completions` is appended to, for example `http://localhost:8080/v1`
/// @param key what the endpoint wants to know its users by; null for none. Shown nowhere: neither
///   in a message nor by [#toString]
/// @param model the endpoint's name of the model; empty for the only one it has
/// @param connectTimeout for a connection
/// @param firstTokenTimeout for the first words, once asked; reading a long prompt takes its time
/// @param silenceTimeout for whatever comes next, once words have come
/// @param retries how many more times a call is tried that failed before there were words
/// @param calls how many calls may be in flight at once, at least 1; more wait
/// @param prices what tokens cost, by the endpoint's names of its models; those of other models
///   count as free
public record RemoteOptions(
        URI base,
        @Nullable String key,
        String model,
        Duration connectTimeout,
        Duration firstTokenTimeout,
        Duration silenceTimeout,
        int retries,
        int calls,
        Map<String, Prices> prices) {
    /// How many calls may be in flight at once unless something else is said: as many as a team has
    /// agents at the most.
    public static final int USUAL_CALLS = 64;

    private static final int USUAL_RETRIES = 2;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_TOKEN = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final Pattern VERSION = Pattern.compile("(^|/)v\\d[^/]*(/|$)");
    private static final Pattern KEY = Pattern.compile("[!-~]+");

    /// Checks the parts.
    ///
    /// @throws Fault with `INVALID` if the key cannot be sent in a header
    public RemoteOptions {
        requireNonNull(base, "base is null");
        requireNonNull(model, "model is null");
        requireNonNull(connectTimeout, "connectTimeout is null");
        requireNonNull(firstTokenTimeout, "firstTokenTimeout is null");
        requireNonNull(silenceTimeout, "silenceTimeout is null");
        if (key != null && !KEY.matcher(key).matches()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The key of the endpoint is empty or holds a blank, a line end or a letter"
                            + " outside of ASCII; copy it once more. (It is not shown.)");
        }
        prices = Map.copyOf(prices);
        if (retries < 0) {
            throw new IllegalArgumentException(retries + " retries; choose 0 or more");
        }
        if (calls < 1) {
            throw new IllegalArgumentException(calls + " calls at once; choose 1 or more");
        }
    }

    /// Returns the options of an endpoint without a key, for its only model.
    ///
    /// @param url with or without `/v1` at its end; a path that names another version (`/v1beta/…`)
    ///   is taken as it is
    /// @throws Fault with `INVALID` if it is not an address of a web server, or holds a name, a
    ///   password, a query or a fragment
    public static RemoteOptions of(String url) {
        return new RemoteOptions(
                base(url),
                null,
                "",
                CONNECT,
                FIRST_TOKEN,
                SILENCE,
                USUAL_RETRIES,
                USUAL_CALLS,
                Map.of());
    }

    /// Returns these options with another key.
    ///
    /// @throws Fault with `INVALID` if it cannot be sent in a header
    public RemoteOptions withKey(String value) {
        return new RemoteOptions(
                base,
                value,
                model,
                connectTimeout,
                firstTokenTimeout,
                silenceTimeout,
                retries,
                calls,
                prices);
    }

    /// Returns these options with another model.
    public RemoteOptions withModel(String value) {
        return new RemoteOptions(
                base,
                key,
                value,
                connectTimeout,
                firstTokenTimeout,
                silenceTimeout,
                retries,
                calls,
                prices);
    }

    /// Returns these options with other limits of time.
    ///
    /// @param connect for a connection
    /// @param firstToken for the first words
    /// @param silence for whatever comes next
    public RemoteOptions withTimeouts(Duration connect, Duration firstToken, Duration silence) {
        return new RemoteOptions(
                base, key, model, connect, firstToken, silence, retries, calls, prices);
    }

    /// Returns these options with another number of retries.
    public RemoteOptions withRetries(int value) {
        return new RemoteOptions(
                base,
                key,
                model,
                connectTimeout,
                firstTokenTimeout,
                silenceTimeout,
                value,
                calls,
                prices);
    }

    /// Returns these options with another number of calls at once.
    public RemoteOptions withCalls(int value) {
        return new RemoteOptions(
                base,
                key,
                model,
                connectTimeout,
                firstTokenTimeout,
                silenceTimeout,
                retries,
                value,
                prices);
    }

    /// Returns these options with other prices.
    ///
    /// @param value by the endpoint's names of its models
    public RemoteOptions withPrices(Map<String, Prices> value) {
        return new RemoteOptions(
                base,
                key,
                model,
                connectTimeout,
                firstTokenTimeout,
                silenceTimeout,
                retries,
                calls,
                value);
    }

    /// Returns the parts without the key.
    @Override
    public String toString() {
        return "RemoteOptions[%s, %s, model '%s', connect %s, first token %s, silence %s, retries %d, calls %d, prices %s]"
                .formatted(
                        base,
                        key == null ? "no key" : "with a key",
                        model,
                        connectTimeout,
                        firstTokenTimeout,
                        silenceTimeout,
                        retries,
                        calls,
                        prices);
    }

    /// Returns a text without the key, should it hold it: an endpoint may say again what it was
    /// shown.
    public String withoutKey(String text) {
        return key == null ? text : text.replace(key, "***");
    }

    private static URI base(String url) {
        URI uri = parsed(url.strip());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (uri.getRawUserInfo() != null
                || (web && uri.getRawAuthority() == null)
                || String.valueOf(uri.getRawAuthority()).contains("@")) {
            throw invalid(
                    "holds a name or a password, or no host (not shown); write it without, and give"
                            + " the key as the key");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("holds a query or a fragment (not shown); write it without ? and #");
        }
        if (!web || uri.getHost() == null) {
            throw invalid("is no web address: '" + url + "'; write one like http://localhost:8080");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String versioned = VERSION.matcher(path).find() ? path : path + "/v1";
        return URI.create(scheme + "://" + uri.getRawAuthority() + versioned);
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // The exception quotes the address, which may hold a password.
            throw invalid(
                    "cannot be read at its character "
                            + (e.getIndex() + 1)
                            + "; write one like http://localhost:8080");
        }
    }

    private static Fault invalid(String what) {
        return new Fault(Fault.Code.INVALID, "The address of the endpoint " + what + ".");
    }
}
