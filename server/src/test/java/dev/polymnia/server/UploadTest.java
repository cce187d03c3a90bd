package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that are sent to a server which wants no keys, as it is this machine's alone.
@Timeout(60)
final class UploadTest extends SharedFixture {
    private String talk = "";

    private int put(String... headers) throws Exception {
        return send(api("/conversations/" + talk + "/files"), "words", headers).statusCode();
    }

    @Test
    void a_form_of_another_page_sends_no_file() throws Exception {
        open((_, _) -> Reply.of(LEFT));
        String url = api("/conversations");
        talk = made(send(url, "{}")).get("id").asString();
        String origin = url.substring(0, url.indexOf("/api"));

        for (String type :
                List.of(
                        "text/plain",
                        "Text/Plain; charset=utf-8",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data; boundary=x")) {
            assertThat(put("Content-Type", type)).as(type).isEqualTo(415);
            assertThat(put("Content-Type", type, "Origin", origin)).as(type).isEqualTo(201);
            assertThat(put("Content-Type", type, "Origin", "http://evil.example"))
                    .as(type)
                    .isEqualTo(403);
        }
        assertThat(put("Content-Type", "application/octet-stream")).isEqualTo(201);
        HttpResponse<String> unnamed =
                client.send(
                        HttpRequest.newBuilder(URI.create(url + "/" + talk + "/files"))
                                .POST(HttpRequest.BodyPublishers.ofString("words"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(made(unnamed).get("name").asString()).isEqualTo("file");
        for (String type : List.of("application/zip", "application/octet-stream")) {
            assertThat(send(api("/import"), "[]", "Content-Type", type).statusCode())
                    .isEqualTo(201);
        }
        assertThat(send(api("/import"), "[]", "Content-Type", "text/plain").statusCode())
                .isEqualTo(415);
    }
}
