package dev.polymnia.app.chat;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.RunListener;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.Printable;
import dev.polymnia.app.terminal.Screen;
import dev.polymnia.app.terminal.TerminalScreen;
import dev.polymnia.app.terminal.Terminals;
import dev.polymnia.app.terminal.Views;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.AggregateCompleter;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;

/// A chat on a terminal that can move its cursor: lines are edited, remembered and completed, runs
/// are drawn.
final class RichTerminal implements ChatTerminal {
    private static final String NEW_LINE = "polymnia-new-line";
    private static final int REMEMBERED = 1000;

    private final Console console;
    private final Terminal terminal;
    private final Screen screen;
    private final LineReader reader;

    private RichTerminal(
            Console console, Terminal terminal, Optional<Path> history, List<String> commands) {
        this.console = console;
        this.terminal = terminal;
        screen = new TerminalScreen(terminal);
        reader = reader(terminal, history, commands);
    }

    /// Opens the terminal of this process.
    ///
    /// @param history keeps what was typed; empty if nothing is to be kept
    /// @param commands are completed
    static RichTerminal open(Console console, Optional<Path> history, List<String> commands) {
        try {
            if (history.isPresent()) {
                PrivateFiles.create(history.get());
            }
            return new RichTerminal(console, Terminals.forInput(), history, commands);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The chat cannot begin: " + e + "; try --plain or --incognito.",
                    e);
        }
    }

    private static LineReader reader(
            Terminal terminal, Optional<Path> history, List<String> commands) {
        LineReaderBuilder builder =
                LineReaderBuilder.builder()
                        .appName("polymnia")
                        .terminal(terminal)
                        .parser(new Lines())
                        .completer(
                                new AggregateCompleter(
                                        new ArgumentCompleter(
                                                new StringsCompleter("/mode"),
                                                new StringsCompleter(
                                                        Arrays.stream(Mode.values())
                                                                .map(Mode::word)
                                                                .toList()),
                                                NullCompleter.INSTANCE),
                                        new ArgumentCompleter(
                                                new StringsCompleter("/attach", "/save"),
                                                new PathCompleter(),
                                                NullCompleter.INSTANCE),
                                        new ArgumentCompleter(
                                                new StringsCompleter(commands),
                                                NullCompleter.INSTANCE)))
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "… ")
                        .variable(LineReader.HISTORY_SIZE, REMEMBERED)
                        .variable(LineReader.HISTORY_FILE_SIZE, REMEMBERED);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        LineReader reader = builder.build();
        reader.getWidgets()
                .put(
                        NEW_LINE,
                        () -> {
                            reader.getBuffer().write('\n');
                            return true;
                        });
        requireNonNull(reader.getKeyMaps().get(LineReader.MAIN))
                .bind(new Reference(NEW_LINE), KeyMap.alt('\r'), KeyMap.alt('\n'));
        return reader;
    }

    @Override
    public Optional<String> read(String prompt) {
        while (true) {
            try {
                return Optional.of(Printable.text(MultiLine.joined(reader.readLine(prompt))));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isBlank()) {
                    say("Ctrl-D or /quit ends the chat.");
                }
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void say(List<String> lines) {
        screen.print(
                lines.stream().map(line -> new AttributedString(Printable.text(line))).toList());
    }

    @Override
    public void warn(String line) {
        screen.live(List.of());
        Views.warning(console, screen, Printable.line(line));
    }

    @Override
    public void markdown(String text) {
        Views.markdown(console, screen, text);
    }

    @Override
    public RunListener view() {
        return Views.live(console, screen, true);
    }

    @Override
    public void interruptibly(Runnable work, Runnable interrupt) {
        // What is typed meanwhile is not echoed into the picture; it waits for the next prompt.
        Attributes attributes = terminal.getAttributes();
        terminal.echo(false);
        Terminal.SignalHandler previous =
                terminal.handle(Terminal.Signal.INT, _ -> interrupt.run());
        try {
            work.run();
        } finally {
            terminal.handle(Terminal.Signal.INT, previous);
            terminal.setAttributes(attributes);
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "The terminal cannot be closed: " + e.getMessage(), e);
        }
    }

    /// Says which lines are complete. Quotes and backslashes mean nothing within a line: people
    /// write apostrophes and paths.
    private static final class Lines extends DefaultParser {
        Lines() {
            quoteChars(new char[0]);
            escapeChars(new char[0]);
        }

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == Parser.ParseContext.ACCEPT_LINE && MultiLine.isUnfinished(line)) {
                throw new EOFError(-1, -1, "more lines are to come");
            }
            return super.parse(line, cursor, context);
        }
    }
}
