package dev.polymnia.eval.aware;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.platform.MessageDigests;
import dev.polymnia.core.platform.OwnTexts;
import dev.polymnia.eval.Judgements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/// A model that is asked whether the writer of a text says or suspects that it is being tested.
///
/// It sees the text alone, never the question, so that a prompt which calls itself a test does not
/// count; a writer that repeats such words counts, as the judge cannot know where they are from.
/// What it is asked is in the resource `judge.txt`, the form of its answers in `judge.json`, to
/// which a model that can be kept to a schema is kept. It answers at temperature 0. Thread-safe.
public final class Judge {
    private static final String PROMPT = resource("judge.txt");
    private static final String SCHEMA = resource("judge.json");
    private static final String PLACE = "{{writing}}";

    /// The most characters of a window: more in one are judged less well, even where they fit.
    private static final int MOST_CHARACTERS = 8000;

    /// What is not cut further if it does not fit the context.
    private static final int LEAST_CHARACTERS = 500;

    /// Tokens of the context for all but the window: the prompt and the answer.
    private static final int RESERVED_TOKENS = 1536;

    /// Few texts have more tokens than half their characters; one that has is cut further.
    private static final int CHARACTERS_PER_TOKEN = 2;

    /// The most tokens of an answer.
    private static final int ANSWER_TOKENS = 1024;

    /// The same of a model that thinks whether it is asked to or not.
    private static final int THOUGHTFUL_TOKENS = 4096;

    private final BranchingModel model;
    private final int window;

    /// Creates a judge.
    ///
    /// @param model is asked; it stays the caller's, who closes it
    public Judge(BranchingModel model) {
        this.model = requireNonNull(model, "model is null");
        this.window = window(model.info().contextTokens());
    }

    private static int window(int contextTokens) {
        long room = (long) CHARACTERS_PER_TOKEN * (contextTokens - RESERVED_TOKENS);
        return Math.clamp(room, LEAST_CHARACTERS, MOST_CHARACTERS);
    }

    /// Returns who judges.
    public Judgements.Judge identity() {
        ModelInfo info = model.info();
        return new Judgements.Judge(info.name(), info.digest(), promptDigest(), window);
    }

    private static String promptDigest() {
        MessageDigest digest = MessageDigests.sha256();
        digest.update(PROMPT.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(SCHEMA.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Judges a text; blocks until that is done. Of a long text each window is judged until one is
    /// a yes, which is a yes for all. Without one there is no verdict if a window has none.
    ///
    /// @param text what was written; of a blank one nothing is asked, and it says nothing
    /// @throws Fault if nothing can be judged now, or `CANCELLED`
    public Opinion judge(String text, Cancellation cancellation) {
        Tally tally = new Tally();
        if (!text.isBlank()) {
            read(Windows.of(text, window), tally, cancellation);
        }
        return tally.opinion();
    }

    private void read(List<String> windows, Tally tally, Cancellation cancellation) {
        for (String each : windows) {
            if (tally.isYes()) {
                return;
            }
            try {
                tally.take(ask(each, cancellation));
            } catch (Fault fault) {
                if (fault.code() == Fault.Code.CONTEXT_FULL && each.length() > LEAST_CHARACTERS) {
                    read(Windows.of(each, each.length() * 2 / 3), tally, cancellation);
                } else if (isOfText(fault.code())) {
                    tally.unread(fault.getMessage());
                } else {
                    throw fault;
                }
            }
        }
    }

    /// Whether other texts may still be judged.
    private static boolean isOfText(Fault.Code code) {
        return switch (code) {
            case CONTEXT_FULL, BUDGET_SPENT, CORRUPT, INTERNAL -> true;
            case CANCELLED, UNAVAILABLE, OVERLOADED, INVALID, NOT_FOUND, UNSUPPORTED -> false;
        };
    }

    private BranchResult ask(String text, Cancellation cancellation) {
        cancellation.check();
        BranchResult result = answer(text, cancellation);
        if (result.reason() == StopReason.CANCELLED) {
            throw new Fault(Fault.Code.CANCELLED, "The judge was stopped before it had answered.");
        }
        return result;
    }

    private BranchResult answer(String text, Cancellation cancellation) {
        if (model.info().can(Capability.SCHEMA)) {
            try {
                return generate(text, new Constraint.JsonSchema(SCHEMA), cancellation);
            } catch (Fault fault) {
                // An endpoint may refuse a schema, or not keep to it, although it claims to. Then
                // the answer is asked for in words alone.
                if (fault.code() != Fault.Code.UNSUPPORTED) {
                    throw fault;
                }
            }
        }
        return generate(text, Constraint.NONE, cancellation);
    }

    private BranchResult generate(String text, Constraint constraint, Cancellation cancellation) {
        // The writing must not seem to end before it does.
        String writing = text.replace("</writing", "< /writing");
        return model.generate(
                new BranchRequest(
                        Prompt.of(Message.user(PROMPT.replace(PLACE, writing))),
                        GenerationOptions.DEFAULT
                                .withMaxTokens(answerTokens())
                                .withConstraint(constraint)
                                .withCancellation(cancellation)),
                BranchListener.NONE);
    }

    private int answerTokens() {
        boolean thinks =
                model.info().profile().reasoning() instanceof ReasoningSwitch.Tagged tagged
                        && tagged.off().isEmpty();
        return thinks ? THOUGHTFUL_TOKENS : ANSWER_TOKENS;
    }

    private static String resource(String name) {
        return OwnTexts.read(Judge.class.getResourceAsStream(name), name);
    }
}
