package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A server with several models.
final class ModelsTest extends ServerFixture {
    static ScriptedModel model(String name) {
        ModelInfo usual = ScriptedModel.defaultInfo();
        ModelInfo info =
                new ModelInfo(
                        name, "", usual.contextTokens(), usual.capabilities(), usual.profile());
        return ScriptedModel.of(
                (request, _) ->
                        request.prompt().tools().isEmpty() || request.prompt().messages().size() > 3
                                ? Reply.of("I am " + name)
                                : Reply.of("").calling("look", "{}"),
                info);
    }

    private PolymniaServer serveBoth() {
        return serve(List.of(model("small"), model("large")));
    }

    @ParameterizedTest
    @CsvSource({
        "small, small",
        "large, large",
        "large:instant, large",
        "instant, small",
        "contemplating, small",
    })
    void each_answers_to_its_names_and_the_first_to_those_of_the_modes(String name, String who)
            throws Exception {
        JsonNode answer = answer(serveBoth(), "\"model\": \"%s\"".formatted(name));

        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("I am " + who);
        assertThat(answer.get("model").asString()).isEqualTo(name);
    }

    @Test
    void all_names_are_listed() throws Exception {
        PolymniaServer server = serveBoth();

        JsonNode listed = json(get(server.url() + "/models").body()).get("data");
        HttpResponse<String> unknown = chat(server, "{\"model\": \"huge\", %s}".formatted(ASKED));

        assertThat(listed.valueStream())
                .extracting(each -> each.get("id").asString())
                .startsWith("small")
                .contains("small:thinking", "large", "large:contemplating")
                .endsWith("instant", "thinking", "contemplating", "scripted-embedder")
                .doesNotHaveDuplicates();
        assertThat(get(server.url() + "/models/large:instant").statusCode()).isEqualTo(200);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown.body()).at("/error/message").asString())
                .contains("'huge'", "small", "large");
    }

    @Test
    void a_run_that_waits_for_its_client_goes_on_with_its_model() throws Exception {
        PolymniaServer server = serveBoth();
        String tools =
                "\"model\": \"large:thinking\", \"tools\": [{\"type\": \"function\", \"function\":"
                        + " {\"name\": \"look\", \"parameters\": {\"type\": \"object\"}}}]";
        JsonNode turn = answer(server, tools).at("/choices/0/message");

        String results =
                "{%s, \"messages\": [{\"role\": \"user\", \"content\": \"?\"}, %s, {\"role\": \"tool\", \"tool_call_id\": %s, \"content\": \"31\"}]}"
                        .formatted(tools, turn, turn.at("/tool_calls/0/id"));

        assertThat(json(chat(server, results).body()).at("/choices/0/message/content").asString())
                .isEqualTo("I am large");
    }

    @Test
    void a_run_in_the_background_is_its_models() throws Exception {
        PolymniaServer server = serveBoth();
        HttpResponse<String> created =
                send(
                        server.url() + "/runs",
                        "{\"model\": \"large:thinking\", %s}".formatted(ASKED));
        String run = server.url() + "/runs/" + json(created.body()).get("id").asString();
        get(run + "/events");

        assertThat(json(get(run).body()).at("/outcome/text").asString()).isEqualTo("I am large");
    }

    @Test
    void two_of_one_name_are_refused() {
        assertThatThrownBy(() -> serve(List.of(model("small"), model("small"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("called the same");
    }
}
