package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.terminal.FakeConsole;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ServeLogTest {
    private final FakeConsole terminal = FakeConsole.of("");

    private static Configuration with(String variable, String value) {
        return Configuration.read(null, Map.of(variable, value));
    }

    @Test
    void it_writes_lines_of_json() {
        ServeLog log = ServeLog.of(terminal.console().err(), with("POLYMNIA_LOG_FORMAT", "json"));
        LogRecord broken = new LogRecord(Level.SEVERE, "a request broke");
        broken.setThrown(new IllegalStateException("why"));

        log.publish(broken);
        log.warn("It ends.");

        String[] lines = terminal.err().split("\n", -1);
        JsonNode first = JsonMapper.shared().readTree(lines[0]);
        JsonNode second = JsonMapper.shared().readTree(lines[1]);
        assertThat(first.get("event").asString()).isEqualTo("log");
        assertThat(first.get("level").asString()).isEqualTo("SEVERE");
        assertThat(first.get("message").asString()).isEqualTo("a request broke");
        assertThat(first.get("exception").asString()).contains("IllegalStateException: why");
        assertThat(second.get("message").asString()).isEqualTo("It ends.");
        assertThat(second.has("exception")).isFalse();
    }

    @Test
    void it_writes_text_for_people() {
        ServeLog log = ServeLog.of(terminal.console().err(), with("POLYMNIA_LOG_FORMAT", "text"));

        log.warn("It ends.");

        assertThat(terminal.err()).contains("WARNING: It ends.").doesNotContain("{");
    }

    @Test
    void requests_are_told_only_if_they_are_to_be() {
        ServeLog.requests(terminal.console().err(), with("POLYMNIA_LOG_REQUESTS", "false"))
                .accept("first");
        ServeLog.requests(terminal.console().err(), with("POLYMNIA_LOG_REQUESTS", "true"))
                .accept("second");

        assertThat(terminal.err().strip()).isEqualTo("second");
    }
}
