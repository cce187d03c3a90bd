package dev.polymnia.app;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A run on a terminal: a live line per agent, then the votes, why it stopped, the answer and the
/// ledger. Confined to the thread of the run.
final class LiveView implements RunListener {
    /// The lines are drawn at most ten times a second, which is calm and costs nothing.
    private static final Duration FRAME = Duration.ofMillis(100);

    private final PrintWriter out;
    private final Style style;
    private final int width;
    private final Board board = new Board();
    private Duration drawn = Duration.ZERO.minus(FRAME);
    private int height;
    private boolean withBoard;
    private Optional<Event.Tally> tally = Optional.empty();
    private Optional<Event.StoppedEarly> stop = Optional.empty();
    private boolean answering;

    LiveView(Console console) {
        out = console.out();
        style = Style.of(console);
        width = console.width();
    }

    @Override
    public void on(RunEvent event) {
        board.on(event);
        switch (event.event()) {
            case Event.RunStarted started -> begin(started);
            case Event.AgentStarted _, Event.Told _ -> draw(event.at(), false);
            case Event.AgentFinished _ -> draw(event.at(), true);
            case Event.Tally latest -> tally = Optional.of(latest);
            case Event.StoppedEarly early -> stop = Optional.of(early);
            case Event.JoinStarted _ -> {}
            case Event.AnswerDelta(String text) -> answer(event.at(), text);
            case Event.RunFinished finished -> finish(finished);
            case Event.RunFailed _ -> draw(event.at(), true);
        }
        out.flush();
    }

    private void begin(Event.RunStarted started) {
        withBoard = started.mode() != Mode.INSTANT;
        out.println(
                style.faint(
                        "%s · %s · seed %d"
                                .formatted(
                                        started.mode().word(), started.model(), started.seed())));
    }

    private void draw(Duration at, boolean always) {
        if (!withBoard || answering || (!always && at.minus(drawn).compareTo(FRAME) < 0)) {
            return;
        }
        drawn = at;
        List<String> lines = board.lines(width - 1);
        if (height > 0) {
            out.print("\u001b[" + height + "A");
        }
        for (String line : lines) {
            out.print("\r\u001b[2K");
            out.println(line);
        }
        height = lines.size();
    }

    private void answer(Duration at, String text) {
        if (!answering) {
            draw(at, true);
            answering = true;
            verdict();
        }
        out.print(style.strong(text));
    }

    private void verdict() {
        tally.filter(latest -> !latest.shares().isEmpty())
                .ifPresent(latest -> out.println("votes    " + Summary.votes(latest)));
        stop.ifPresent(early -> out.println("stopped  " + Summary.stop(early)));
        if (withBoard) {
            out.println();
        }
    }

    private void finish(Event.RunFinished finished) {
        out.println();
        if (finished.outcome().partial()) {
            out.println(style.warning("The run was cut short: this is the best answer so far."));
        }
        out.println();
        Summary.ledger(finished.ledger()).forEach(line -> out.println(style.faint(line)));
    }
}
