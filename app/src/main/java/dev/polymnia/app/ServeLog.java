package dev.polymnia.app;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a server tells of itself, each in a line of its own or as text. Thread-safe.
final class ServeLog extends Handler {
    /// Held, as loggers that nobody holds forget their levels.
    private static final Logger OWN = Logger.getLogger("polymnia");

    private final PrintWriter out;
    private final boolean json;

    private ServeLog(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
        setFormatter(new SimpleFormatter());
    }

    /// Returns a log in the form that a configuration says.
    static ServeLog of(PrintWriter out, Configuration configuration) {
        return new ServeLog(
                out, configuration.text(Setting.LOG_FORMAT).filter("json"::equals).isPresent());
    }

    /// From now on all that is logged in this process is written here, as much as a configuration
    /// says.
    void install(Configuration configuration) {
        Logger root = Logger.getLogger("");
        for (Handler each : root.getHandlers()) {
            root.removeHandler(each);
        }
        root.addHandler(this);
        OWN.setLevel(level(configuration.text(Setting.LOG_LEVEL).orElseThrow()));
    }

    /// Writes a warning, even while the process ends, when loggers have lost their handlers.
    void warn(String words) {
        LogRecord warning = new LogRecord(Level.WARNING, words);
        warning.setLoggerName(OWN.getName());
        publish(warning);
    }

    /// Returns what takes the lines of requests.
    static Consumer<String> requests(PrintWriter out, Configuration configuration) {
        if (!configuration.flag(Setting.LOG_REQUESTS)) {
            return _ -> {};
        }
        return line -> write(out, line);
    }

    private static Level level(String word) {
        return switch (word) {
            case "error" -> Level.SEVERE;
            case "warning" -> Level.WARNING;
            case "debug" -> Level.FINE;
            default -> Level.INFO;
        };
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record == null || !isLoggable(record)) {
            return;
        }
        write(out, json ? line(record) : getFormatter().format(record).stripTrailing());
    }

    private String line(LogRecord record) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("time", record.getInstant().toString());
        line.put("event", "log");
        line.put("level", record.getLevel().getName());
        line.put("logger", record.getLoggerName());
        line.put("message", getFormatter().formatMessage(record));
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.put("exception", trace.toString());
        }
        return line.toString();
    }

    private static void write(PrintWriter out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
