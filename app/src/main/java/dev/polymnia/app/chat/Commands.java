package dev.polymnia.app.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.app.terminal.Durations;
import dev.polymnia.app.terminal.Summary;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Budget;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// The commands of a chat: lines that begin with a slash.
final class Commands {
    private static final List<Command> ALL =
            List.of(
                    new Command("/help", "", "shows the commands", (c, _) -> c.help()),
                    new Command(
                            "/mode",
                            "[MODE]",
                            "instant, thinking or contemplating",
                            Commands::mode),
                    new Command("/agents", "[N]", "the most agents, 2 to 64", Commands::agents),
                    new Command(
                            "/budget",
                            "[TOKENS] [TIME] | off",
                            "limits of each answer, for example 2000 90s",
                            Commands::budget),
                    new Command("/seed", "[N] | off", "the seed of each answer", Commands::seed),
                    new Command("/ledger", "", "what the last answer cost", (c, _) -> c.ledger()),
                    new Command("/agent", "N", "all that an agent said last time", Commands::agent),
                    new Command(
                            "/attach",
                            "[FILE]",
                            "sends a file with the question",
                            Commands::attach),
                    new Command("/detach", "", "drops what is attached", (c, _) -> c.detach()),
                    new Command("/new", "", "begins a conversation", (c, _) -> c.begin()),
                    new Command("/list", "", "shows the conversations", (c, _) -> c.list()),
                    new Command("/resume", "[ID]", "goes on with a conversation", Commands::resume),
                    new Command(
                            "/save", "FILE", "writes the conversation as Markdown", Commands::save),
                    new Command("/quit", "", "ends the chat", (c, _) -> c.chat.end()));

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Chat chat;

    Commands(Chat chat) {
        this.chat = chat;
    }

    private record Command(
            String name, String arguments, String help, BiConsumer<Commands, String> action) {}

    /// Returns the names of all commands.
    static List<String> names() {
        return ALL.stream().map(Command::name).toList();
    }

    /// Returns whether a line is meant as a command. Two slashes begin a question with one.
    boolean isCommand(String line) {
        return line.startsWith("/") && !line.startsWith("//");
    }

    /// Runs a command.
    ///
    /// @throws Fault with `INVALID` if there is none of this name or its words are wrong
    void run(String line) {
        String[] words = SPACES.split(line, 2);
        Command command =
                ALL.stream()
                        .filter(each -> each.name().equals(words[0].toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> unknown(words[0]));
        command.action().accept(this, words.length == 1 ? "" : words[1].strip());
    }

    private static Fault unknown(String name) {
        List<String> similar =
                names().stream()
                        .filter(each -> name.length() > 1 && each.startsWith(name.substring(0, 2)))
                        .toList();
        return new Fault(
                Fault.Code.INVALID,
                "There is no command "
                        + name
                        + "; "
                        + (similar.isEmpty()
                                ? "/help shows them all."
                                : "did you mean " + String.join(" or ", similar) + "?")
                        + " To ask a question that begins with a slash, write two.");
    }

    private void help() {
        List<String> lines = new ArrayList<>();
        for (Command command : ALL) {
            lines.add(
                    "%-30s %s"
                            .formatted(
                                    (command.name() + " " + command.arguments()).strip(),
                                    command.help()));
        }
        lines.add("");
        lines.add("A line that ends with \\ goes on in the next one, and so does all between two");
        lines.add("lines of \"\"\"; Alt-Enter begins a new line. Ctrl-C stops an answer.");
        chat.terminal().say(lines);
    }

    private void mode(String word) {
        if (!word.isEmpty()) {
            Mode mode =
                    Arrays.stream(Mode.values())
                            .filter(each -> each.word().startsWith(word.toLowerCase(Locale.ROOT)))
                            .findFirst()
                            .orElseThrow(() ->
                                    wrong(word, "a mode", "instant, thinking or contemplating"));
            chat.change(chat.settings().withMode(mode));
        }
        chat.terminal().say("mode " + chat.settings().mode().word());
    }

    private void agents(String word) {
        if (!word.isEmpty()) {
            int agents = (int) number(word, "a number of agents", RunRequest.MOST_AGENTS);
            if (agents < 2) {
                throw wrong(word, "a number of agents", "2 to 64");
            }
            chat.change(chat.settings().withAgents(agents));
        }
        chat.terminal().say("at most " + chat.settings().agents() + " agents");
    }

    private void budget(String words) {
        if (words.equalsIgnoreCase("off")) {
            chat.change(chat.settings().withBudget(Budget.UNLIMITED));
        } else if (!words.isEmpty()) {
            // There is no word for money here, so none can take its limit away unseen.
            Budget budget = Budget.UNLIMITED.withMoney(chat.settings().budget().money());
            for (String word : SPACES.split(words, -1)) {
                budget =
                        word.matches("\\d+")
                                ? budget.withTokens(number(word, "a number of tokens", 1L << 40))
                                : budget.withTime(duration(word));
            }
            chat.change(chat.settings().withBudget(budget));
        }
        chat.terminal().say("budget: " + chat.settings().budgetWords());
    }

    private static Duration duration(String word) {
        try {
            return new Durations().convert(word);
        } catch (TypeConversionException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "'" + word + "' is no limit; write tokens as 2000, time as 90s, or off.",
                    e);
        }
    }

