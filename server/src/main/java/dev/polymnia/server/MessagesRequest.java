package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A request to Anthropic's Messages API.
///
/// @param inquiry what is asked
/// @param thoughts whether the client wants to see the reasoning
record MessagesRequest(Inquiry inquiry, boolean thoughts) implements Reply {
    /// Nothing of these changes an answer.
    private static final Set<String> HARMLESS =
            Set.of("metadata", "service_tier", "context_management", "cache_control");

    /// From so many tokens of thinking on a team thinks.
    private static final int MUCH_THINKING = 16_384;

    private static final int MOST_STOPS = 16;

    /// Reads a body.
    ///
    /// @param info of the model that answers
    /// @param answered whether it is to be answered, and not only to be counted
    /// @throws ApiError that names the field that is wrong
    /// @throws dev.polymnia.core.Fault `NOT_FOUND` if there is no such model, or as [RunRequest]
    static MessagesRequest of(JsonNode body, ModelInfo info, boolean answered) {
        Fields fields = new Fields(body, "");
        Optional<Mode> thinking = fields.object("thinking").flatMap(MessagesRequest::thinking);
        boolean thoughts = thinking.filter(mode -> mode != Mode.INSTANT).isPresent();
        Optional<Fields> output = fields.object("output_config");
        Optional<Mode> effort =
                output.flatMap(it -> it.text("effort")).map(MessagesRequest::effort);
        RunFields run = RunFields.of(fields, info, effort.or(() -> thinking));
        List<String> ignored = new ArrayList<>();
        List<ToolSpec> tools = tools(fields, run, ignored);
        Wishes wishes =
                Sampled.wishes(fields, run.mode(), ignored)
                        .withEnd(
                                most(fields, answered),
                                Sampled.stops(fields, "stop_sequences", MOST_STOPS))
                        .withForm(form(fields.object("output_format"), output));
        wishes = choice(fields, wishes);
        output.ifPresent(it -> it.ignored(Set.of()));
        boolean streamed = fields.flag("stream").orElse(false);
        Inquiry.Question question = new Inquiry.Question(messages(fields, info), tools, wishes);
        ignored.addAll(fields.ignored(HARMLESS));
        String id = "msg_" + UUID.randomUUID();
        RunRequest asked = Inquiry.run(id, run, question, Sampled.seed(run.seed()));
        return new MessagesRequest(
                new Inquiry(run.model(), asked, streamed, run.events(), ignored), thoughts);
    }

    @Override
    public String whole(Leg leg, Collected collected) {
        return MessageAnswer.json(this, leg, collected);
    }

    @Override
    public Streamed streamed(Leg leg, ServerSentEvents out) {
        return new MessageStream(this, leg, out);
    }

    private static Optional<Mode> thinking(Fields sent) {
        Optional<Long> budget = sent.whole("budget_tokens", 1, Long.MAX_VALUE);
        Mode mode =
                switch (sent.required("type")) {
                    case "disabled" -> Mode.INSTANT;
                    case "adaptive" -> Mode.THINKING;
                    case "enabled" ->
                            budget.orElse(0L) < MUCH_THINKING ? Mode.THINKING : Mode.CONTEMPLATING;
                    default ->
                            throw ApiError.field(
                                    sent.path("type"),
                                    "'thinking.type' is none of enabled, adaptive and disabled;"
                                            + " send one of them.");
                };
        sent.ignored(Set.of("display"));
        return Optional.of(mode);
    }

    private static Mode effort(String word) {
        return switch (word) {
            case "low", "medium" -> Mode.THINKING;
            case "high", "xhigh", "max" -> Mode.CONTEMPLATING;
            default ->
                    throw ApiError.field(
                            "output_config.effort",
                            "There is no effort '%s'; send low or medium (thinking), high, xhigh or max (contemplating)."
                                    .formatted(word));
        };
    }

    private static Optional<Integer> most(Fields fields, boolean answered) {
        Optional<Long> most = fields.whole("max_tokens", 1, Integer.MAX_VALUE);
        if (answered && most.isEmpty()) {
            throw ApiError.field("max_tokens", "'max_tokens' is missing; send a whole number.");
        }
        return most.map(Math::toIntExact);
    }

