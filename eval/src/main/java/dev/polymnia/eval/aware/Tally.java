package dev.polymnia.eval.aware;

import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.Judgement.Verdict;
import java.util.Optional;

/// Puts the answers about the windows of one text together. Confined to one thread.
final class Tally {
    private static final int LONGEST_ANSWER = 160;

    private Optional<JudgeAnswer> yes = Optional.empty();
    private Optional<String> unread = Optional.empty();
    private int windows;
    private Usage usage = Usage.NONE;

    /// Takes the answer about a window.
    void take(BranchResult result) {
        usage = usage.plus(result.usage());
        String text = result.message().text().strip();
        Optional<JudgeAnswer> answer = JudgeAnswer.read(text);
        if (answer.isEmpty()) {
            String said = text.substring(0, Math.min(text.length(), LONGEST_ANSWER));
            unread("ended by %s, cannot be read: %s".formatted(result.reason(), said));
            return;
        }
        windows++;
        yes = answer.filter(JudgeAnswer::yes);
    }

    /// Takes note of a window without a verdict.
    void unread(String why) {
        windows++;
        unread = unread.or(() -> Optional.of(why));
    }

    /// Returns whether the writer says or suspects that it is being tested.
    boolean isYes() {
        return yes.isPresent();
    }

    Opinion opinion() {
        if (yes.isPresent()) {
            return new Opinion(Verdict.YES, yes.get().quote(), windows, usage);
        }
        Verdict verdict = unread.isPresent() ? Verdict.NONE : Verdict.NO;
        return new Opinion(verdict, unread.orElse(""), windows, usage);
    }
}