    private void seed(String word) {
        if (!word.isEmpty()) {
            chat.change(
                    chat.settings()
                            .withSeed(
                                    word.equalsIgnoreCase("off")
                                            ? Optional.empty()
                                            : Optional.of(number(word, "a seed", Long.MAX_VALUE))));
        }
        chat.terminal()
                .say(
                        chat.settings()
                                .seed()
                                .map(seed -> "seed " + seed)
                                .orElse("a new seed each time"));
    }

    private void ledger() {
        chat.terminal()
                .say(
                        chat.lastRun()
                                .ledger()
                                .map(Summary::ledger)
                                .orElse(List.of("Nothing has been asked yet.")));
    }

    private void agent(String word) {
        int agents = chat.lastRun().agents();
        if (agents == 0) {
            chat.terminal().say("Nothing has been asked yet.");
            return;
        }
        int number = (int) number(word, "an agent's number", agents);
        chat.terminal()
                .markdown(
                        chat.lastRun()
                                .words(number - 1)
                                .orElseThrow(
                                        () -> wrong(word, "an agent's number", "1 to " + agents)));
    }

    private void attach(String path) {
        if (path.isEmpty()) {
            chat.terminal().say(chat.attachments());
            return;
        }
        chat.attach(path);
    }

    private void detach() {
        chat.dropAttachments();
        chat.terminal().say(chat.attachments());
    }

    private void begin() {
        chat.session().begin();
        chat.terminal().say("A new conversation.");
    }

    private void list() {
        chat.terminal().say(Chat.listing(chat.session().folder()));
    }

    private void resume(String id) {
        chat.session().resume(id);
        chat.showLatest();
    }

    private void save(String where) {
        if (where.isEmpty()) {
            throw new Fault(Fault.Code.INVALID, "Write /save and the file to write to.");
        }
        try {
            Path path = Path.of(where).toAbsolutePath();
            Files.writeString(
                    path,
                    chat.session().conversation().markdown(),
                    UTF_8,
                    StandardOpenOption.CREATE_NEW);
            chat.terminal().say("Written to " + path + ".");
        } catch (FileAlreadyExistsException e) {
            throw new Fault(
                    Fault.Code.INVALID, where + " is there already; choose another name.", e);
        } catch (IOException | InvalidPathException e) {
            throw new Fault(Fault.Code.UNAVAILABLE, "Cannot write to " + where + ": " + e, e);
        }
    }

    private static long number(String word, String what, long most) {
        try {
            long number = Long.parseLong(word);
            if (number >= 1 && number <= most) {
                return number;
            }
            throw wrong(word, what, "1 to " + most);
        } catch (NumberFormatException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "'" + word + "' is not " + what + "; choose 1 to " + most + ".",
                    e);
        }
    }

    private static Fault wrong(String word, String what, String range) {
        return new Fault(
                Fault.Code.INVALID, "'" + word + "' is not " + what + "; choose " + range + ".");
    }
}
