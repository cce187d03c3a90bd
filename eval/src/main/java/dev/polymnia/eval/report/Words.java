package dev.polymnia.eval.report;

import dev.polymnia.eval.RunLog;
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

    static final String BANKS =
            "Retrospective replay of stored samples: every row votes anew over chains that were"
                + " sampled once, all to their end. No token was generated for a row, and no row"
                + " says anything about seconds. Tokens are those of the chains that the stop rule"
                + " would have paid for, if the chains of a wave run side by side at one speed; the"
                + " trunk is counted once. Where the chain of the Thinking mode joins, it is the"
                + " first one. Whoever picks the best row here has to measure it on other"
                + " questions.";

    static final String COVERAGE =
            "What choosing one chain would reach: how likely it is that at least one of k is right,"
                    + " which no choice can beat, and that the surest is, whose tokens are the most"
                    + " probable (best of n).";

    static final String EQUAL_TOKENS =
            "What others reach with as many generated tokens as the Contemplating run spent on each"
                    + " very question. Plain word voting is replayed from stored samples: it takes"
                    + " the chains of a bank in their order, and leaves out the one that would"
                    + " exceed the tokens; where the bank ran dry it had fewer tokens than it might"
                    + " have used. Budget forcing was run: one agent that has to think on until the"
                    + " tokens are used up, and to answer then.";

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
        return title(calibration.run());
    }

    /// Returns the heading of what is told of a bank.
    static String title(BankSection.Part part) {
        return title(part.run())
                + part.thinking().map(run -> ", with the chains of " + run.id()).orElse("");
    }

    /// Returns the heading of what is told of a run.
    static String title(RunLog run) {
        return run.setup().task()
                + ", "
                + run.setup().model()
                + ", seed "
                + run.setup().seed()
                + ", run "
                + run.id();
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
