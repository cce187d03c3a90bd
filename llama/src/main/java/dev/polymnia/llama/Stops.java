package dev.polymnia.llama;

import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.StopReason;
import org.jspecify.annotations.Nullable;

/// Why a request wants to be stopped between two steps.
final class Stops {
    private Stops() {}

    /// Returns why a request has to stop now, or null if it may go on.
    static @Nullable StopReason of(GenerationOptions options) {
        if (options.cancellation().isRequested()) {
            return StopReason.CANCELLED;
        }
        return options.meter().isTimeUp() ? StopReason.BUDGET_TIME : null;
    }
}
