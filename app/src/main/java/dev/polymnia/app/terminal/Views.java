package dev.polymnia.app.terminal;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;

/// Chooses how a run is shown.
public final class Views {
    private Views() {}

    /// Shows one run on a console: for programs if that was asked for, the answer alone if the
    /// output is piped, in sentences or live on a terminal.
    ///
    /// @param json whether programs read it
    /// @param plain whether it is told in sentences instead of drawn
    /// @param run is handed the view
    public static void show(
            Console console, boolean json, boolean plain, Consumer<RunListener> run) {
        if (json) {
            run.accept(new JsonView(console.out()));
        } else if (!console.interactive()) {
            run.accept(new AnswerView(console));
        } else if (plain) {
            run.accept(plain(console, false));
        } else {
            try (Terminal terminal = Terminals.forOutput(console)) {
                run.accept(live(console, new TerminalScreen(terminal), false));
            } catch (IOException e) {
                throw new Fault(
                        Fault.Code.UNAVAILABLE,
                        "The terminal cannot be used: " + e.getMessage() + "; try --plain.",
                        e);
            }
        }
    }

    /// Returns a view that tells a run in sentences.
    ///
    /// @param brief whether the run ends with one line instead of its whole ledger
    public static RunListener plain(Console console, boolean brief) {
        return new PlainView(console.out(), brief);
    }

    /// Returns a view that draws a run.
    ///
    /// @param brief whether the run ends with one line instead of its agents and its whole ledger
    public static RunListener live(Console console, Screen screen, boolean brief) {
        return new RunView(screen, Ink.of(console), brief);
    }

    /// Writes a line on a screen that says that something did not go well.
    public static void warning(Console console, Screen screen, String line) {
        screen.print(Ink.line(line, Ink.of(console).warning()));
    }

    /// Writes a text of Markdown on a screen.
    public static void markdown(Console console, Screen screen, String text) {
        MarkdownStream stream = new MarkdownStream(screen, Ink.of(console));
        stream.accept(text);
        stream.finish();
    }
}
