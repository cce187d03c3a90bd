package dev.polymnia.core.model;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.ToolSpec;
import java.util.List;

/// What a request demands of a model, held against what the model can do. One place for all models,
/// so that the same request is refused with the same words everywhere.
public final class Demands {
    private Demands() {}

    /// Checks a prompt.
    ///
    /// @throws Fault `UNSUPPORTED` if the model has no place for tools or cannot be given the
    ///   beginning of its answer
    public static void check(Prompt prompt, ModelInfo model) {
        if (!prompt.tools().isEmpty()) {
            require(model, Capability.TOOLS, "has no place for tools; ask without them");
        }
        if (!prompt.beginning().isEmpty()) {
            require(
                    model,
                    Capability.BEGINNING,
                    "cannot continue an answer that we begin; ask without a beginning");
        }
    }

    /// Checks a request.
    ///
    /// @throws Fault as [#check(Prompt, ModelInfo)]; `UNSUPPORTED` for a constraint or a bias that
    ///   the model cannot keep; `INVALID` if a tool has to be called that the prompt does not have,
    ///   or has to be called although the answer is constrained
    public static void check(BranchRequest request, ModelInfo model) {
        check(request.prompt(), model);
        GenerationOptions options = request.options();
        check(options.constraint(), model);
        if (!options.logitBias().isEmpty()) {
            require(model, Capability.LOGIT_BIAS, "takes no logit bias; leave it out");
        }
        checkChoice(request);
    }

    /// Checks a constraint by itself.
    ///
    /// @throws Fault `UNSUPPORTED` if the model cannot keep it
    public static void check(Constraint constraint, ModelInfo model) {
        switch (constraint) {
            case Constraint.Free _ -> {}
            case Constraint.JsonSchema _ ->
                    require(
                            model,
                            Capability.SCHEMA,
                            "cannot keep an answer to a JSON Schema; ask for JSON in words");
            case Constraint.Grammar _ ->
                    require(
                            model,
                            Capability.GRAMMAR,
                            "cannot keep an answer to a grammar; use the embedded engine or"
                                    + " llama-server");
        }
    }

    private static void checkChoice(BranchRequest request) {
        ToolChoice choice = request.options().toolChoice();
        List<String> offered = request.prompt().tools().stream().map(ToolSpec::name).toList();
        switch (choice) {
            case ToolChoice.Auto _, ToolChoice.None _ -> {}
            case ToolChoice.Required _ -> {
                if (offered.isEmpty()) {
                    throw invalid(
                            "A tool has to be called, but the prompt offers none; offer one, or let"
                                    + " the model choose.");
                }
            }
            case ToolChoice.Named(String tool) -> {
                if (!offered.contains(tool)) {
                    throw invalid(
                            "The tool '%s' has to be called, but the prompt offers %s; offer it, or let the model choose."
                                    .formatted(
                                            tool,
                                            offered.isEmpty()
                                                    ? "none"
                                                    : "only " + String.join(", ", offered)));
                }
            }
        }
        if (ToolChoice.demandsCall(choice)
                && !(request.options().constraint() instanceof Constraint.Free)) {
            throw invalid(
                    "An answer cannot be a tool call and fulfil a schema or grammar at once; leave"
                            + " one of the two out.");
        }
    }

    private static Fault invalid(String message) {
        return new Fault(Fault.Code.INVALID, message);
    }

    private static void require(ModelInfo model, Capability capability, String otherwise) {
        if (!model.can(capability)) {
            throw new Fault(Fault.Code.UNSUPPORTED, model.name() + " " + otherwise + ".");
        }
    }
}
