package dev.polymnia.server;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.store.StoredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request to OpenAI's Responses API.
///
/// @param inquiry what is asked
/// @param background whether it is answered while nobody waits
/// @param stored whether the response can be asked for later, and be gone on from
/// @param echo the fields of the request that the response repeats
record ResponsesRequest(Inquiry inquiry, boolean background, boolean stored, ObjectNode echo) {
    private static final String PREFIX = "resp_";

    /// Nothing of these changes an answer.
    private static final Set<String> HARMLESS =
            Set.of(
                    "include",
                    "metadata",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "service_tier",
                    "stream_options",
                    "truncation",
                    "user");

    private static final String PROBABILITIES = "message.output_text.logprobs";

    private static final List<String> REPEATED =
            List.of(
                    "instructions",
                    "max_output_tokens",
                    "metadata",
                    "previous_response_id",
                    "reasoning",
                    "temperature",
                    "text",
                    "tool_choice",
                    "tools",
                    "top_p");

    /// Reads a body.
    ///
    /// @param info of the model that answers
    /// @param earlier finds the conversation up to a response, its answer included
    /// @throws ApiError that names the field that is wrong
    /// @throws dev.polymnia.core.Fault `NOT_FOUND` if there is no such model, or as [RunRequest]
    static ResponsesRequest of(
            JsonNode body, ModelInfo info, Function<String, Optional<List<Message>>> earlier) {
        Fields fields = new Fields(body, "");
        Optional<Fields> reasoning = fields.object("reasoning");
        Optional<Mode> effort =
                reasoning
                        .flatMap(it -> it.text("effort"))
                        .map(word -> RunFields.effort("reasoning.effort", word));
        reasoning.ifPresent(it -> it.ignored(Set.of("summary", "generate_summary")));
        RunFields run = RunFields.of(fields, info, effort);
        List<String> ignored = new ArrayList<>();
        List<ToolSpec> tools = tools(fields, run, ignored);
        Wishes wishes =
                Sampled.wishes(fields, run.mode(), ignored)
                        .withEnd(
                                fields.whole("max_output_tokens", 1, Integer.MAX_VALUE)
                                        .map(Math::toIntExact),
                                List.of())
                        .withForm(form(fields));
        wishes = ToolFields.wishes(fields, wishes, choice -> choice.required("name"));
        boolean streamed = fields.flag("stream").orElse(false);
        boolean background = fields.flag("background").orElse(false);
        boolean stored = fields.flag("store").orElse(true);
        requirePossible(streamed, background, stored);
        Inquiry.Question question =
                new Inquiry.Question(messages(fields, info, earlier), tools, wishes);
        ignored.addAll(fields.ignored(HARMLESS));
        requireNoProbabilities(fields);
        RunRequest asked =
                Inquiry.run(PREFIX + UUID.randomUUID(), run, question, Sampled.seed(run.seed()));
        return new ResponsesRequest(
                new Inquiry(run.model(), asked, streamed, run.events(), ignored),
                background,
                stored,
                echo(body));
    }

    /// Returns the response's name.
    String id() {
        return inquiry.run().run();
    }

    /// Returns this request with another run that answers.
    ResponsesRequest withRun(RunRequest run) {
        return new ResponsesRequest(
                new Inquiry(
                        inquiry.model(),
                        run,
                        inquiry.streamed(),
                        inquiry.events(),
                        inquiry.ignored()),
                background,
                stored,
                echo);
    }

    /// Returns whether a run began as a response in the background.
    static boolean isBegun(StoredRun run) {
        return run.background() && run.id().startsWith(PREFIX);
    }

    /// Returns the response of such a run, without output.
    static ObjectNode response(StoredRun run, String status) {
        return ResponseJson.response(
                run.id(),
                run.model(),
                true,
                true,
                echo(JsonMapper.shared().readTree(run.request())),
                status,
                run.created().getEpochSecond());
    }

    /// Returns a response to this request, without output.
    ///
    /// @param created seconds since 1970
    ObjectNode response(String status, long created) {
        return ResponseJson.response(
                id(), inquiry.model(), background, stored, echo, status, created);
    }

