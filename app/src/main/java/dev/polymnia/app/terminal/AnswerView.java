package dev.polymnia.app.terminal;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;

/// A run whose output is piped: only the answer on the output, as it comes; that it is partial is
/// said on the error stream. Confined to the thread of the run.
final class AnswerView implements RunListener {
    private final Console console;

    AnswerView(Console console) {
        this.console = console;
    }

    @Override
    public void on(RunEvent event) {
        if (event.event() instanceof Event.AnswerDelta(String text)) {
            console.out().print(text);
            console.out().flush();
        }
        if (event.event() instanceof Event.RunFinished finished) {
            console.out().println();
            if (finished.outcome().partial()) {
                console.err().println(Summary.PARTIAL);
            }
            console.flush();
        }
    }
}
