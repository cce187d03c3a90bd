package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.llama.Quantizer;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.Gguf;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Progress;
import dev.polymnia.models.Source;
import dev.polymnia.models.TunedCopies;
import dev.polymnia.models.TunedCopy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists, fetches, describes, checks, tunes and removes models.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  polymnia models list",
            "  polymnia models pull smollm2-135m",
            "  polymnia models info ./my-model.gguf",
            "  polymnia models verify ./my-model.gguf",
            "  polymnia models tune qwen2.5-coder-1.5b",
            "  polymnia models rm --tuned qwen2.5-coder-1.5b",
            "  polymnia models rm smollm2-135m"
        })
final class ModelsCommand {
    private final Console console;
    private final ModelStore store;

    ModelsCommand(Console console) {
        this(console, ModelStore.ofThisMachine());
    }

    ModelsCommand(Console console, ModelStore store) {
        this.console = console;
        this.store = store;
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
            description =
                    "Deletes a model of the catalogue, its tuned copy, and what a fetch has left"
                            + " of it.")
    void remove(
            @Option(
                            names = "--tuned",
                            description =
                                    "deletes the tuned copy only, also that of a GGUF file of your"
                                            + " own")
                    boolean tuned,
            @Parameters(paramLabel = "NAME", completionCandidates = ModelNames.class) String name) {
        if (tuned && ModelStore.isPath(name)) {
            Path own = Path.of(name).toAbsolutePath().normalize();
            freed("the tuned copy of " + own, store.tuned().remove(own));
            return;
        }
        CatalogueEntry entry = store.catalogue().find(name);
        if (tuned) {
            freed("the tuned copy of " + entry.name(), store.tuned().remove(entry));
            return;
        }
        freed(entry.name(), store.remove(entry));
    }

    private void freed(String what, long bytes) {
        String sentence =
                bytes == 0
                        ? what + " was not here."
                        : "Deleted %s: %s are free again."
                                .formatted(what, ConsoleProgress.megabytes(bytes));
        console.out()
                .println(sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1));
    }

    @Command(
            name = "tune",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a copy of a model in the number format that is quickest on a processor,"
                            + " measures both, and uses the copy from then on if it is faster.")
    void tune(
            @Option(
                            names = "--keep",
                            description = "keeps and uses the copy even if it is not faster")
                    boolean keep,
            @Parameters(
                            paramLabel = "NAME_OR_PATH",
                            arity = "0..1",
                            description = "default: the model that is used when none is named",
                            completionCandidates = ModelNames.class)
                    @Nullable String name) {
        Cancellation cancellation = new Cancellation();
        try (Interrupt _ = Interrupt.cancels(cancellation)) {
            LocalModel original = tunable(name);
            if (store.tuned().state(original) instanceof TunedCopies.State.Whole(TunedCopy copy)) {
                line("tuned", words(copy));
                line("undo", "polymnia models rm --tuned " + original.address());
                return;
            }
            store.tuned().estimate(original);
            NativeLibraries libraries =
                    LibraryFolder.ofThisMachine(new ConsoleProgress(console), cancellation);
            Tuner.ofThisProgram(console, store.tuned(), libraries)
                    .tune(original, keep, console.out(), cancellation);
        }
        if (!TuningOffer.isAllowed(System.getenv())) {
            console.err()
                    .println(
                            "Tuned copies are not used while "
                                    + TuningOffer.VARIABLE
                                    + " says so.");
        }
    }

    /// What [Copying] runs in another process.
    @Command(name = Copying.SUBCOMMAND, hidden = true)
    void writeCopy(
            @Parameters(paramLabel = "FROM") Path from, @Parameters(paramLabel = "TO") Path to) {
        Copying.onlyForParent();
        new Quantizer(LibraryFolder.ofThisMachine(Progress.NONE, new Cancellation()))
                .write(from, to);
    }

    private LocalModel tunable(@Nullable String name) {
        Optional<String> endpoint =
                name == null
                        ? BackendOptions.endpoint(System.getenv())
                        : Optional.of(name).filter(text -> text.matches("https?://.*"));
        if (endpoint.isPresent()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The weights of %s are not on this machine; name a model of `polymnia models list` or a GGUF file."
                            .formatted(endpoint.get()));
        }
        LocalModel original = store.resolve(name == null ? store.usual().name() : name);
        original.entry()
                .flatMap(CatalogueEntry::elsewhere)
                .ifPresent(why -> {
                    throw new Fault(
                            Fault.Code.UNSUPPORTED,
                            "%s does not run in the embedded engine, because %s; so a copy of it is no use."
                                    .formatted(original.name(), why));
                });
        return original;
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
            switch (store.tuned().state(model)) {
                case TunedCopies.State.None _ -> {}
                case TunedCopies.State.Whole(TunedCopy copy) -> verify(model, copy, cancellation);
                case TunedCopies.State.Useless(String why) -> line("tuned", notUsed(why));
            }
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

    private void verify(LocalModel original, TunedCopy copy, Cancellation cancellation) {
        ConsoleProgress reading = new ConsoleProgress(console, "Reading", Clock.SYSTEM);
        boolean unchanged = store.tuned().isUnchanged(copy, reading, cancellation);
        reading.clear();
        if (!unchanged) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The tuned copy %s has not the SHA-256 of its record. Delete it with: polymnia models rm --tuned %s; then verify the model again."
                            .formatted(copy.path(), original.address()));
        }
        line("tuned", "the copy is as it was made");
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
        switch (store.tuned().state(model)) {
            case TunedCopies.State.None _ -> line("tuned", "no");
            case TunedCopies.State.Whole(TunedCopy copy) -> {
                line("tuned", words(copy));
                line("copy", copy.path().toString());
                line("tensors", copy.tensors());
            }
            case TunedCopies.State.Useless(String why) -> line("tuned", notUsed(why));
        }
        if (model.sha256().isEmpty()) {
            line("digest", "nobody vouches for this file; it was not checked against a digest");
        }
    }

    private static String notUsed(String why) {
        return "there is a copy that is not used: " + why;
    }

    private static String words(TunedCopy copy) {
        return "yes, %s, made on %s by %s"
                .formatted(
                        ConsoleProgress.megabytes(copy.bytes()),
                        LocalDate.ofInstant(copy.made(), ZoneId.systemDefault()),
                        copy.engine());
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
