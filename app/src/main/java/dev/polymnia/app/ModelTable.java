package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.models.CatalogueEntry;
import dev.polymnia.models.ModelStore;
import dev.polymnia.models.Recommendation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The list of models, in columns, or below each other on a narrow terminal.
final class ModelTable {
    private static final int COLUMNS = 80;

    private final ModelStore store;
    private final Machine machine;
    private final PrintWriter out;
    private final int width;

    ModelTable(ModelStore store, Machine machine, Console console) {
        this.store = store;
        this.machine = machine;
        out = console.out();
        width = console.width();
    }

    void print() {
        boolean wide = width >= COLUMNS;
        if (wide) {
            out.println(row("name", "size", "licence", "memory", ""));
        }
        for (CatalogueEntry entry : store.catalogue().entries()) {
            String size = ConsoleProgress.megabytes(entry.bytes());
            if (wide) {
                out.println(row(entry.name(), size, entry.licence(), memory(entry), state(entry)));
            } else {
                wrap(entry.name(), "");
                wrap(String.join(", ", facts(entry, size)), "  ");
            }
        }
        out.println();
        wrap(recommendation(), "");
    }

    private List<String> facts(CatalogueEntry entry, String size) {
        List<String> facts = new ArrayList<>(List.of(size, entry.licence(), memory(entry)));
        if (!state(entry).isEmpty()) {
            facts.add(state(entry));
        }
        return facts;
    }

    private static String row(
            String name, String size, String licence, String memory, String state) {
        return "%-18s %8s  %-10s %-7s %s"
                .formatted(name, size, licence, memory, state)
                .stripTrailing();
    }

    private String memory(CatalogueEntry entry) {
        if (machine.memoryBytes() == 0) {
            return "unknown";
        }
        return Recommendation.fits(entry, machine.memoryBytes()) ? "fits" : "too big";
    }

    private String state(CatalogueEntry entry) {
        List<String> words = new ArrayList<>();
        long partial = store.partialBytes(entry);
        if (store.isBundled(entry)) {
            words.add("here, installed");
        } else if (store.isInstalled(entry)) {
            words.add("here");
        } else if (partial > 0) {
            words.add(ConsoleProgress.megabytes(partial) + " here");
        }
        if (store.isTuned(entry)) {
            words.add("tuned");
        }
        if (entry.equals(store.usual())) {
            words.add("(default)");
        }
        if (!entry.tried()) {
            words.add("not tried here");
        }
        if (entry.elsewhere().isPresent()) {
            words.add("--backend only");
        }
        return String.join(", ", words).replace(", (", " (");
    }

    private String recommendation() {
        Optional<Recommendation> best =
                Recommendation.of(
                        store.catalogue().entries(), machine.memoryBytes(), machine.device());
        return best.map(this::words)
                .orElse("No model of the catalogue fits into this machine's memory.");
    }

    private String words(Recommendation best) {
        return "For this machine: %s, %s%s."
                .formatted(
                        best.entry().name(),
                        best.why(),
                        best.entry().tried() ? "" : "; not tried here yet");
    }

    private void wrap(String text, String indent) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() > indent.length() && line.length() + word.length() >= width) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
