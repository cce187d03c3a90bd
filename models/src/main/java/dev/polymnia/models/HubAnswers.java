package dev.polymnia.models;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// What the answers of a hub, and its silence, mean.
final class HubAnswers {
    static final String PORTAL =
            "if this network has a login page, open a browser and log in first";

    /// A server that wants a longer wait is left alone.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Pattern RANGE =
            Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private HubAnswers() {}

    /// Returns where in the file the body of an answer begins.
    ///
    /// @param from where it was asked to begin
    /// @throws Unobtainable if it is not the file, or not from there
    static long begin(HubClient.Answer answer, Transfer transfer, long from) throws Unobtainable {
        int status = answer.status();
        HttpHeaders head = answer.head();
        if (status != 200 && status != 206) {
            throw refusal(status, head, transfer.entry());
        }
        requireFile(head);
        long begin = status == 206 ? range(head, transfer.entry(), from) : 0;
        OptionalLong length = head.firstValueAsLong("Content-Length");
        long expected = transfer.entry().bytes() - begin;
        if (length.isPresent() && length.getAsLong() != expected) {
            throw Unobtainable.corrupt(
                    "it offers " + length.getAsLong() + " bytes instead of " + expected);
        }
        return begin;
    }

    /// A connection that did not come about, or a server that says nothing.
    ///
    /// @param moved whether it was fine before
    static Unobtainable unreached(IOException failure, Hub hub, URI address, boolean moved) {
        String way = hub.proxies().words(address);
        String reason = reason(failure) + way;
        boolean connected =
                failure instanceof HttpTimeoutException
                        && !(failure instanceof HttpConnectTimeoutException);
        return moved || connected
                ? Unobtainable.passing(reason, Duration.ZERO)
                : Unobtainable.unavailable(
                        reason,
                        way.isEmpty()
                                ? "check the network; behind a proxy, set HTTPS_PROXY"
                                : "check the proxy, which HTTPS_PROXY or https.proxyHost names");
    }

    /// A connection that broke.
    static Unobtainable broken(IOException failure, Hub hub, URI address) {
        String way = hub.proxies().words(address);
        if (has(failure, CertificateExpiredException.class)
                || has(failure, CertificateNotYetValidException.class)) {
            return Unobtainable.unavailable(
                    "its certificate is not valid on "
                            + LocalDate.now(ZoneId.systemDefault())
                            + way,
                    "if that is not today's date, set this machine's clock right");
        }
        if (failure instanceof SSLException) {
            return Unobtainable.unavailable(
                    "no trusted connection" + way + " (" + failure.getMessage() + ")",
                    "if this network has a certificate of its own, add it to Java's with keytool");
        }
        // That is how the JDK says that a proxy refused a tunnel for want of a password.
        if (String.valueOf(failure.getMessage()).contains("authentication")) {
            return password(way);
        }
        return Unobtainable.passing(
                "the connection" + way + " broke (" + failure.getMessage() + ")", Duration.ZERO);
    }

    private static String reason(IOException failure) {
        if (has(failure, UnresolvedAddressException.class)
                || has(failure, UnknownHostException.class)) {
            return "its name cannot be found";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        return failure instanceof HttpTimeoutException ? "it went silent" : "no connection";
    }

    private static Unobtainable password(String way) {
        return Unobtainable.unavailable(
                "a password is wanted" + (way.isEmpty() ? " by the proxy" : way),
                "put it into the setting: HTTPS_PROXY=http://user:password@host:port");
    }

    private static Unobtainable refusal(int status, HttpHeaders head, CatalogueEntry entry) {
        return switch (status) {
            case 401, 403 ->
                    Unobtainable.unavailable(
                            "it does not give out the file (" + status + ")",
                            "accept the model's terms on its page and set HF_TOKEN, or see that"
                                    + " the token in HF_TOKEN is right");
            case 404, 410 ->
                    Unobtainable.unavailable("it does not have the file (" + status + ")", "");
            case 407 -> password("");
            case 416 -> Unobtainable.corrupt("its file has fewer than " + entry.bytes() + " bytes");
            case 408, 425, 429, 500, 502, 503, 504 -> busy(status, head);
            default -> Unobtainable.unavailable("it answered with the status " + status, "");
        };
    }

    private static Unobtainable busy(int status, HttpHeaders head) {
        String reason =
                status == 429 ? "too many requests (429)" : "it is in trouble (" + status + ")";
        Duration wait = head.firstValue("Retry-After").map(HubAnswers::wait).orElse(Duration.ZERO);
        return wait.compareTo(LONGEST_WAIT) > 0
                ? Unobtainable.unavailable(
                        reason + ", and asks to wait for " + wait.toMinutes() + " minutes",
                        "try again then")
                : Unobtainable.passing(reason, wait);
    }

    /// `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3).
    private static Duration wait(String text) {
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(ZonedDateTime.now(until.getZone()), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            // A wait that nobody can read is no wait.
            return Duration.ZERO;
        }
    }

    private static void requireFile(HttpHeaders head) throws Unobtainable {
        String type = head.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html")) {
            throw Unobtainable.unavailable("it sent a web page instead of the file", PORTAL);
        }
        String encoding = head.firstValue("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw Unobtainable.unavailable(
                    "it sent the file compressed (" + encoding + "), unasked", "");
        }
    }

    private static long range(HttpHeaders head, CatalogueEntry entry, long from)
            throws Unobtainable {
        String text = head.firstValue("Content-Range").orElse("none");
        Matcher range = RANGE.matcher(text);
        if (range.matches()
                && Long.parseLong(range.group(1)) == from
                && Long.parseLong(range.group(2)) == entry.bytes() - 1
                && (range.group(3).equals("*")
                        || Long.parseLong(range.group(3)) == entry.bytes())) {
            return from;
        }
        throw Unobtainable.unavailable(
                "it was asked for the bytes from " + from + " and sent the range '" + text + "'",
                "to begin again from nothing: polymnia models rm " + entry.name());
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(
                        Optional.of(failure),
                        Optional::isPresent,
                        each -> each.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .limit(20)
                .anyMatch(type::isInstance);
    }
}
