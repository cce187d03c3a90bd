package dev.polymnia.app.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.agents.RunListener;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.Printable;
import dev.polymnia.app.terminal.Views;
import dev.polymnia.core.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Optional;
import org.jline.utils.Signals;

/// A chat line by line: for screen readers, for what is piped in, and for terminals that cannot
/// move their cursor. Nothing is drawn over.
final class PlainTerminal implements ChatTerminal {
    private final Console console;
    private final BufferedReader in;

    PlainTerminal(Console console) {
        this.console = console;
        in = new BufferedReader(new InputStreamReader(console.in(), UTF_8));
    }

    @Override
    public Optional<String> read(String prompt) {
        StringBuilder text = new StringBuilder();
        String before = prompt;
        while (true) {
            Optional<String> line = line(before);
            if (line.isEmpty()) {
                return Optional.of(text.toString()).filter(rest -> !rest.isBlank());
            }
            text.append(line.get());
            if (!MultiLine.isUnfinished(text.toString())) {
                return Optional.of(Printable.text(MultiLine.joined(text.toString())));
            }
            text.append('\n');
            before = "… ";
        }
    }

    private Optional<String> line(String prompt) {
        if (console.typed()) {
            console.out().print(prompt);
            console.flush();
        }
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "The standard input cannot be read: " + e, e);
        }
    }

    @Override
    public void say(List<String> lines) {
        lines.forEach(line -> console.out().println(Printable.line(line)));
        console.flush();
    }

    @Override
    public void warn(String line) {
        console.flush();
        console.err().println(Printable.line(line));
        console.flush();
    }

    @Override
    public void markdown(String text) {
        console.out().println(Printable.text(text));
        console.flush();
    }

    @Override
    public RunListener view() {
        return Views.plain(console, true);
    }

    @Override
    public void interruptibly(Runnable work, Runnable interrupt) {
        Object previous = Signals.register("INT", interrupt);
        try {
            work.run();
        } finally {
            Signals.unregister("INT", previous);
        }
    }

    @Override
    public void close() {
        console.flush();
    }
}
