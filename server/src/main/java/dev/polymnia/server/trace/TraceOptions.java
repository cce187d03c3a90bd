package dev.polymnia.server.trace;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Where traces are sent.
///
/// @param endpoint takes OTLP over HTTP
/// @param headers sent along, by their names; their values are secrets
/// @param percent of the runs whose requests say nothing of a trace are told about, 0 to 100
/// @param delay how long what is told may wait for more to be sent with it, above zero
public record TraceOptions(URI endpoint, Map<String, String> headers, int percent, Duration delay) {
    /// The delay if nothing else is said.
    public static final Duration USUAL_DELAY = Duration.ofSeconds(2);

    private static final String PATH = "/v1/traces";
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /// What the connection itself needs, or the message.
    private static final Set<String> TAKEN =
            Set.of(
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "transfer-encoding",
                    "upgrade");

    /// Copies and checks the parts.
    ///
    /// @throws Fault `INVALID` if the endpoint is no address for HTTP, a header cannot be sent, or
    ///   the number or the delay is not possible
    public TraceOptions {
        requireNonNull(endpoint, "endpoint is null");
        headers = Map.copyOf(headers);
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme();
        if (!List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
                || endpoint.getHost() == null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The endpoint for traces, '%s', is no address; it should be like http://localhost:4318/v1/traces."
                            .formatted(place(endpoint)));
        }
        if (endpoint.getRawUserInfo() != null || endpoint.getRawFragment() != null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The endpoint for traces, %s, has a user or a fragment; leave it out, and put what lets you in into the file of headers."
                            .formatted(place(endpoint)));
        }
        headers.forEach(TraceOptions::check);
        if (percent < 0 || percent > 100) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%d percent of the runs cannot be told about; choose 0 to 100."
                            .formatted(percent));
        }
        if (!delay.isPositive()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Traces cannot wait for %s; choose a time above zero.".formatted(delay));
        }
    }

    /// Reads options, with [#USUAL_DELAY].
    ///
    /// @param endpoint without a path it gets `/v1/traces`
    /// @param lines of the headers, each a name, a colon and a value; empty ones and those that
    ///   begin with `#` say nothing
    /// @throws Fault `INVALID` if something is not right
    public static TraceOptions of(String endpoint, List<String> lines, int percent) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int number = 0;
        for (String line : lines) {
            number++;
            String words = line.strip();
            if (words.isEmpty() || words.startsWith("#")) {
                continue;
            }
            int colon = words.indexOf(':');
            String name = colon < 0 ? "" : words.substring(0, colon).strip();
            if (name.isEmpty() || headers.put(name, words.substring(colon + 1).strip()) != null) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "Line %d of the headers for traces is no header of its own; write each once, as 'name: value'."
                                .formatted(number));
            }
        }
        return new TraceOptions(address(endpoint), headers, percent, USUAL_DELAY);
    }

    /// Returns a copy with another delay.
    public TraceOptions withDelay(Duration value) {
        return new TraceOptions(endpoint, headers, percent, value);
    }

    private static URI address(String endpoint) {
        try {
            URI address = new URI(endpoint.strip());
            String path = address.getRawPath();
            boolean whole = path == null || path.length() > 1 || address.getRawAuthority() == null;
            return whole ? address : withPath(address);
        } catch (URISyntaxException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The endpoint for traces is no address: %s at character %d; it should be like http://localhost:4318/v1/traces."
                            .formatted(e.getReason(), e.getIndex() + 1),
                    e);
        }
    }

    private static URI withPath(URI address) throws URISyntaxException {
        return new URI(
                address.getScheme()
                        + "://"
                        + address.getRawAuthority()
                        + PATH
                        + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
                        + (address.getRawFragment() == null ? "" : "#" + address.getRawFragment()));
    }

    private static void check(String name, String value) {
        boolean fits =
                NAME.matcher(name).matches() && value.chars().allMatch(c -> c >= ' ' && c < 127);
        if (!fits || value.isEmpty() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The header '%s' cannot be sent with traces: its name is none or taken, or its value is empty or not plain; leave it out, or repair it."
                            .formatted(name));
        }
    }

    /// Returns where it is, for people: without what may be secret.
    String place() {
        return place(endpoint);
    }

    private static String place(URI endpoint) {
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        return endpoint.getHost() == null
                ? endpoint.getScheme() + ":…"
                : "%s://%s%s%s"
                        .formatted(
                                endpoint.getScheme(),
                                endpoint.getHost(),
                                port,
                                endpoint.getRawPath());
    }

    /// Never shows the values of headers.
    @Override
    public String toString() {
        return "TraceOptions[endpoint=%s, headers=%s, percent=%d, delay=%s]"
                .formatted(place(), headers.keySet(), percent, delay);
    }
}
