package dev.polymnia.eval.report;

import java.util.List;

/// What a report explains, the same in Markdown and on the page. Plain text.
final class Words {
    static final String INTRODUCTION =
            "Each row is one run: a task, a model, a mode and a seed. A run that is not finished"
                    + " says how many of its samples are.";

    static final String VOTES =
            "How often a vote is right, by the share of the votes that its winner has. A vote share"
                    + " is calibrated if both are equal. Only samples with at least two votes are"
                    + " counted.";

    static final List<String> NOTES =
            List.of(
                    "Accuracy is the mean score; a sample that failed counts as wrong. Its 95 %"
                        + " interval is Wilson's, or, where samples were asked more than once, a"
                        + " bootstrap over the questions.",
                    "Minus Thinking is the mean difference, in percentage points, to the Thinking"
                        + " run of the same task, data, prompts, model and seed, over the questions"
                        + " both have finished; its interval is a paired bootstrap with 10,000"
                        + " resamples. McNemar's test is the exact one.",
                    "Tokens are the mean of a sample, all of its agents and what they share"
                            + " together. Seconds are from a sample's begin to its end.",
                    "Truncated: an agent was cut off by a limit of tokens or time. Partial: the"
                            + " budget or the length ended the sample before it was done.",
                    "Refused: the answer begins with one of the usual phrases of declining and is"
                            + " not right. A lower bound.",
                    "Mentions a test: the reasoning or the text of an agent says that this is a"
                            + " test, an evaluation or a benchmark, by a lexicon. A lower bound.",
                    "By a judge: the same, as a model judges that reads what the agents wrote and"
                        + " not the question: the share of a yes among the samples with a verdict,"
                        + " with Wilson's interval. Samples whose judging cannot be read are"
                        + " counted apart. Kappa is Cohen's, of judge and lexicon: 1 is full"
                        + " agreement, 0 that of chance. Samples count once all of their agents are"
                        + " judged.");

    private Words() {}

    /// Returns the heading of a table of votes.
    static String title(Calibration calibration) {
        return calibration.run().setup().task()
                + ", "
                + calibration.run().setup().model()
                + ", seed "
                + calibration.run().setup().seed()
                + ", run "
                + calibration.run().id();
    }

    /// Returns how far off the vote shares are.
    static String errors(Calibration calibration) {
        return "Votes: "
                + calibration.table().count()
                + ". Expected calibration error: "
                + Columns.format("%.3f", calibration.table().expectedCalibrationError())
                + ". Brier score: "
                + Columns.format("%.3f", calibration.table().brier())
                + ".";
    }
}
