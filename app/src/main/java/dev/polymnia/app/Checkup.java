package dev.polymnia.app;

import dev.polymnia.core.Fault;
import dev.polymnia.llama.library.LibraryFolder;
import dev.polymnia.llama.library.NativeLibraries;
import dev.polymnia.models.CacheFolder;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.LocalModel;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.NpmPackages;
import dev.polymnia.models.PackageIndex;
import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Looks at what Polymnia needs of a machine, without fetching or changing anything.
final class Checkup {
    private final ModelStore store;
    private final CacheFolder cache;
    private final Map<String, String> environment;

    Checkup(ModelStore store, CacheFolder cache, Map<String, String> environment) {
        this.store = store;
        this.cache = cache;
        this.environment = Map.copyOf(environment);
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(processor());
        findings.add(libraries());
        findings.add(models());
        findings.add(memory());
        findings.add(folder());
        findings.add(sandbox());
        return findings;
    }

    /// Returns the model that a speed test measures: the default if it is here, else the smallest.
    Optional<LocalModel> measurable() {
        List<LocalModel> here = store.installed();
        CatalogueEntry standard = store.usual();
        return here.stream()
                .filter(model -> model.name().equals(standard.name()))
                .findFirst()
                .or(() -> here.stream().min(Comparator.comparingLong(Checkup::bytes)));
    }

    private static long bytes(LocalModel model) {
        return model.entry().map(CatalogueEntry::bytes).orElse(Long.MAX_VALUE);
    }

    private static Finding sandbox() {
        try (Sandbox sandbox = Sandboxes.open()) {
            Duration took = sandbox.run(Job.python("print(1)")).wall();
            return Finding.good(
                    "sandbox",
                    "%s; the smallest program takes %d ms"
                            .formatted(sandbox.description(), took.toMillis()));
        } catch (Fault fault) {
            if (fault.code() != Fault.Code.UNAVAILABLE) {
                throw fault;
            }
            return Finding.note("sandbox", "none: tasks with code are off", fault.getMessage());
        }
    }

    private static Finding java() {
        return Finding.good("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    private static Finding processor() {
        return Finding.good(
                "processor",
                "%s, %s, %d cores"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors()));
    }

    private Finding libraries() {
        try {
            Optional<NativeLibraries> here = LibraryFolder.installed();
            if (here.isPresent()) {
                return Finding.good(
                        "libraries",
                        "%s, because %s; in %s"
                                .formatted(
                                        here.get().device(),
                                        here.get().why(),
                                        here.get().folder()));
            }
        } catch (Fault e) {
            return Finding.bad("libraries", e.getMessage(), "");
        }
        return new NpmPackages(environment)
                .program()
                .map(npm -> Finding.note("libraries", "not fetched yet", npm + " will bring them"))
                .orElseGet(() ->
                        Finding.bad(
                                "libraries",
                                "not here, and there is no npm on the PATH",
                                "install Node.js, or set POLYMNIA_LLAMA_HOME to a"
                                        + " llama.cpp of your own"));
    }

    private Finding models() {
        List<String> here = store.installed().stream().map(this::name).toList();
        if (!here.isEmpty()) {
            return Finding.good("models", String.join(", ", here));
        }
        String pip =
                new PackageIndex(environment)
                        .program()
                        .map(program -> program + " will bring them if the hub does not")
                        .orElse("there is no pip to help out if the hub cannot be reached");
        return Finding.note("models", "none fetched yet", "the model hub will bring them; " + pip);
    }

    private String name(LocalModel model) {
        return model.entry().filter(store::isTuned).isPresent()
                ? model.name() + " (tuned)"
                : model.name();
    }

    private Finding memory() {
        long total = Machine.allMemory();
        if (total == 0) {
            return Finding.note("memory", "this JDK does not tell", "");
        }
        long needed = store.usual().bytes() * 2;
        String value = "%s in all".formatted(gigabytes(total));
        return total >= needed
                ? Finding.good("memory", value)
                : Finding.note(
                        "memory",
                        value,
                        "the default model wants %s; choose a smaller one with --model"
                                .formatted(gigabytes(needed)));
    }

    private Finding folder() {
        Path existing = cache.root();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.bad(
                    "cache",
                    existing + " cannot be written to",
                    "make it writable, or set POLYMNIA_HOME to another folder");
        }
        long free = existing.toFile().getUsableSpace();
        long needed = measurable().isPresent() ? 0 : store.usual().bytes() * 11 / 10;
        String value = "%s, %s free".formatted(cache.root(), gigabytes(free));
        return free >= needed
                ? Finding.good("cache", value)
                : Finding.bad(
                        "cache",
                        value,
                        "the default model needs %s: free some, or set POLYMNIA_HOME to another"
                                        .formatted(gigabytes(needed))
                                + " disk");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
