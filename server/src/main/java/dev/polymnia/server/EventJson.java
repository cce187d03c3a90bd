package dev.polymnia.server;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The events of a run as JSON, for programs: each is an object with `run`, `branch` (-1 for the
/// run itself), `sequence`, `at` (seconds since the start), `type` and the event's own fields.
/// Numbers that are not known are left out. Stateless.
public final class EventJson {
    /// The type of [Event.BudgetRaised].
    static final String BUDGET_RAISED = "budget_raised";

    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJson() {}

    /// Returns an event as one line.
    public static String line(RunEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("run", event.run());
            json.writeNumberProperty("branch", event.branch());
            json.writeNumberProperty("sequence", event.sequence());
            json.writeNumberProperty("at", event.at().toNanos() / 1e9);
            write(json, event.event());
            json.writeEndObject();
        }
        return text.toString();
    }

    /// Returns the limits that an event of the type [#BUDGET_RAISED] tells.
    static Budget budget(String line) {
        JsonNode told = JsonMapper.shared().readTree(line).get("budget");
        return new Budget(
                told.path("tokens").asLong(Long.MAX_VALUE),
                Duration.ofMillis(Math.round(told.get("seconds").asDouble() * 1000)),
                told.path("agents").asInt(Integer.MAX_VALUE),
                told.path("money").asLong(Long.MAX_VALUE));
    }

    /// Returns a ledger as an object.
    static String object(Ledger ledger) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            write(json, ledger);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Event event) {
        switch (event) {
            case Event.RunStarted started -> write(json, started);
            case Event.BudgetRaised(Budget budget) -> {
                type(json, BUDGET_RAISED);
                write(json, budget);
            }
            case Event.AgentStarted started -> {
                type(json, "agent_started");
                json.writeNumberProperty("wave", started.wave());
                json.writeNumberProperty("seed", started.seed());
                json.writeStringProperty("approach", started.approach());
            }
            case Event.Told(BranchEvent told) -> write(json, told);
            case Event.ToolFinished finished -> {
                type(json, "tool_finished");
                write(json, finished.call());
                json.writeStringProperty("text", finished.result().text());
                json.writeBooleanProperty("failed", finished.result().failed());
                json.writeNumberProperty("agents", finished.agents());
            }
            case Event.Suspended(List<Content.ToolCall> calls, Ledger ledger) -> {
                type(json, "suspended");
                json.writeArrayPropertyStart("calls");
                for (Content.ToolCall call : calls) {
                    json.writeStartObject();
                    write(json, call);
                    json.writeEndObject();
                }
                json.writeEndArray();
                write(json, ledger);
            }
            case Event.AgentFinished finished -> write(json, finished);
            case Event.Tally tally -> write(json, tally);
            case Event.StoppedEarly stop -> {
                type(json, "stopped_early");
                json.writeStringProperty("rule", word(stop.rule()));
                json.writeBooleanProperty("guarantee", stop.rule().isGuarantee());
                json.writeStringProperty("words", stop.words());
            }
            case Event.JoinStarted join -> {
                type(json, "join_started");
                json.writeStringProperty("method", word(join.method()));
            }
            case Event.AnswerDelta(String text) -> {
                type(json, "answer_delta");
                json.writeStringProperty("text", text);
            }
            case Event.RunFinished finished -> {
                type(json, "run_finished");
                json.writeStringProperty("text", finished.outcome().text());
                finished.outcome().answer().ifPresent(it -> json.writeStringProperty("answer", it));
                json.writeBooleanProperty("partial", finished.outcome().partial());
                write(json, finished.ledger());
            }
            case Event.RunFailed failed -> {
                type(json, "run_failed");
                json.writeStringProperty("code", word(failed.code()));
                json.writeStringProperty("message", failed.message());
                write(json, failed.ledger());
            }
        }
    }

    private static void write(JsonGenerator json, Event.RunStarted started) {
        type(json, "run_started");
        json.writeStringProperty("mode", word(started.mode()));
        json.writeStringProperty("model", started.model());
        json.writeNumberProperty("seed", started.seed());
        write(json, started.budget());
    }

    private static void write(JsonGenerator json, Budget budget) {
        json.writeObjectPropertyStart("budget");
        limit(json, "tokens", budget.tokens());
        json.writeNumberProperty("seconds", budget.time().toMillis() / 1000.0);
        limit(json, "agents", budget.agents());
        limit(json, "money", budget.money());
        json.writeEndObject();
    }

    private static void limit(JsonGenerator json, String name, long value) {
        if (value != Long.MAX_VALUE && value != Integer.MAX_VALUE) {
            json.writeNumberProperty(name, value);
        }
    }

    private static void write(JsonGenerator json, BranchEvent event) {
        switch (event) {
            case BranchEvent.Started started -> {
                type(json, "started");
                json.writeNumberProperty("cached", started.cached());
                json.writeNumberProperty("computed", started.computed());
            }
            case BranchEvent.Delta delta -> {
                type(json, "delta");
                json.writeStringProperty("channel", word(delta.channel()));
                json.writeStringProperty("text", delta.text());
                if (!delta.tokens().isEmpty()) {
                    json.writeArrayPropertyStart("tokens");
                    delta.tokens().forEach(token -> write(json, token));
                    json.writeEndArray();
                }
            }
            case BranchEvent.Called(Content.ToolCall call) -> {
                type(json, "called");
                write(json, call);
            }
            case BranchEvent.Ended(BranchResult result) -> {
                type(json, "ended");
                json.writeStringProperty("reason", word(result.reason()));
                json.writeStringProperty("text", result.message().text());
                number(json, "mean_log_probability", result.meanLogProbability());
                write(json, result.usage());
            }
            case BranchEvent.Failed failed -> {
                type(json, "failed");
                json.writeStringProperty("code", word(failed.code()));
                json.writeStringProperty("message", failed.message());
                write(json, failed.usage());
            }
        }
    }

    private static void write(JsonGenerator json, Content.ToolCall call) {
        json.writeStringProperty("id", call.id());
        json.writeStringProperty("name", call.name());
        json.writeStringProperty("arguments", call.arguments());
    }

    private static void write(JsonGenerator json, TokenDetail token) {
        json.writeStartObject();
        json.writeNumberProperty("id", token.id());
        json.writeNumberProperty("log_probability", token.logProbability());
        number(json, "confidence", token.confidence());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Event.AgentFinished finished) {
        type(json, "agent_finished");
        finished.answer().ifPresent(it -> json.writeStringProperty("answer", it));
        json.writeBooleanProperty("votes", finished.votes());
        number(json, "confidence", finished.confidence());
        json.writeStringProperty("reason", word(finished.reason()));
        if (!finished.note().isEmpty()) {
            json.writeStringProperty("note", finished.note());
        }
        write(json, finished.usage());
    }

    private static void write(JsonGenerator json, Event.Tally tally) {
        type(json, "tally");
        json.writeArrayPropertyStart("shares");
        for (Event.Share share : tally.shares()) {
            json.writeStartObject();
            json.writeStringProperty("answer", share.answer());
            json.writeNumberProperty("votes", share.votes());
            number(json, "weight", share.weight());
            number(json, "confidence", share.confidence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("silent", tally.silent());
        json.writeNumberProperty("pending", tally.pending());
    }

    private static void write(JsonGenerator json, Ledger ledger) {
        json.writeObjectPropertyStart("ledger");
        json.writeArrayPropertyStart("entries");
        for (Ledger.Entry entry : ledger.entries()) {
            json.writeStartObject();
            json.writeNumberProperty("agent", entry.agent());
            write(json, entry.usage());
            json.writeNumberProperty("money", entry.money());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("agents");
        ledger.agents().forEach(report -> write(json, report));
        json.writeEndArray();
        json.writeNumberProperty("seconds", seconds(ledger.wall()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, AgentReport report) {
        json.writeStartObject();
        json.writeNumberProperty("agent", report.agent());
        json.writeStringProperty("approach", report.approach());
        json.writeNumberProperty("started", seconds(report.started()));
        json.writeNumberProperty("seconds", seconds(report.time()));
        if (report.reasoningTokens() >= 0) {
            json.writeNumberProperty("reasoning_tokens", report.reasoningTokens());
        }
        report.answer().ifPresent(it -> json.writeStringProperty("answer", it));
        json.writeBooleanProperty("votes", report.votes());
        number(json, "confidence", report.confidence());
        json.writeStringProperty("reason", word(report.reason()));
        if (!report.note().isEmpty()) {
            json.writeStringProperty("note", report.note());
        }
        json.writeEndObject();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static void write(JsonGenerator json, Usage usage) {
        json.writeNumberProperty("cached", usage.cached());
        json.writeNumberProperty("computed", usage.computed());
        json.writeNumberProperty("generated", usage.generated());
    }

    private static void number(JsonGenerator json, String name, double value) {
        if (Double.isFinite(value)) {
            json.writeNumberProperty(name, value);
        }
    }

    private static void type(JsonGenerator json, String name) {
        json.writeStringProperty("type", name);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
