package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A model that is asked in another way: the same model with another profile. Of the profile only
/// what a strategy reads may differ; how the model reasons is its own affair. As thread-safe as the
/// model.
public final class ProfiledModel implements BranchingModel {
    private final BranchingModel model;
    private final ModelInfo info;

    /// Wraps a model.
    ///
    /// @param model is closed with this one
    /// @param profile of the same [reasoning][ModelProfile#reasoning]
    public ProfiledModel(BranchingModel model, ModelProfile profile) {
        this.model = requireNonNull(model, "model is null");
        info = model.info().withProfile(profile);
        if (!profile.reasoning().equals(model.info().profile().reasoning())) {
            throw new IllegalArgumentException("the profile has another way to reason");
        }
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public Trunk open(Prompt prompt) {
        return model.open(prompt);
    }

    @Override
    public List<Probe.Result> probe(List<Probe> probes) {
        return model.probe(probes);
    }

    @Override
    public BranchResult generate(BranchRequest request, BranchListener listener) {
        return model.generate(request, listener);
    }

    @Override
    public void close() {
        model.close();
    }
}
