package dev.polymnia.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.ExternalTerminal;

/// Opens the terminal of this process.
public final class Terminals {
    private static final String NAME = "polymnia";
    private static final int USUAL_HEIGHT = 24;

    private Terminals() {}

    /// Opens it to read from and to write on, and takes its signals.
    public static Terminal forInput() throws IOException {
        return TerminalBuilder.builder()
                .name(NAME)
                .system(true)
                .dumb(false)
                .nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_IGN)
                // Asking the terminal whether it knows them would swallow, with its reply, what was
                // typed while the model was being loaded.
                .graphemeCluster(false)
                .encoding(UTF_8)
                .build();
    }

    /// Opens it to write on; its signals stay as they are. If something else than a person is at
    /// the input, its size is taken once and not looked at again.
    static Terminal forOutput(Console console) throws IOException {
        if (console.typed()) {
            return TerminalBuilder.builder()
                    .name(NAME)
                    .system(true)
                    .dumb(true)
                    .nativeSignals(false)
                    .graphemeCluster(false)
                    .encoding(UTF_8)
                    .build();
        }
        Terminal terminal =
                new ExternalTerminal(
                        NAME,
                        System.getenv().getOrDefault("TERM", "xterm"),
                        InputStream.nullInputStream(),
                        new FileOutputStream(FileDescriptor.out),
                        UTF_8);
        terminal.setSize(Size.of(console.width(), USUAL_HEIGHT));
        return terminal;
    }
}
