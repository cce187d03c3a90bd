package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.Gguf;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Source;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists, fetches, describes, checks and removes models.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia models list",
            "  polymnia models pull smollm2-135m",
            "  polymnia models info ./my-model.gguf",
            "  polymnia models verify ./my-model.gguf",
            "  polymnia models rm smollm2-135m"
        })
final class ModelsCommand {
    private final Console console;
    private final ModelStore store = ModelStore.ofThisMachine();

    ModelsCommand(Console console) {
        this.console = console;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the models that have names, which of them are here, and which one suits"
                            + " this machine.")
    void list() {
        new ModelTable(store, Machine.ofThisOne(), console).print();
    }

    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            description =
                    "Fetches a model of the catalogue and checks it; goes on where an earlier"
                            + " fetch ended.")
    void pull(
            @Parameters(paramLabel = "NAME", completionCandidates = ModelNames.class) String name) {
        Cancellation cancellation = new Cancellation();
        try (Interrupt _ = Interrupt.cancels(cancellation)) {
            CatalogueEntry entry = store.catalogue().find(name);
            console.out()
                    .println(
                            store.fetch(entry, new ConsoleProgress(console), cancellation)
                                    .toString());
        }
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Describes a model of the catalogue or a GGUF file.")
    void info(
            @Parameters(paramLabel = "NAME_OR_PATH", completionCandidates = ModelNames.class)
                    String name) {
        if (ModelStore.isPath(name)) {
            describe(store.resolve(name));
            return;
        }
        CatalogueEntry entry = store.catalogue().find(name);
        describe(entry);
        if (store.installed().stream().anyMatch(model -> model.name().equals(entry.name()))) {
            describe(store.resolve(name));
            return;
        }
        long partial = store.partialBytes(entry);
        line(
                "here",
                (partial == 0 ? "no" : ConsoleProgress.megabytes(partial) + " of it")
                        + "; `polymnia models pull "
                        + entry.name()
                        + "` fetches it");
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Deletes a model of the catalogue, and what a fetch has left of it.")
    void remove(
            @Parameters(paramLabel = "NAME", completionCandidates = ModelNames.class) String name) {
        CatalogueEntry entry = store.catalogue().find(name);
        long freed = store.remove(entry);
        console.out()
                .println(
                        freed == 0
                                ? entry.name() + " was not here."
                                : "Deleted %s: %s are free again."
                                        .formatted(entry.name(), ConsoleProgress.megabytes(freed)));
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Checks all of a model's file, and loads it in a process of its own, so that a"
                            + " damaged or hostile file can do no harm.")
    void verify(
            @Parameters(paramLabel = "NAME_OR_PATH", completionCandidates = ModelNames.class)
                    String name) {
        Cancellation cancellation = new Cancellation();
        try (Interrupt _ = Interrupt.cancels(cancellation)) {
            LocalModel model = store.resolve(name);
            ConsoleProgress reading = new ConsoleProgress(console, "Reading", Clock.SYSTEM);
            String sha256 = store.check(model, reading, cancellation);
            reading.clear();
            line("sha256", sha256 + (model.entry().isPresent() ? ", as in the catalogue" : ""));
            line("header", "good");
            console.out().flush();
            LibraryFolder.ofThisMachine(new ConsoleProgress(console), cancellation);
            console.status("Loading " + model.name() + " in a process of its own …");
            try {
                String token = Trial.ofThisProgram().run(model.path(), cancellation);
                console.status("");
                line("loads", "yes; its first token is " + token);
            } finally {
                console.status("");
            }
        }
    }

    /// What [Trial] runs in another process.
    @Command(name = Trial.SUBCOMMAND, hidden = true)
    void tryOut(@Parameters(paramLabel = "PATH") String path) {
        console.out().println(new FirstToken(store.resolve(path)).write());
    }

    private void describe(CatalogueEntry entry) {
        line("name", entry.name());
        line("title", entry.title());
        line("file", entry.file());
        line("bytes", Long.toString(entry.bytes()));
        line("sha256", entry.sha256());
        line("licence", entry.licence());
        line("tried", entry.tried() ? "yes" : "not by this version of Polymnia");
        entry.elsewhere()
                .ifPresent(why ->
                        line(
                                "engine",
                                "not the embedded one, because %s; %s serves it for --backend"
                                        .formatted(why, entry.server().orElse("a server"))));
        entry.sources().forEach(source -> line("source", words(source)));
    }

    private void describe(LocalModel model) {
        Gguf header = Gguf.read(model.path());
        line("path", model.path().toString());
        line("architecture", header.architecture());
        line("quantisation", header.quantisation());
        line("parameters", "%.2f billion".formatted(header.parameters() / 1e9));
        header.contextLength().ifPresent(length -> line("context", length + " tokens"));
        line("vocabulary", header.vocabularySize() + " tokens");
        line("template", header.chatTemplate().isPresent() ? "yes" : "none");
        if (model.sha256().isEmpty()) {
            line("digest", "nobody vouches for this file; it was not checked against a digest");
        }
    }

    private static String words(Source source) {
        return switch (source) {
            case Source.Hub hub ->
                    "model hub: %s, %s, revision %s"
                            .formatted(hub.repository(), hub.file(), hub.revision());
            case Source.PackageIndex(List<Source.Part> parts) ->
                    "package index: %s %s%s"
                            .formatted(
                                    parts.getFirst().packageName(),
                                    parts.getFirst().version(),
                                    parts.size() == 1
                                            ? ""
                                            : " and " + (parts.size() - 1) + " more");
        };
    }

    private void line(String key, String value) {
        console.out().println("%-13s %s".formatted(key, value));
    }
}