    private static Constraint form(Optional<Fields> older, Optional<Fields> output) {
        Optional<Fields> sent = output.flatMap(it -> it.object("format")).or(() -> older);
        if (sent.isEmpty()) {
            return Constraint.NONE;
        }
        Fields format = sent.get();
        if (!format.required("type").equals("json_schema")) {
            throw ApiError.field(
                    format.path("type"), "The only form of answers is json_schema; send that.");
        }
        Constraint schema = new Constraint.JsonSchema(format.requiredObject("schema").json());
        format.ignored(Set.of());
        return schema;
    }

    private static List<ToolSpec> tools(Fields fields, RunFields run, List<String> ignored) {
        List<ToolSpec> tools = new ArrayList<>();
        for (Fields tool : fields.objects("tools")) {
            if (!tool.text("type").orElse("custom").equals("custom")) {
                throw ApiError.unsupported(
                        tool.path("type"),
                        "Only tools with a schema of their own are supported; leave '%s' out."
                                .formatted(tool.text("type").orElse("")));
            }
            tools.add(ToolFields.spec(tool, "input_schema", run.readOnly()));
            tool.ignored(Set.of("cache_control", "strict", "eager_input_streaming"))
                    .forEach(it -> ignored.add(tool.path(it)));
        }
        ToolFields.requireAll(run.readOnly(), tools);
        return tools;
    }

    private static Wishes choice(Fields fields, Wishes wishes) {
        Optional<Fields> sent = fields.object("tool_choice");
        if (sent.isEmpty()) {
            return wishes;
        }
        Fields choice = sent.get();
        ToolChoice which =
                switch (choice.required("type")) {
                    case "auto" -> ToolChoice.AUTO;
                    case "any" -> ToolChoice.REQUIRED;
                    case "none" -> ToolChoice.NONE;
                    case "tool" -> new ToolChoice.Named(choice.required("name"));
                    default ->
                            throw ApiError.field(
                                    choice.path("type"),
                                    "'tool_choice.type' is none of auto, any, tool and none; send"
                                            + " one of them.");
                };
        boolean one = choice.flag("disable_parallel_tool_use").orElse(false);
        choice.ignored(Set.of());
        return wishes.withTools(which, one ? 1 : Integer.MAX_VALUE);
    }

    private static List<Message> messages(Fields fields, ModelInfo info) {
        List<Fields> sent = Conversation.turns(fields, "messages");
        Conversation conversation = new Conversation();
        List<Content> system = Parts.of(fields, "system", info);
        if (!system.isEmpty()) {
            conversation.add("system", new Message(Role.SYSTEM, system));
        }
        for (int i = 0; i < sent.size(); i++) {
            add(conversation, "messages[%d]".formatted(i), sent.get(i), info);
            sent.get(i).ignored(Set.of());
        }
        return conversation.messages("messages");
    }

    private static void add(Conversation conversation, String path, Fields fields, ModelInfo info) {
        String role = fields.text("role").orElse("");
        if (!role.equals("user") && !role.equals("assistant")) {
            throw ApiError.field(
                    fields.path("role"),
                    "There is no role '%s'; send user or assistant.".formatted(role));
        }
        if (fields.any("content").filter(JsonNode::isString).isPresent()) {
            List<Content> parts = Parts.of(fields, "content", info);
            conversation.add(
                    path, new Message(role.equals("user") ? Role.USER : Role.ASSISTANT, parts));
            return;
        }
        List<Content> said = new ArrayList<>();
        for (Fields block : fields.objects("content")) {
            switch (block.text("type").orElse("")) {
                case "tool_result" -> {
                    result(conversation, block, info);
                    block.ignored(Set.of("cache_control"));
                }
                case "tool_use" -> {
                    said.add(call(block));
                    block.ignored(Set.of("cache_control", "caller"));
                }
                // What the assistant thought is not sent back to it.
                case "thinking", "redacted_thinking" -> {}
                default -> said.add(Parts.part(block, info));
            }
        }
        if (!said.isEmpty()) {
            conversation.add(
                    path, new Message(role.equals("user") ? Role.USER : Role.ASSISTANT, said));
        }
    }

    private static void result(Conversation conversation, Fields block, ModelInfo info) {
        conversation.add(
                block.path("tool_use_id"),
                block.required("tool_use_id"),
                Parts.of(block, "content", info),
                block.flag("is_error").orElse(false));
    }

    private static Content call(Fields block) {
        return ToolFields.call(block, "id", block, block.requiredObject("input").json());
    }
}
