package dev.polymnia.llama.text;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Sampling;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Draws the tokens of one branch, as [Sampling] says. Confined to the engine thread.
///
/// The work is done in a [LogitRow]: one pass copies the row and finds its maxima;
/// log-probabilities and top-p without top-k need one more pass for the sum of all probabilities;
/// the filters look only at blocks of the vocabulary that hold high scores. The sum and the weights
/// of the draw are those of [Exponentials], so a token whose probability ends within 2e-5 of a
/// boundary may fall on the other side of it.
///
/// Tokens are drawn by inversion: the candidates that the filters left are gone through in the
/// order of their numbers until their weights reach the drawn share of the total. One number of a
/// [SplitMix] generator is used per token, none at temperature 0.
public final class Sampler {
    private static final int WINDOW = 64;

    // Wide enough for most rows at the first or second try; each try looks at more blocks.
    private static final float FIRST_REACH = 6;
    private static final float LAST_REACH = 64;

    private final Sampling sampling;
    private final SplitMix random;
    private final Detail detail;
    private final Map<Integer, Double> bias;
    private final LogitRow row;
    private final float scale;
    private final int[] window = new int[WINDOW];
    private int accepted;

    /// Creates a sampler with a work space of its own.
    ///
    /// @param sampling how tokens are drawn
    /// @param seed of the draws; the same seed gives the same draws on every machine
    /// @param detail what is told of each token
    /// @param vocabulary entries of a row, at least 1
    public Sampler(Sampling sampling, long seed, Detail detail, int vocabulary) {
        this(sampling, seed, detail, Map.of(), new LogitRow(vocabulary));
    }

    /// Creates a sampler that works in a shared work space.
    ///
    /// @param sampling how tokens are drawn
    /// @param seed of the draws; the same seed gives the same draws on every machine
    /// @param detail what is told of each token
    /// @param bias is added to the scores of tokens; -100 forbids. Numbers that are not in the
    ///   vocabulary are passed over
    /// @param row the work space, shared by the samplers of the same thread
    public Sampler(
            Sampling sampling, long seed, Detail detail, Map<Integer, Double> bias, LogitRow row) {
        this.sampling = requireNonNull(sampling, "sampling is null");
        this.random = new SplitMix(seed);
        this.detail = requireNonNull(detail, "detail is null");
        this.bias = Map.copyOf(bias);
        this.row = requireNonNull(row, "row is null");
        // The bound keeps the scale finite; it is far beyond where only the maximum has a chance.
        this.scale = (float) Math.min(1 / sampling.temperature(), 1e30);
    }

    /// Draws a token. Does not [accept][#accept] it.
    ///
    /// @param logits the raw scores as 32-bit floats of the machine's byte order, one for each
    ///   entry of the vocabulary; read during the call only
    /// @throws dev.polymnia.core.Fault with `INTERNAL` if a score is NaN or positive infinity or
    ///   all are negative infinity
    public Draw sample(MemorySegment logits) {
        return sample(logits, TokenFilter.ALL);
    }

