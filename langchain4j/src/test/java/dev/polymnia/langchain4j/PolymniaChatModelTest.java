package dev.polymnia.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PolymniaChatModelTest {
    private static final String LEFT = "36 - 5 = 31.\nAnswer: 31";

    private final Queue<BranchRequest> asked = new ConcurrentLinkedQueue<>();
    private ScriptedModel model = ScriptedModel.of((_, _) -> Reply.of(LEFT));

    @AfterEach
    void close() {
        model.close();
    }

    private Assistant assistant(Script script) {
        model.close();
        model =
                ScriptedModel.of((request, index) -> {
                    asked.add(request);
                    return script.reply(request, index);
                });
        return new Assistant(model, Clock.SYSTEM);
    }

    private PolymniaChatModel chat(Script script, PolymniaOptions options) {
        return new PolymniaChatModel(assistant(script), model.info(), options);
    }

    private static boolean hasLooked(BranchRequest request) {
        return request.prompt().messages().stream()
                .anyMatch(message -> message.role() == Role.TOOL);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void answers_in_every_mode(Mode mode) {
        ChatResponse response =
                chat((_, _) -> Reply.of(LEFT), PolymniaOptions.of(mode).withSeed(7).withAgents(4))
                        .chat(
                                SystemMessage.from("Be brief."),
                                UserMessage.from("How many muffins are left?"));

        assertThat(response.aiMessage().text()).isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
        assertThat(response.modelName()).isEqualTo("scripted");
        assertThat(asked.element().prompt().messages().getFirst().text()).startsWith("Be brief.");
    }

    @Test
    void the_name_of_a_mode_chooses_it() {
        PolymniaChatModel chat =
                chat((_, _) -> Reply.of(LEFT), PolymniaOptions.of(Mode.INSTANT).withAgents(4));
        ChatRequest.Builder question =
                ChatRequest.builder().messages(UserMessage.from("How many muffins are left?"));

        chat.chat(question.modelName("contemplating").build());

        assertThat(asked).hasSizeGreaterThan(1);
        assertThatThrownBy(() -> chat.chat(question.modelName("gpt").build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("'gpt'");
    }

    /// Counts muffins on shelves.
    interface Counter {
        String ask(String question);
    }

    static final class Shelves {
        private final Queue<String> looked = new ConcurrentLinkedQueue<>();

        @Tool("Looks how many muffins are on a shelf")
        String look(@P("the shelf") String shelf) {
            looked.add(shelf);
            return "31";
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void tools_are_run_by_langchain4j_while_the_run_waits(Mode mode) {
        Shelves shelves = new Shelves();
        Script script =
                (request, _) ->
                        hasLooked(request)
                                ? Reply.of(LEFT)
                                : Reply.of("").calling("look", "{\"shelf\": \"left\"}");
        Counter counter =
                AiServices.builder(Counter.class)
                        .chatModel(chat(script, PolymniaOptions.of(mode).withAgents(4)))
                        .tools(shelves)
                        .build();

        String answer = counter.ask("How many muffins are left?");

        assertThat(answer).isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        assertThat(shelves.looked).containsExactly("left");
        // The agents that called go on; none begins anew.
        long first = asked.stream().filter(request -> !hasLooked(request)).count();
        assertThat(asked).hasSize(Math.toIntExact(2 * first));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_stream_tells_thoughts_words_and_the_whole(Mode mode) throws Exception {
        PolymniaStreamingChatModel streaming =
                new PolymniaStreamingChatModel(
                        assistant((_, _) -> Reply.of(LEFT)),
                        model.info(),
                        PolymniaOptions.of(mode).withAgents(4));
        StringBuilder words = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        streaming.chat(
                "How many muffins are left?",
                new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String partial) {
                        words.append(partial);
                    }

                    @Override
                    public void onPartialThinking(PartialThinking thinking) {
                        thoughts.append(thinking.text());
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        whole.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        whole.completeExceptionally(error);
                    }
                });

        assertThat(whole.get(1, TimeUnit.MINUTES).aiMessage().text())
                .isEqualTo(words.toString())
                .isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        switch (mode) {
            case INSTANT -> assertThat(thoughts.toString()).isEmpty();
            case THINKING -> assertThat(thoughts.toString()).isEqualTo("36 - 5 = 31.\n");
            case CONTEMPLATING -> assertThat(thoughts.toString()).contains("Votes: 31 × ");
        }
    }

    @Test
    void listeners_are_told_and_so_is_who_wants_the_runs_events() {
        Queue<ChatModelResponseContext> responses = new ConcurrentLinkedQueue<>();
        Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
        ChatModelListener listener =
                new ChatModelListener() {
                    @Override
                    public void onResponse(ChatModelResponseContext context) {
                        responses.add(context);
                    }
                };

        chat(
                        (_, _) -> Reply.of(LEFT),
                        PolymniaOptions.of(Mode.THINKING)
                                .withListeners(List.of(listener))
                                .withEvents(events::add))
                .chat("How many muffins are left?");

        assertThat(responses).hasSize(1);
        assertThat(events)
                .extracting(RunEvent::event)
                .hasAtLeastOneElementOfType(Event.RunStarted.class)
                .hasAtLeastOneElementOfType(Event.RunFinished.class);
    }

    @Test
    void a_failure_is_langchain4js_own() {
        PolymniaChatModel chat =
                chat((_, _) -> Reply.of(LEFT).failingAfter(2), PolymniaOptions.of(Mode.INSTANT));

        assertThatThrownBy(() -> chat.chat("How many muffins are left?"))
                .isInstanceOf(InternalServerException.class);
    }
}
