package dev.polymnia.models;

import dev.polymnia.core.Fault;
import java.util.Set;

/// What a tuned copy of a model would be.
///
/// @param bytes about how large it gets; a little more rather than less
record TuningPlan(long bytes) {
    private static final String FORMAT = "Q4_0";

    /// Those of which the copy keeps eight bits.
    private static final Set<String> FINER = Set.of("token_embd.weight", "output.weight");

    private static final long HEADER_BYTES = 16_000_000;

    /// Plans a copy of a model.
    ///
    /// @throws Fault with `UNSUPPORTED` if there is no use in one or none can be made
    static TuningPlan of(LocalModel model) {
        Gguf header = Gguf.read(model.path());
        if (header.tensors().isEmpty()) {
            throw refused(model, "holds no weights; name a whole model");
        }
        if (header.integer("split.count").orElse(1) > 1) {
            throw refused(model, "is one part of several; join them with llama-gguf-split first");
        }
        if (header.quantisation().equals(FORMAT)) {
            throw refused(model, "is in the format " + FORMAT + " already, so it needs no copy");
        }
        return new TuningPlan(
                HEADER_BYTES + header.tensors().stream().mapToLong(TuningPlan::bytes).sum());
    }

    private static Fault refused(LocalModel model, String why) {
        return new Fault(Fault.Code.UNSUPPORTED, model.address() + " " + why + ".");
    }

    /// Norms and vectors stay as they are, and so do a few more of which llama.cpp thinks so.
    private static long bytes(Gguf.Tensor tensor) {
        if (tensor.dimensions().size() < 2 || !tensor.name().endsWith(".weight")) {
            return tensor.bytes();
        }
        GgmlType type = FINER.contains(tensor.name()) ? GgmlType.Q8_0 : GgmlType.Q4_0;
        return type.bytes(tensor.elements() + type.blockElements() - 1);
    }
}