    /// Draws a token that a filter allows. A token is drawn from all, and only if that one is not
    /// allowed, another from those that are: drawing again from the allowed ones after a rejection
    /// is the same as drawing from them at once, and mostly the filter need not name them all.
    ///
    /// @param filter what is allowed
    /// @throws dev.polymnia.core.Fault as [#sample(MemorySegment)]; `INVALID` if what the filter
    ///   allows is impossible for the model or forbidden by the bias
    public Draw sample(MemorySegment logits, TokenFilter filter) {
        row.load(logits);
        boolean tells = detail.logProbabilities();
        double logMass = tells ? row.max() + Math.log(row.mass()) : Double.NaN;
        double confidence = tells && detail.confidence() > 0 ? logMass - meanOfTop() : Double.NaN;
        List<Draw.Alternative> alternatives =
                detail.alternatives() > 0 ? alternatives(logMass) : List.of();
        applyBias();
        penalise();
        int token = row.hasPossible() ? choose() : -1;
        if (token < 0 || !filter.allows(token)) {
            row.keepOnly(filter.allowed());
            token = chooseAgain();
        }
        // The penalty may have changed the score in the row; the logits are the model's own.
        float score = logits.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * token);
        double logProbability = tells ? Math.min(score - logMass, 0) : Double.NaN;
        return new Draw(token, logProbability, confidence, alternatives);
    }

    private int chooseAgain() {
        if (!row.hasPossible()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "No token is left that the constraint and the logit bias of the request allow;"
                            + " loosen one of them.");
        }
        return choose();
    }

    private List<Draw.Alternative> alternatives(double logMass) {
        Candidates top = highest(detail.alternatives());
        top.keepCount(detail.alternatives());
        return top.ordered().stream()
                .map(token -> new Draw.Alternative(token, Math.min(row.score(token) - logMass, 0)))
                .toList();
    }

    private void applyBias() {
        bias.forEach((token, value) -> {
            if (token >= row.vocabulary()) {
                return;
            }
            float score = row.score(token);
            if (value <= -GenerationOptions.STRONGEST_BIAS) {
                row.forbid(token);
            } else if (Float.isFinite(score)) {
                row.set(token, (float) (score + value));
            }
        });
    }

    /// Takes a token of the prompt or of the branch into the window of the repetition penalty,
    /// which holds the last 64.
    ///
    /// @param token its number in the vocabulary
    public void accept(int token) {
        window[accepted % WINDOW] = Objects.checkIndex(token, row.vocabulary());
        // Counts on from one window, so that it never overflows.
        accepted = accepted + 1 < 2 * WINDOW ? accepted + 1 : WINDOW;
    }

    private double meanOfTop() {
        Candidates top = highest(detail.confidence());
        top.keepCount(detail.confidence());
        return top.meanScore();
    }

    private void penalise() {
        float penalty = (float) sampling.repetitionPenalty();
        if (penalty == 1) {
            return;
        }
        int filled = Math.min(accepted, WINDOW);
        for (int i = 0; i < filled; i++) {
            float score = row.score(window[i]);
            if (Float.isFinite(score) && isFirstInWindow(i)) {
                float lower = score > 0 ? score / penalty : score * penalty;
                row.set(window[i], Math.max(lower, -Float.MAX_VALUE));
            }
        }
    }

    private boolean isFirstInWindow(int index) {
        for (int i = 0; i < index; i++) {
            if (window[i] == window[index]) {
                return false;
            }
        }
        return true;
    }

    private int choose() {
        if (sampling.temperature() == 0) {
            return row.argMax();
        }
        float max = row.max();
        boolean cutsCount = sampling.topK() > 0 && sampling.topK() < row.vocabulary();
        if (!cutsCount && sampling.topP() == 1 && sampling.minP() == 0) {
            return row.draw(random.next(), scale);
        }
        // The logarithm of 0 is negative infinity, which leaves all.
        float lowest = (float) (max + Math.log(sampling.minP()));
        Candidates left = cutsCount ? cutByCount(max) : cutByMass(max, lowest);
        left.keepFrom(lowest);
        double total = left.weigh(max, scale);
        return left.draw(random.next(), total);
    }

    private Candidates cutByCount(float max) {
        Candidates left = highest(sampling.topK());
        left.keepCount(sampling.topK());
        if (sampling.topP() < 1) {
            left.keepMass(sampling.topP() * left.weigh(max, 1));
        }
        return left;
    }

    /// Returns at least so many of the highest candidates, or all there are.
    private Candidates highest(int count) {
        if (count <= row.blocks()) {
            return row.candidates(row.reachedBy(count));
        }
        float max = row.max();
        for (float reach = FIRST_REACH; reach < LAST_REACH; reach += FIRST_REACH) {
            Candidates near = row.candidates(max - reach);
            if (near.size() >= count) {
                return near;
            }
        }
        return row.candidates(Float.NEGATIVE_INFINITY);
    }

    /// Returns the nucleus, or, if that reaches down below the lowest score wanted, all down to
    /// that score.
    private Candidates cutByMass(float max, float lowest) {
        if (sampling.topP() == 1) {
            return row.candidates(lowest);
        }
        double wanted = sampling.topP() * row.mass();
        for (float reach = FIRST_REACH; reach < LAST_REACH; reach += FIRST_REACH) {
            Candidates near = row.candidates(Math.max(max - reach, lowest));
            if (near.weigh(max, 1) >= wanted) {
                near.keepMass(wanted);
                return near;
            }
            if (max - reach <= lowest) {
                return near;
            }
        }
        return row.candidates(lowest);
    }
}
