package dev.polymnia.app;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import dev.polymnia.core.Fault;
import dev.polymnia.server.trace.TraceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a configuration says of traces. Stateless.
final class TraceSettings {
    private TraceSettings() {}

    /// Returns where traces are sent; null for nowhere.
    ///
    /// @throws Fault `NOT_FOUND` if the file of headers cannot be read, `INVALID` if something is
    ///   not right
    static @Nullable TraceOptions options(Configuration configuration) {
        Optional<String> endpoint = configuration.text(Setting.TRACES_ENDPOINT);
        if (endpoint.isEmpty()) {
            return null;
        }
        List<String> headers =
                configuration
                        .file(Setting.TRACES_HEADERS_FILE)
                        .map(TraceSettings::lines)
                        .orElse(List.of());
        return TraceOptions.of(
                endpoint.get(), headers, configuration.whole(Setting.TRACES_PERCENT));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The file of headers for traces, %s, cannot be read as text; check its name and its rights."
                            .formatted(file),
                    e);
        }
    }
}
