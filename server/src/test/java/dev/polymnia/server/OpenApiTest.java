package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The document that says what there is.
final class OpenApiTest extends ServerFixture {
    private JsonNode document() throws Exception {
        PolymniaServer server = serve((_, _) -> Reply.of(LEFT));
        return json(get(server.url().replace("/v1", "/openapi.json")).body());
    }

    @Test
    void every_route_is_in_the_document_with_what_it_wants_and_tells() throws Exception {
        JsonNode document = document();

        assertThat(document.get("openapi").asString()).startsWith("3.1");
        JsonNode chat = document.at("/paths/~1v1~1chat~1completions/post");
        assertThat(chat.at("/requestBody/content/application~1json/schema/$ref").asString())
                .endsWith("/ChatRequest");
        assertThat(chat.at("/responses").propertyNames()).contains("200", "400", "401", "429");
        assertThat(chat.get("security").toString()).isEqualTo("[{\"key\":[]},{\"session\":[]},{}]");
        assertThat(document.at("/components/securitySchemes/session").toString())
                .isEqualTo("{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"polymnia\"}");
        assertThat(
                        document.at("/components/securitySchemes")
                                .propertyNames()
                                .containsAll(chat.get("security").get(1).propertyNames()))
                .isTrue();
        JsonNode response = document.at("/paths/~1v1~1responses~1{id}");
        assertThat(response.propertyNames()).containsExactlyInAnyOrder("get", "delete");
        assertThat(response.at("/get/parameters/0/name").asString()).isEqualTo("id");
        assertThat(document.at("/paths/~1healthz/get").has("security")).isFalse();
        String files =
                "/paths/~1api~1conversations~1{conversation}~1files/post/requestBody/content";
        assertThat(document.at(files).propertyNames()).containsExactly("application/octet-stream");
        assertThat(document.at("/paths/~1api~1import/post/requestBody/content").propertyNames())
                .containsExactly("application/json", "application/octet-stream");
        assertThat(
                        document.at(
                                        "/paths/~1v1~1messages/post/responses/400/content/application~1json/schema/$ref")
                                .asString())
                .endsWith("/AnthropicError");
    }

    @Test
    void what_has_a_tag_says_so() throws Exception {
        JsonNode path = document().at("/paths/~1api~1people~1{person}");

        assertThat(path.at("/get/responses").propertyNames()).contains("304").doesNotContain("412");
        assertThat(path.at("/get/responses/200/headers").has("ETag")).isTrue();
        assertThat(path.at("/get/parameters/1/name").asString()).isEqualTo("If-None-Match");
        for (String method : new String[] {"patch", "delete"}) {
            assertThat(path.get(method).get("responses").propertyNames()).contains("412");
            assertThat(path.at("/" + method + "/parameters/1/name").asString())
                    .isEqualTo("If-Match");
        }
        JsonNode runs = document().at("/paths/~1v1~1runs/get/responses");
        assertThat(runs.propertyNames()).doesNotContain("304");
    }

    @Test
    void pages_and_redirects_are_told_as_such() throws Exception {
        JsonNode document = document();
        JsonNode begin = document.at("/paths/~1api~1openid/get/responses");
        JsonNode end = document.at("/paths/~1api~1openid~1callback/get/responses");

        assertThat(begin.at("/302/headers/Location/schema/type").asString()).isEqualTo("string");
        for (String status : List.of("200", "400", "403", "404", "502", "503")) {
            assertThat(end.at("/" + status + "/content").propertyNames())
                    .as(status)
                    .containsExactly("text/html");
        }
        assertThat(document.at("/paths/~1api~1openid/post/responses/400/content").propertyNames())
                .containsExactly("application/json");
    }

    @Test
    void every_schema_that_is_referred_to_is_there() throws Exception {
        JsonNode document = document();
        Set<String> wanted = new HashSet<>();
        document.findValuesAsString("$ref").forEach(wanted::add);

        assertThat(wanted).hasSizeGreaterThan(5);
        assertThat(wanted)
                .allSatisfy(reference ->
                        assertThat(document.at(reference.substring(1)).isObject()).isTrue());
    }
}
