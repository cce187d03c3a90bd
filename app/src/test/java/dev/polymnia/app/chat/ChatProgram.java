package dev.polymnia.app.chat;

import dev.polymnia.agents.TeamChoice;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Budget;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// The chat as a program of its own, with a model that needs no weights. Asked for something
/// endless it says some words and stands still until it is interrupted.
final class ChatProgram {
    private static final int WORDS_BEFORE_THE_STOP = 12;

    private ChatProgram() {}

    /// Holds a chat.
    ///
    /// @param arguments `plain` for sentences
    public static void main(String... arguments) {
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        AtomicInteger team = new AtomicInteger(0);
        Script script =
                (request, index) -> {
                    String question = request.prompt().messages().getLast().text();
                    if (question.startsWith("endless")) {
                        request.options().cancellation().onRequest(interrupted::countDown);
                        left.set(WORDS_BEFORE_THE_STOP);
                        team.set(question.endsWith("four") ? 4 : 1);
                        return Reply.of("again and ".repeat(100));
                    }
                    return Reply.of(answer(question, index));
                };
        try (ScriptedModel model = ScriptedModel.of(script)) {
            model.afterStep(() -> {
                awaitTeam(model, team.getAndSet(0));
                if (left.getAndDecrement() == 0) {
                    await(interrupted);
                }
            });
            Chat.hold(
                    Console.ofThisProcess(),
                    () -> model,
                    new Chat.Options(
                            new Settings(
                                    Mode.INSTANT,
                                    4,
                                    Budget.UNLIMITED,
                                    Optional.of(1L),
                                    TeamChoice.PROFILE),
                            "",
                            Optional.empty(),
                            false,
                            arguments.length > 0),
                    _ -> null);
        }
        System.exit(0);
    }

    private static String answer(String question, int index) {
        return switch (question) {
            case "list" -> "Take:\n\n1. **eggs**\n2. `milk`\n\n| a | b |\n|---|---|\n| 1 | 2 |";
            case "vote" -> index % 4 == 3 ? "Answer: 7" : "Answer: 8";
            default -> "You said: " + question.replace("\n", " / ");
        };
    }

    /// So that no agent is far ahead when the others begin.
    private static void awaitTeam(ScriptedModel model, int agents) {
        try {
            model.awaitLive(agents);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
