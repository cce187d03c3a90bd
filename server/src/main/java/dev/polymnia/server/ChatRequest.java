package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.ModelInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A request for a chat completion.
///
/// @param inquiry what is asked
/// @param countsUsage whether a stream ends with what was used
/// @param tellsProbabilities whether the answer's tokens come with their log-probabilities
record ChatRequest(Inquiry inquiry, boolean countsUsage, boolean tellsProbabilities)
        implements Reply {
    /// Nothing of these changes an answer.
    private static final Set<String> HARMLESS =
            Set.of(
                    "metadata",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "service_tier",
                    "user");

    private static final int MOST_STOPS = 4;
    private static final int MOST_ALTERNATIVES = 20;

    /// Reads a body.
    ///
    /// @param info of the model that answers
    /// @throws ApiError that names the field that is wrong
    /// @throws Fault `NOT_FOUND` if there is no such model, or as
    ///   [RunRequest][dev.polymnia.agents.RunRequest]
    static ChatRequest of(JsonNode body, ModelInfo info) {
        Fields fields = new Fields(body, "");
        Optional<Mode> effort =
                fields.text("reasoning_effort")
                        .map(word -> RunFields.effort("reasoning_effort", word));
        RunFields run = RunFields.of(fields, info, effort);
        requireUsual(fields);
        List<String> ignored = new ArrayList<>();
        List<ToolSpec> tools = tools(fields, run, ignored);
        Wishes wishes =
                Sampled.wishes(fields, run.mode(), ignored)
                        .withEnd(most(fields), stops(fields))
                        .withForm(form(fields));
        wishes = ToolFields.wishes(fields, wishes, ChatRequest::chosen);
        boolean probabilities = fields.flag("logprobs").orElse(false);
        wishes = wishes.withAlternatives(alternatives(fields, probabilities));
        wishes =
                wishes.withAnswers(
                        Math.toIntExact(fields.whole("n", 1, Wishes.MOST_ANSWERS).orElse(1L)));
        boolean drawn = run.mode() == Mode.INSTANT && tools.isEmpty();
        if (wishes.answers() > 1 && !drawn) {
            throw ApiError.unsupported(
                    "n",
                    "'n' answers are drawn at once: in the mode instant, without tools; ask so, or"
                            + " for one.");
        }
        if (probabilities) {
            requireProbabilities(drawn, wishes, info);
        }
        long seed =
                Sampled.seed(fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE).or(run::seed));
        // Whether it is kept is the matter of Runs.
        fields.flag("store");
        boolean streamed = fields.flag("stream").orElse(false);
        Optional<Fields> streaming = fields.object("stream_options");
        boolean counts = streaming.flatMap(it -> it.flag("include_usage")).orElse(false);
        streaming.ifPresent(it -> it.ignored(Set.of("include_obfuscation")));
        Inquiry.Question question = new Inquiry.Question(messages(fields, info), tools, wishes);
        ignored.addAll(fields.ignored(HARMLESS));
        String id = "chatcmpl-" + UUID.randomUUID();
        return new ChatRequest(
                new Inquiry(
                        run.model(),
                        Inquiry.run(id, run, question, seed),
                        streamed,
                        run.events(),
                        ignored),
                counts,
                probabilities);
    }

    /// Returns whether more than one answer is wanted.
    boolean isForSeveral() {
        return inquiry.run().wishes().answers() > 1;
    }

    @Override
    public String whole(Leg leg, Collected collected) {
        return ChatAnswer.json(this, leg, collected);
    }

    @Override
    public Streamed streamed(Leg leg, ServerSentEvents out) {
        return new ChatStream(this, leg, out);
    }

    /// Refuses what is known and not supported, unless its value is the usual one.
    private static void requireUsual(Fields fields) {
        fields.number("presence_penalty", 0, 0);
        fields.number("frequency_penalty", 0, 0);
    }

    private static int alternatives(Fields fields, boolean probabilities) {
        long most = fields.whole("top_logprobs", 0, MOST_ALTERNATIVES).orElse(0L);
        if (most > 0 && !probabilities) {
            throw ApiError.field(
                    "top_logprobs",
                    "'top_logprobs' says nothing without 'logprobs'; send true there.");
        }
        return Math.toIntExact(most);
    }

    /// @param drawn whether the words of the answer are what one agent draws, token by token
    private static void requireProbabilities(boolean drawn, Wishes wishes, ModelInfo info) {
        if (!drawn) {
            throw ApiError.unsupported(
                    "logprobs",
                    "'logprobs' are told of an answer that is drawn at once: in the mode instant,"
                            + " without tools; ask so, or leave it out.");
        }
        boolean all = wishes.alternatives() == 0 || info.can(Capability.ALTERNATIVES);
        if (!all || !info.can(Capability.LOG_PROBABILITIES)) {
            throw ApiError.unsupported(
                    "logprobs",
                    "%s does not tell the probabilities of its tokens; leave 'logprobs' and 'top_logprobs' out."
                            .formatted(info.name()));
        }
    }

    private static Optional<Integer> most(Fields fields) {
        Optional<Integer> most =
                fields.whole("max_completion_tokens", 1, Integer.MAX_VALUE)
                        .or(() -> fields.whole("max_tokens", 1, Integer.MAX_VALUE))
                        .map(Math::toIntExact);
        // The older name says nothing where the newer one is there.
        fields.any("max_tokens");
        return most;
    }

    private static List<String> stops(Fields fields) {
        Optional<JsonNode> sent = fields.any("stop");
        if (sent.filter(JsonNode::isString).isPresent()) {
            return List.of(sent.get().asString());
        }
        return Sampled.stops(fields, "stop", MOST_STOPS);
    }

    private static Constraint form(Fields fields) {
        Optional<Fields> format = fields.object("response_format");
        if (format.isEmpty()) {
            return Constraint.NONE;
        }
        Fields sent = format.get();
        Constraint form = Sampled.form(sent, ChatRequest::schema);
        sent.ignored(Set.of());
        return form;
    }

    private static Constraint schema(Fields format) {
        Fields sent = format.requiredObject("json_schema");
        Constraint schema = new Constraint.JsonSchema(sent.requiredObject("schema").json());
        sent.ignored(Set.of("name", "description", "strict"));
        return schema;
    }

    private static List<ToolSpec> tools(Fields fields, RunFields run, List<String> ignored) {
        List<ToolSpec> tools = new ArrayList<>();
        for (Fields tool : fields.objects("tools")) {
            ToolFields.requireFunction(tool);
            Fields function = tool.requiredObject("function");
            tools.add(ToolFields.spec(function, "parameters", run.readOnly()));
            // A call that is demanded keeps to its schema; one that the model decides on may not.
            function.ignored(Set.of("strict")).forEach(it -> ignored.add(function.path(it)));
            tool.ignored(Set.of());
        }
        ToolFields.requireAll(run.readOnly(), tools);
        return tools;
    }

    private static String chosen(Fields choice) {
        Fields function = choice.requiredObject("function");
        String name = function.required("name");
        function.ignored(Set.of());
        return name;
    }

    private static List<Message> messages(Fields fields, ModelInfo info) {
        List<Fields> sent = Conversation.turns(fields, "messages");
        Conversation conversation = new Conversation();
        for (int i = 0; i < sent.size(); i++) {
            add(conversation, "messages[%d]".formatted(i), sent.get(i), info);
        }
        return conversation.messages("messages");
    }

    private static void add(Conversation conversation, String path, Fields fields, ModelInfo info) {
        String role = fields.text("role").orElse("");
        List<Content> parts = Parts.of(fields, "content", info);
        switch (role) {
            case "system", "developer" -> conversation.add(path, new Message(Role.SYSTEM, parts));
            case "user" -> conversation.add(path, new Message(Role.USER, parts));
            case "assistant" -> {
                List<Content> said = new ArrayList<>(parts);
                fields.objects("tool_calls").forEach(call -> said.add(call(call)));
                conversation.add(path, new Message(Role.ASSISTANT, said));
            }
            case "tool" ->
                    conversation.add(
                            fields.path("tool_call_id"),
                            fields.required("tool_call_id"),
                            parts,
                            false);
            default ->
                    throw ApiError.field(
                            fields.path("role"),
                            "There is no role '%s'; send system, developer, user, assistant or tool."
                                    .formatted(role));
        }
        // What the assistant thought is not sent back to it.
        fields.ignored(Set.of("name", "reasoning_content", "refusal", "annotations", "audio"));
    }

    private static Content call(Fields fields) {
        Fields function = fields.requiredObject("function");
        return ToolFields.call(fields, "id", function, function.text("arguments").orElse(""));
    }
}
