package dev.polymnia.models;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The model of the catalogue that suits a machine: the best of those that fit into three quarters
/// of its memory and that the embedded engine runs. Weights take the size of their file, and the
/// context one gigabyte more. Without a graphics device a token must not go through more than four
/// billion parameters, or it is too slow to wait for. Best is the one with the most parameters,
/// told by the size of the file.
///
/// @param entry the model
/// @param why for a person
public record Recommendation(CatalogueEntry entry, String why) {
    private static final long CONTEXT_BYTES = 1_000_000_000;
    private static final double MOST_ACTIVE_BILLIONS = 4;

    /// Returns what suits a machine; empty if nothing fits.
    ///
    /// @param memoryBytes all of the machine's memory
    /// @param device what the engine computes on: `cpu`, or a graphics device
    public static Optional<Recommendation> of(
            List<CatalogueEntry> entries, long memoryBytes, String device) {
        boolean onProcessor = device.equals("cpu");
        return entries.stream()
                .filter(entry -> entry.elsewhere().isEmpty() && fits(entry, memoryBytes))
                .filter(entry -> !onProcessor || entry.activeBillions() <= MOST_ACTIVE_BILLIONS)
                .max(Comparator.comparingLong(CatalogueEntry::bytes))
                .map(entry -> new Recommendation(entry, why(memoryBytes, onProcessor, device)));
    }

    /// Returns whether a model fits into a machine's memory beside everything else.
    ///
    /// @param memoryBytes all of the machine's memory
    public static boolean fits(CatalogueEntry entry, long memoryBytes) {
        return entry.bytes() + CONTEXT_BYTES <= memoryBytes / 4 * 3;
    }

    private static String why(long memoryBytes, boolean onProcessor, String device) {
        String memory = String.format(Locale.ROOT, "%.1f GB of memory", memoryBytes / 1e9);
        return onProcessor
                ? "the largest that fits into " + memory + " and is quick without a graphics device"
                : "the largest that fits into " + memory + ", with " + device;
    }
}
