package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.Gguf;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Source;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists, fetches and describes models.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia models list",
            "  polymnia models pull smollm2-135m",
            "  polymnia models info ./my-model.gguf"
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
            description = "Lists the store.catalogue().")
    void list() {
        Set<String> here =
                store.installed().stream().map(LocalModel::name).collect(Collectors.toSet());
        PrintWriter out = console.out();
        out.println("%-20s %9s  %-12s %8s  %s".formatted("name", "size", "licence", "context", ""));
        for (CatalogueEntry entry : store.catalogue().entries()) {
            out.println(
                    "%-20s %9s  %-12s %8d  %s%s"
                            .formatted(
                                    entry.name(),
                                    ConsoleProgress.megabytes(entry.bytes()),
                                    entry.licence(),
                                    entry.contextTokens(),
                                    here.contains(entry.name()) ? "here" : "",
                                    entry.equals(store.catalogue().defaultEntry())
                                            ? " (default)"
                                            : "")
                            .stripTrailing());
        }
    }

    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            description = "Fetches a model of the catalogue and checks it.")
    void pull(@Parameters(paramLabel = "NAME") String name) {
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
    void info(@Parameters(paramLabel = "NAME_OR_PATH") String name) {
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
        line("here", "no; `polymnia models pull " + entry.name() + "` fetches it");
    }

    private void describe(CatalogueEntry entry) {
        line("name", entry.name());
        line("title", entry.title());
        line("file", entry.file());
        line("bytes", Long.toString(entry.bytes()));
        line("sha256", entry.sha256());
        line("licence", entry.licence());
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
