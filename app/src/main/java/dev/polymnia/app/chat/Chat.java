package dev.polymnia.app.chat;

import static java.util.stream.Collectors.joining;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.run.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks, answers, and asks again, until the person is done. Confined to one thread; the agents of a
/// run have their own.
public final class Chat {
    private final ChatTerminal terminal;
    private final BranchingModel model;
    private final Function<Mode, @Nullable ProgramRunner> programs;
    private final Session session;
    private final Commands commands = new Commands(this);
    private final List<Attachment> attachments = new ArrayList<>();
    private Settings settings;
    private LastRun lastRun = new LastRun();
    private boolean over;

    Chat(
            ChatTerminal terminal,
            BranchingModel model,
            Session session,
            Settings settings,
            Function<Mode, @Nullable ProgramRunner> programs) {
        this.terminal = terminal;
        this.model = model;
        this.session = session;
        this.settings = settings.checked();
        this.programs = programs;
    }

    /// How a chat begins.
    ///
    /// @param settings how its questions are asked
    /// @param system what the model is told first; may be empty
    /// @param resume the conversation to go on with, empty text for the latest; empty for a new one
    /// @param incognito whether nothing of it is written anywhere
    /// @param plain whether it is told in sentences instead of drawn
    public record Options(
            Settings settings,
            String system,
            Optional<String> resume,
            boolean incognito,
            boolean plain) {}

    /// Holds a chat; blocks until it is over.
    ///
    /// @param open opens the model that answers, which may take its time; it is closed at the end
    /// @param programs returns what runs the programs of a mode's agents; null if nothing does
    /// @throws Fault if the conversation to resume cannot be, or the last turns cannot be saved
    public static void hold(
            Console console,
            Supplier<BranchingModel> open,
            Options options,
            Function<Mode, @Nullable ProgramRunner> programs) {
        DataFolder data = DataFolder.ofThisMachine();
        try (Session session =
                new Session(
                        new ConversationFolder(data.conversations()),
                        options.incognito(),
                        options.system())) {
            options.resume().ifPresent(session::resume);
            try (BranchingModel model = open.get();
                    ChatTerminal terminal = terminal(console, data, options)) {
                new Chat(terminal, model, session, options.settings(), programs).hold();
            }
        }
    }

    /// Shows the conversations that can be resumed.
    public static void list(Console console) {
        listing(new ConversationFolder(DataFolder.ofThisMachine().conversations()))
                .forEach(console.out()::println);
    }

    private static ChatTerminal terminal(Console console, DataFolder data, Options options) {
        if (options.plain() || !console.typed() || !console.interactive()) {
            return new PlainTerminal(console);
        }
        return RichTerminal.open(
                console,
                options.incognito() ? Optional.empty() : Optional.of(data.history()),
                Commands.names());
    }

    /// Returns the conversations of a folder, a line each.
    static List<String> listing(ConversationFolder folder) {
        List<Conversation> all = folder.list();
        if (all.isEmpty()) {
            return List.of("There are no conversations yet.");
        }
        return all.stream()
                .map(each ->
                        "%-17s %3d %s  %s"
                                .formatted(
                                        each.id(),
                                        each.turns().size(),
                                        each.turns().size() == 1 ? "turn " : "turns",
                                        each.title()))
                .toList();
    }

    void hold() {
        terminal.say(
                "%s · %s · /help shows the commands, /quit ends"
                        .formatted(model.info().name(), settings.mode().word()));
        showLatest();
        while (!over) {
            Optional<String> line = terminal.read(settings.mode().word() + "> ");
            if (line.isEmpty()) {
                return;
            }
            take(line.get());
        }
    }

    private void take(String line) {
        try {
            if (commands.isCommand(line)) {
                commands.run(line.strip());
            } else if (!line.isBlank()) {
                ask(line.startsWith("//") ? line.substring(1) : line);
            }
        } catch (Fault fault) {
            terminal.warn(fault.getMessage());
        }
    }

    /// Has a question answered and adds both to the conversation. If it is not answered, because of
    /// a fault or an interrupt, the conversation stays as it was, and so do the attachments.
    private void ask(String words) {
        List<Content> parts = new ArrayList<>();
        attachments.forEach(attachment -> parts.add(attachment.content()));
        parts.add(new Content.Text(words));
        Message question = new Message(Role.USER, parts);
        Cancellation cancellation = new Cancellation();
        long seed =
                settings.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000));
        RunRequest request =
                new RunRequest(
                                UUID.randomUUID().toString(),
                                session.conversation().messages(question),
                                settings.mode(),
                                settings.budget(),
                                seed,
                                settings.agents(),
                                cancellation)
                        .withTeam(settings.team());
        terminal.interruptibly(() -> answer(request, question), cancellation::request);
    }

    private void answer(RunRequest request, Message question) {
        LastRun kept = new LastRun();
        RunListener view = terminal.view();
        lastRun = kept;
        Outcome outcome;
        try {
            Assistant assistant =
                    new Assistant(model, Clock.SYSTEM, programs.apply(request.mode()));
            outcome =
                    assistant.answer(
                            request,
                            event -> {
                                kept.on(event);
                                view.on(event);
                            });
        } catch (Fault fault) {
            if (fault.code() != Fault.Code.CANCELLED) {
                throw fault;
            }
            terminal.warn("Stopped. The question is not part of the conversation.");
            return;
        }
        attachments.clear();
        session.add(
                new Turn(
                        Instant.now(),
                        question,
                        Message.assistant(outcome.text()),
                        request.mode(),
                        request.seed(),
                        outcome.partial()));
    }

    ChatTerminal terminal() {
        return terminal;
    }

    Session session() {
        return session;
    }

    Settings settings() {
        return settings;
    }

    LastRun lastRun() {
        return lastRun;
    }

    void change(Settings value) {
        settings = value.checked();
    }

    void end() {
        over = true;
    }

    void attach(String path) {
        Attachment attachment = Attachment.read(path, model.info().can(Capability.IMAGES));
        attachments.add(attachment);
        terminal.say(
                "%s (%,d bytes) goes with the next question."
                        .formatted(attachment.name(), attachment.bytes()));
    }

    void dropAttachments() {
        attachments.clear();
    }

    /// Returns what goes with the next question, in words.
    String attachments() {
        return attachments.isEmpty()
                ? "Nothing is attached."
                : "With the next question: "
                        + attachments.stream().map(Attachment::name).collect(joining(", "))
                        + ".";
    }

    /// Shows the end of the conversation, so that a person knows where it stands.
    void showLatest() {
        session.latest()
                .ifPresent(turn -> {
                    terminal.say(
                            List.of(
                                    session.conversation().id()
                                            + " · turn "
                                            + session.conversation().turns().size(),
                                    "> " + turn.question().text().strip(),
                                    ""));
                    terminal.markdown(turn.answer().text());
                    terminal.say("");
                });
    }
}
