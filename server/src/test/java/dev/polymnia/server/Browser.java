package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a browser does with redirects, pages that lead on, forms and cookies, as far as signing in
/// needs it. Each host and port is a site of its own, so that a cookie that is `SameSite=Strict` is
/// not shown on a way that another one began. Confined to one thread.
final class Browser {
    private static final int MOST_HOPS = 20;
    private static final Pattern REFRESH =
            Pattern.compile("<meta http-equiv=\"refresh\" content=\"0; url=([^\"]+)\">");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final HttpClient client;
    private final Map<String, Map<String, Cookie>> cookies = new LinkedHashMap<>();

    private record Cookie(String value, boolean strict) {}

    /// A page that is shown.
    ///
    /// @param trail the addresses that led to it
    record Page(URI address, HttpResponse<String> response, String trail) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }
    }

    Browser(HttpClient client) {
        this.client = client;
    }

    /// Opens an address that a person typed, or a page of its own site leads to.
    Page open(String address) throws IOException, InterruptedException {
        URI uri = URI.create(address);
        return follow(uri, HttpRequest.newBuilder(uri).GET(), uri.getAuthority());
    }

    /// Opens an address that a page of another site leads to.
    Page openFrom(String site, String address) throws IOException, InterruptedException {
        URI uri = URI.create(address);
        return follow(uri, HttpRequest.newBuilder(uri).GET(), site);
    }

    /// Sends the form of a page.
    Page submit(Page page, Map<String, String> fields) throws IOException, InterruptedException {
        Matcher action = ACTION.matcher(page.body());
        assertThat(action.find()).as(page.body()).isTrue();
        URI uri = page.address().resolve(action.group(1));
        String form =
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        return follow(uri, request, page.address().getAuthority());
    }

    /// Sends what a script of a page sends to its own site.
    HttpResponse<String> fetch(String method, String address, @Nullable String body)
            throws IOException, InterruptedException {
        URI uri = URI.create(address);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Origin", uri.getScheme() + "://" + uri.getAuthority())
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return send(uri, request, false);
    }

    /// Returns a cookie of a site; empty if it has none of that name.
    Optional<String> cookie(String address, String name) {
        return Optional.ofNullable(of(URI.create(address)).get(name)).map(Cookie::value);
    }

    /// Has a site's cookie hold something else.
    void setCookie(String address, String name, String value) {
        of(URI.create(address)).put(name, new Cookie(value, false));
    }

    private Map<String, Cookie> of(URI uri) {
        return cookies.computeIfAbsent(uri.getAuthority(), _ -> new LinkedHashMap<>());
    }

    private Page follow(URI first, HttpRequest.Builder request, String initiator)
            throws IOException, InterruptedException {
        URI uri = first;
        StringBuilder trail = new StringBuilder();
        boolean elsewhere = !uri.getAuthority().equals(initiator);
        HttpRequest.Builder next = request;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            trail.append(uri).append('\n');
            HttpResponse<String> response = send(uri, next, elsewhere);
            Optional<String> location =
                    response.statusCode() / 100 == 3
                            ? response.headers().firstValue("Location")
                            : Optional.empty();
            Matcher refresh = REFRESH.matcher(response.body());
            if (location.isPresent()) {
                URI to = uri.resolve(location.get());
                elsewhere |= !to.getAuthority().equals(initiator);
                uri = to;
            } else if (refresh.find()) {
                // This page asks for the next one.
                URI to = uri.resolve(refresh.group(1));
                elsewhere = !to.getAuthority().equals(uri.getAuthority());
                uri = to;
            } else {
                return new Page(uri, response, trail.toString());
            }
            next = HttpRequest.newBuilder(uri).GET();
        }
        throw new AssertionError("too many redirects:\n" + trail);
    }

    private HttpResponse<String> send(URI uri, HttpRequest.Builder request, boolean elsewhere)
            throws IOException, InterruptedException {
        String shown =
                of(uri).entrySet().stream()
                        .filter(each -> !elsewhere || !each.getValue().strict())
                        .map(each -> each.getKey() + "=" + each.getValue().value())
                        .collect(Collectors.joining("; "));
        if (!shown.isEmpty()) {
            request.header("Cookie", shown);
        }
        HttpResponse<String> response =
                client.send(
                        request.header("User-Agent", "A browser").build(),
                        HttpResponse.BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(set -> keep(uri, set));
        return response;
    }

    private void keep(URI uri, String set) {
        String pair = set.split(";", 2)[0];
        int sign = pair.indexOf('=');
        String name = pair.substring(0, sign);
        if (set.contains("Max-Age=0") || set.contains("expires=Thu, 01 Jan 1970")) {
            of(uri).remove(name);
        } else {
            of(uri).put(
                            name,
                            new Cookie(pair.substring(sign + 1), set.contains("SameSite=Strict")));
        }
    }
}
