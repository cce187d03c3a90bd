package dev.polymnia.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A console whose output can be read.
final class Terminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;

    private Terminal(String description, Map<String, String> environment, String piped) {
        console =
                Console.of(
                        description,
                        environment,
                        new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err);
    }

    static Terminal of(String description) {
        return new Terminal(description, Map.of(), "");
    }

    static Terminal of(String description, Map<String, String> environment) {
        return new Terminal(description, environment, "");
    }

    static Terminal piped(String text) {
        return new Terminal("", Map.of(), text);
    }

    Console console() {
        return console;
    }

    String out() {
        console.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        console.flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}
