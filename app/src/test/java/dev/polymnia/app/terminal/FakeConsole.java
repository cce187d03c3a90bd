package dev.polymnia.app.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A console whose output can be read.
public final class FakeConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;

    private FakeConsole(String description, Map<String, String> environment, String piped) {
        console =
                Console.of(
                        description,
                        environment,
                        new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err);
    }

    public static FakeConsole of(String description) {
        return new FakeConsole(description, Map.of(), "");
    }

    public static FakeConsole of(String description, Map<String, String> environment) {
        return new FakeConsole(description, environment, "");
    }

    public static FakeConsole piped(String text) {
        return new FakeConsole("", Map.of(), text);
    }

    /// A person sits at the terminal and types this.
    public static FakeConsole typing(String text) {
        return new FakeConsole("in,out,err,80", Map.of(), text);
    }

    public static FakeConsole of(String description, String typed) {
        return new FakeConsole(description, Map.of(), typed);
    }

    public Console console() {
        return console;
    }

    public String out() {
        console.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        console.flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}