    /// Returns which response a request goes on from.
    ///
    /// @param body of the request
    static Optional<String> previous(JsonNode body) {
        return Optional.of(body.path("previous_response_id"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }

    /// Returns a conversation with one more request and its answer, for who goes on from it.
    /// Instructions are those of one request.
    ///
    /// @param before the conversation
    /// @param body of the request
    /// @param response the whole response
    /// @param info of the model that goes on
    static List<Message> goOn(
            List<Message> before, JsonNode body, JsonNode response, ModelInfo info) {
        Conversation conversation = new Conversation();
        hear(conversation, before, new Fields(body, ""), info);
        List<Content> said = new ArrayList<>();
        for (JsonNode item : response.get("output")) {
            switch (item.get("type").asString()) {
                case "message" -> said.add(new Content.Text(item.at("/content/0/text").asString()));
                case "function_call" ->
                        said.add(
                                new Content.ToolCall(
                                        item.get("call_id").asString(),
                                        item.get("name").asString(),
                                        item.get("arguments").asString()));
                default -> {}
            }
        }
        List<Message> all = new ArrayList<>(conversation.messages("input"));
        all.add(new Message(Role.ASSISTANT, said));
        return List.copyOf(all);
    }

    /// Of what a response may include, only this would be missed.
    private static void requireNoProbabilities(Fields fields) {
        if (fields.array("include").stream()
                .anyMatch(each -> PROBABILITIES.equals(each.asString("")))) {
            throw ApiError.unsupported(
                    "include",
                    "'%s' is told by /v1/chat/completions only ('logprobs'); ask there, or leave it out."
                            .formatted(PROBABILITIES));
        }
    }

    private static void requirePossible(boolean streamed, boolean background, boolean stored) {
        if (background && !stored) {
            throw ApiError.field(
                    "store",
                    "What is answered in the background has to be stored; leave 'store' out.");
        }
        if (background && streamed) {
            throw ApiError.unsupported(
                    "stream",
                    "A response in the background is not streamed; ask for it by its id instead.");
        }
    }

    private static ObjectNode echo(JsonNode body) {
        ObjectNode echo = RunJson.object();
        for (String field : REPEATED) {
            if (body.has(field)) {
                echo.set(field, body.get(field));
            }
        }
        return echo;
    }

    private static Constraint form(Fields fields) {
        Optional<Fields> text = fields.object("text");
        Optional<Fields> format = text.flatMap(it -> it.object("format"));
        text.ifPresent(it -> it.ignored(Set.of("verbosity")));
        if (format.isEmpty()) {
            return Constraint.NONE;
        }
        Fields sent = format.get();
        Constraint form =
                Sampled.form(
                        sent, it -> new Constraint.JsonSchema(it.requiredObject("schema").json()));
        sent.ignored(Set.of("name", "description", "strict"));
        return form;
    }

    private static List<ToolSpec> tools(Fields fields, RunFields run, List<String> ignored) {
        List<ToolSpec> tools = new ArrayList<>();
        for (Fields tool : fields.objects("tools")) {
            ToolFields.requireFunction(tool);
            tools.add(ToolFields.spec(tool, "parameters", run.readOnly()));
            tool.ignored(Set.of("strict")).forEach(it -> ignored.add(tool.path(it)));
        }
        ToolFields.requireAll(run.readOnly(), tools);
        return tools;
    }

    /// Instructions are those of this request alone; what came before keeps none.
    private static List<Message> messages(
            Fields fields, ModelInfo info, Function<String, Optional<List<Message>>> earlier) {
        Conversation conversation = new Conversation();
        fields.text("instructions")
                .ifPresent(words -> conversation.add("instructions", Message.system(words)));
        Optional<String> previous = fields.text("previous_response_id");
        List<Message> before =
                previous.map(id ->
                                earlier.apply(id)
                                        .orElseThrow(() ->
                                                ApiError.field(
                                                        "previous_response_id",
                                                        "There is no response '%s' to go on from; it was not stored, is not finished, or was forgotten. Send the conversation in 'input'."
                                                                .formatted(id))))
                        .orElse(List.of());
        hear(conversation, before, fields, info);
        return conversation.messages("input");
    }

    private static void hear(
            Conversation conversation, List<Message> before, Fields fields, ModelInfo info) {
        before.forEach(message -> conversation.addAll("previous_response_id", message));
        if (fields.any("input").filter(JsonNode::isString).isPresent()) {
            conversation.add("input", new Message(Role.USER, Parts.of(fields, "input", info)));
        } else {
            items(conversation, fields, info);
        }
    }

    private static void items(Conversation conversation, Fields fields, ModelInfo info) {
        List<Fields> items = Conversation.turns(fields, "input");
        List<Content> calls = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Fields item = items.get(i);
            String type = item.text("type").orElse("message");
            // All calls of a turn are one message.
            if (!type.equals("function_call") && !calls.isEmpty()) {
                conversation.add(item.path(""), new Message(Role.ASSISTANT, calls));
                calls.clear();
            }
            switch (type) {
                case "message" -> add(conversation, "input[%d]".formatted(i), item, info);
                case "function_call" -> calls.add(call(item));
                case "function_call_output" ->
                        conversation.add(
                                item.path("call_id"),
                                item.required("call_id"),
                                Parts.of(item, "output", info),
                                false);
                // What the assistant thought is not sent back to it.
                case "reasoning" -> item.json();
                default ->
                        throw ApiError.unsupported(
                                item.path("type"),
                                "Items of the type '%s' are not supported; leave them out."
                                        .formatted(type));
            }
            item.ignored(Set.of("id", "status"));
        }
        if (!calls.isEmpty()) {
            conversation.add("input", new Message(Role.ASSISTANT, calls));
        }
    }

    private static void add(Conversation conversation, String path, Fields item, ModelInfo info) {
        List<Content> parts = Parts.of(item, "content", info);
        Role role =
                switch (item.text("role").orElse("")) {
                    case "system", "developer" -> Role.SYSTEM;
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    default ->
                            throw ApiError.field(
                                    item.path("role"),
                                    "There is no role '%s'; send system, developer, user or assistant."
                                            .formatted(item.text("role").orElse("")));
                };
        conversation.add(path, new Message(role, parts));
    }

    private static Content call(Fields item) {
        return ToolFields.call(item, "call_id", item, item.text("arguments").orElse(""));
    }
}
