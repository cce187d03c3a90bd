package dev.polymnia.app.terminal;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jline.utils.AttributedString;

/// A run on a terminal: a live line per agent, then the votes, why it stopped and the answer, whose
/// Markdown is shown as it is written. Thread-safe: what came right after a picture is drawn a
/// little later on another thread, unless the run draws again before.
final class RunView implements RunListener {
    /// The live part is drawn at most ten times a second, which is calm and costs nothing.
    private static final Duration FRAME = Duration.ofMillis(100);

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(
                    FRAME.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    private final Screen screen;
    private final Ink ink;
    private final boolean brief;
    private final Board board = new Board();
    private final MarkdownStream answer;
    private Duration drawn = Duration.ZERO.minus(FRAME);
    private boolean withBoard;
    private boolean answering;
    private boolean stale;
    private boolean over;
    private Optional<Event.Tally> tally = Optional.empty();
    private Optional<Event.StoppedEarly> stop = Optional.empty();

    /// @param brief whether the run ends with one line instead of its agents and its whole ledger
    RunView(Screen screen, Ink ink, boolean brief) {
        this.screen = screen;
        this.ink = ink;
        this.brief = brief;
        answer = new MarkdownStream(screen, ink);
    }

    @Override
    public synchronized void on(RunEvent event) {
        board.on(event);
        switch (event.event()) {
            case Event.RunStarted started -> begin(started);
            case Event.AgentStarted _, Event.Told _, Event.ToolFinished _ ->
                    drawAgents(event.at(), false);
            case Event.Suspended _ -> pause();
            case Event.AgentFinished _ -> drawAgents(event.at(), true);
            case Event.Tally latest -> tally = Optional.of(latest);
            case Event.StoppedEarly early -> stop = Optional.of(early);
            case Event.JoinStarted _, Event.BudgetRaised _ -> {}
            case Event.AnswerDelta(String text) -> say(event.at(), text);
            case Event.RunFinished finished -> finish(finished);
            case Event.RunFailed _ -> fail();
        }
    }

    private void begin(Event.RunStarted started) {
        withBoard = started.mode() != Mode.INSTANT;
        if (!brief) {
            faint(Summary.start(started));
        }
    }

    private void drawAgents(Duration at, boolean always) {
        if (withBoard && !answering && isDue(at, always)) {
            draw();
        }
    }

    private void say(Duration at, String text) {
        if (!answering) {
            answering = true;
            verdict();
        }
        answer.accept(text);
        if (isDue(at, false)) {
            draw();
        }
    }

    private boolean isDue(Duration at, boolean always) {
        if (!always && at.minus(drawn).compareTo(FRAME) < 0) {
            if (!stale) {
                stale = true;
                LATER.execute(this::drawLate);
            }
            return false;
        }
        drawn = at;
        return true;
    }

    private synchronized void drawLate() {
        if (stale && !over) {
            draw();
        }
    }

    private void draw() {
        stale = false;
        if (answering) {
            answer.draw();
        } else {
            screen.live(agents());
        }
    }

    private void verdict() {
        if (brief) {
            return;
        }
        keepAgents();
        tally.filter(latest -> !latest.shares().isEmpty())
                .ifPresent(latest -> screen.print("votes    " + Summary.votes(latest)));
        stop.ifPresent(early -> screen.print("stopped  " + Summary.stop(early)));
        if (withBoard) {
            screen.print("");
        }
    }

    private void finish(Event.RunFinished finished) {
        over = true;
        answer.finish();
        if (finished.outcome().partial()) {
            screen.print(Ink.line(Summary.PARTIAL, ink.warning()));
        }
        screen.print("");
        if (brief) {
            faint(Summary.brief(tally, finished.ledger()));
        } else {
            Summary.ledger(finished.ledger()).forEach(this::faint);
        }
    }

    /// The run goes on later, as if another had begun.
    private void pause() {
        stale = false;
        if (!answering) {
            keepAgents();
        }
    }

    private void fail() {
        over = true;
        if (answering) {
            answer.finish();
        } else {
            keepAgents();
        }
    }

    private void keepAgents() {
        screen.live(List.of());
        if (withBoard) {
            screen.print(agents());
        }
    }

    private List<AttributedString> agents() {
        return board.lines(screen.width() - 1, screen.height() - 1).stream()
                .map(AttributedString::new)
                .toList();
    }

    private void faint(String line) {
        screen.print(Ink.line(line, ink.faint()));
    }
}
