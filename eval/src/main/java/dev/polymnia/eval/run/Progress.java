package dev.polymnia.eval.run;

import dev.polymnia.eval.SampleResult;

/// Is told how a run gets on, one call at a time, after each sample.
@FunctionalInterface
public interface Progress {
    /// Takes a finished sample and how the run stands with it.
    void on(SampleResult latest, Standing standing);
}
