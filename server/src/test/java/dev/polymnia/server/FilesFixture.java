package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.store.FileLimits;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// People who put files into their conversations, and a model that sees pictures.
abstract class FilesFixture extends ConversationFixture {
    static final byte[] PICTURE = "\u0089PNG\r\n\u001a\n and a picture".getBytes(ISO_8859_1);
    static final FileLimits FILES = new FileLimits(40_000, 4, 60_000, 90_000);

    boolean blind;

    @Override
    Reply answer(List<Message> messages) {
        return Reply.of("Heard.");
    }

    @Override
    ServerLimits limits() {
        return super.limits().withFiles(FILES);
    }

    @Override
    ScriptedModel model(Script answers) {
        ModelInfo info = ScriptedModel.defaultInfo();
        Set<Capability> all = EnumSet.copyOf(info.capabilities());
        if (!blind) {
            all.add(Capability.IMAGES);
        }
        return ScriptedModel.of(
                answers,
                new ModelInfo(
                        info.name(), info.digest(), info.contextTokens(), all, info.profile()));
    }

    String converse() throws Exception {
        return converse("\"title\": \"Birds\"");
    }

    String files(String conversation) {
        return api("/conversations/" + conversation + "/files");
    }

    /// @param headers names and values, in turns
    HttpResponse<byte[]> bytes(
            String method, String url, String shown, byte @Nullable [] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!shown.isEmpty()) {
            request.header("Authorization", "Bearer " + shown);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> put(String conversation, String name, byte[] content) throws Exception {
        return bytes(
                "POST",
                files(conversation) + "?name=" + URLEncoder.encode(name, UTF_8),
                key,
                content,
                "Content-Type",
                "image/png");
    }

    JsonNode keep(String conversation, String name, byte[] content) throws Exception {
        HttpResponse<byte[]> response = put(conversation, name, content);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(201);
        return json(text(response));
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    static String id(JsonNode object) {
        return object.get("id").asString();
    }

    List<String> listed(String conversation) throws Exception {
        List<String> names = new ArrayList<>();
        ok("GET", files(conversation), key, null)
                .get("data")
                .forEach(file -> names.add(file.get("name").asString()));
        return names;
    }

    static ObjectNode saying(@Nullable String parent, @Nullable String text, String... ids) {
        ObjectNode body = saying(parent, text);
        ArrayNode files = body.putArray("files");
        for (String id : ids) {
            files.add(id);
        }
        return body;
    }

    static List<byte[]> pictures(Message message) {
        return message.parts().stream()
                .filter(Content.Image.class::isInstance)
                .map(part -> ((Content.Image) part).media().bytes())
                .toList();
    }
}
