package dev.polymnia.app;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.app.terminal.TerminalScreen;
import dev.polymnia.app.terminal.Views;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.run.Budget;
import dev.polymnia.models.Catalogue;
import dev.polymnia.models.ChatFormat;
import dev.polymnia.models.template.ChatTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import picocli.CommandLine.Command;

/// Walks the way from a command line to an answer without a model, an engine or another machine.
/// The JVM that is told to make an ahead-of-time cache records what it sees; see
/// docs/design/start-up.md.
@Command(
        name = "rehearse",
        hidden = true,
        mixinStandardHelpOptions = true,
        description =
                "Does what comes before and after a model's work, and shows nothing: what the"
                        + " ahead-of-time cache is made from.")
final class RehearseCommand implements Callable<Integer> {
    private static final List<List<String>> LINES =
            List.of(
                    List.of("--help"),
                    List.of("ask", "--help"),
                    List.of("models", "list"),
                    List.of("models", "info", "smollm2-135m"),
                    List.of("ask", "--mode", "thinking", "--model", "no-such-model.gguf", "Why?"));

    private static final String TEMPLATE =
            """
            {% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' }}\
            {{ message.content | trim }}{{ '<|im_end|>\\n' }}{% endfor %}\
            {% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
            """;

    private final Console console =
            Console.of(
                    "out,err,80",
                    Map.of(),
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream());

    @Override
    public Integer call() throws IOException, ClassNotFoundException {
        loadOwnClasses();
        for (List<String> line : LINES) {
            Main.run(console, false, line.toArray(String[]::new));
        }
        ModelProfile profile = Catalogue.builtIn().defaultEntry().profile();
        render(profile);
        answer(profile);
        askEndpoint();
        return 0;
    }

    /// Loads every class of ours, because most of the engine is out of a rehearsal's reach. Not
    /// those for endpoints, embeddings and the store: their libraries can only be reached once one
    /// has been opened.
    private static void loadOwnClasses() throws IOException, ClassNotFoundException {
        for (Path jar : jars()) {
            // Only classes in jars can be put into a cache.
            if (Files.isRegularFile(jar)) {
                loadOwnClasses(jar);
            }
        }
    }

    /// Returns where our modules lie; on a class path, where this class lies: all are in one jar.
    private static List<Path> jars() {
        ModuleLayer layer = RehearseCommand.class.getModule().getLayer();
        if (layer == null) {
            CodeSource source = RehearseCommand.class.getProtectionDomain().getCodeSource();
            return List.of(Path.of(URI.create(source.getLocation().toString())));
        }
        return layer.configuration().modules().stream()
                .filter(module -> module.name().startsWith("dev.polymnia."))
                .flatMap(module -> module.reference().location().stream())
                .map(Path::of)
                .toList();
    }

    private static void loadOwnClasses(Path jar) throws IOException, ClassNotFoundException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names =
                    file.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.startsWith("dev/polymnia/"))
                            .filter(name -> !name.startsWith("dev/polymnia/embed/"))
                            .filter(name -> !name.startsWith("dev/polymnia/remote/"))
                            .filter(name -> !name.startsWith("dev/polymnia/server/store/"))
                            .filter(name -> name.endsWith(".class"))
                            .filter(name -> !name.endsWith("-info.class"))
                            .toList();
            for (String name : names) {
                String type = name.replace('/', '.').substring(0, name.length() - 6);
                Class.forName(type, false, RehearseCommand.class.getClassLoader());
            }
        }
    }

    private static void render(ModelProfile profile) {
        new ChatFormat(
                        ChatTemplate.parse(TEMPLATE),
                        "<s>",
                        "</s>",
                        profile.reasoning(),
                        Clock.SYSTEM)
                .render(Prompt.of(Message.system("Be brief."), Message.user("Why?")));
    }

    private void answer(ModelProfile profile) throws IOException {
        Set<Capability> capabilities =
                EnumSet.of(
                        Capability.FORKS,
                        Capability.SHARED_PREFIXES,
                        Capability.LOG_PROBABILITIES,
                        Capability.ALTERNATIVES,
                        Capability.BEGINNING);
        ModelInfo info = new ModelInfo("echo", "", 4096, capabilities, profile);
        try (EchoModel model = new EchoModel(info, "2 + 2 is **4**.\n\nAnswer: 4");
                Terminal terminal = silentTerminal()) {
            Assistant assistant = new Assistant(model, Clock.SYSTEM);
            for (Mode mode : Mode.values()) {
                RunRequest request = request(mode);
                assistant.answer(request, Views.live(console, new TerminalScreen(terminal), false));
                Views.show(console, false, true, view -> assistant.answer(request, view));
                Views.show(console, true, false, view -> assistant.answer(request, view));
            }
        }
    }

    /// Asks an endpoint of our own, where the libraries for endpoints can be reached.
    private void askEndpoint() throws IOException {
        if (ClassLoader.getSystemResource("com/openai/client/OpenAIClient.class") == null) {
            return;
        }
        try (EchoEndpoint endpoint = new EchoEndpoint()) {
            Main.run(
                    console,
                    false,
                    "ask",
                    "--json",
                    "--mode",
                    "instant",
                    "--backend",
                    endpoint.address(),
                    "Why?");
        }
    }

    private static Terminal silentTerminal() throws IOException {
        return new ExternalTerminal(
                "rehearsal",
                "xterm-256color",
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                StandardCharsets.UTF_8);
    }

    private static RunRequest request(Mode mode) {
        return new RunRequest(
                "rehearsal",
                List.of(Message.user("What is 2 + 2?")),
                mode,
                Budget.UNLIMITED,
                1,
                4,
                new Cancellation());
    }
}
