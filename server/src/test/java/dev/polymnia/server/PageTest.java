package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.testkit.Reply;
import io.helidon.webserver.WebServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page's files, of which the tests have a small set of their own.
final class PageTest extends ServerFixture {
    private static final String SCRIPT = "/assets/app-1a2b3c.js";

    private String place = "";

    @BeforeEach
    void open() {
        place = serve((_, _) -> Reply.of(LEFT), "a-key-that-is-long-enough").url();
        place = place.substring(0, place.length() - "/v1".length());
    }

    @Test
    void whoever_reaches_the_server_gets_the_page() throws Exception {
        HttpResponse<String> page = get(place + "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Polymnia</title>");
        assertThat(page.headers().map())
                .containsEntry("content-type", List.of("text/html; charset=utf-8"))
                .containsEntry("cache-control", List.of("no-cache"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("content-security-policy", List.of(Page.POLICY));
        assertThat(Page.POLICY).doesNotContain("unsafe").doesNotContain("http");
    }

    @Test
    void a_frame_stands_in_the_page_alone_and_lets_nothing_out() throws Exception {
        HttpResponse<String> frame = get(place + "/diagram.html");

        assertThat(frame.statusCode()).isEqualTo(200);
        assertThat(frame.headers().map())
                .containsEntry("cache-control", List.of("no-cache"))
                .containsEntry("x-frame-options", List.of("SAMEORIGIN"))
                .containsEntry("content-security-policy", List.of(Page.FRAME_POLICY))
                .doesNotContainKey("access-control-allow-origin");
        assertThat(Page.FRAME_POLICY)
                .startsWith("default-src 'none'; script-src 'self'; style-src 'unsafe-inline';")
                .contains("frame-ancestors 'self'")
                .endsWith("sandbox allow-scripts")
                .doesNotContain("connect-src", "img-src", "unsafe-eval", "allow-same-origin");
        assertThat(Page.POLICY).contains("frame-src 'self'", "frame-ancestors 'none'");
        assertThat(get(place + "/").headers().map())
                .containsEntry("x-frame-options", List.of("DENY"));
    }

    @Test
    void a_frame_may_read_its_own_scripts_though_its_origin_is_nobodys() throws Exception {
        HttpResponse<String> script = get(place + "/assets/diagram-1a2b3c.js", "Origin", "null");

        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.body()).contains("a frame for tests");
        assertThat(script.headers().map())
                .containsEntry("access-control-allow-origin", List.of("*"))
                .containsEntry("content-security-policy", List.of(Page.POLICY));
        for (String path : List.of("/", SCRIPT, "/diagram.html")) {
            assertThat(get(place + path, "Origin", "null").headers().map())
                    .as(path)
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void what_changes_its_name_with_its_contents_is_kept_for_ever() throws Exception {
        HttpResponse<String> script = get(place + SCRIPT);

        assertThat(script.body()).contains("a page for tests");
        assertThat(script.headers().map())
                .containsEntry("cache-control", List.of("public, max-age=31536000, immutable"))
                .containsEntry("vary", List.of("Accept-Encoding"))
                .doesNotContainKey("content-encoding");
    }

    @Test
    void a_browser_that_takes_it_gets_it_compressed() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(place + SCRIPT))
                        .header("Accept-Encoding", "br;q=0, gzip;q=0.8")
                        .build();
        HttpResponse<byte[]> script = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(script.headers().firstValue("content-encoding")).contains("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(script.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("a page for tests");
        }
        assertThat(get(place + SCRIPT, "Accept-Encoding", "gzip;q=0").headers().map())
                .doesNotContainKey("content-encoding");
    }

    @Test
    void a_browser_that_goes_to_a_place_of_the_page_gets_the_page() throws Exception {
        HttpResponse<String> page = get(place + "/c/conversation-1", "Accept", "text/html,*/*");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>");
        for (String path : List.of("/v1/nowhere", "/api/nowhere", "/assets/gone-1.js")) {
            assertThat(get(place + path, "Accept", "text/html").statusCode()).isEqualTo(404);
        }
        assertThat(get(place + "/c/conversation-1").statusCode()).isEqualTo(404);
    }

    @Test
    void only_what_was_built_is_there() throws Exception {
        for (String path :
                List.of("/files.txt", SCRIPT + ".gz", "/..%2fmodule-info.class", "/assets")) {
            assertThat(get(place + path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(send(place + "/", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void a_look_at_the_headers_brings_no_body() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(place + "/"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build();
        HttpResponse<String> page = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEmpty();
        assertThat(page.headers().firstValueAsLong("content-length"))
                .hasValue(get(place + "/").body().length());
    }

    @Test
    void a_program_without_its_page_says_how_to_get_it() throws Exception {
        Page none = Page.load("no-such-page/");
        BlockingQueue<Exception> told = new ArrayBlockingQueue<>(10);
        WebServer server =
                WebServer.builder()
                        .port(0)
                        .host("127.0.0.1")
                        .routing(routing ->
                                routing.any((request, response) -> {
                                    try {
                                        none.answer(request, response);
                                    } catch (ApiError error) {
                                        told.add(error);
                                    }
                                    response.send();
                                }))
                        .build()
                        .start();
        try {
            get("http://127.0.0.1:" + server.port() + "/");
        } finally {
            server.stop();
        }

        Exception error = told.take();
        assertThatThrownBy(
                        () -> {
                            throw error;
                        })
                .hasMessageContaining("npm")
                .hasMessageContaining("./polymnia serve");
    }
}
