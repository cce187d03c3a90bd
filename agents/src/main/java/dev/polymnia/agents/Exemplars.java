package dev.polymnia.agents;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Prompt;
import java.util.ArrayList;
import java.util.List;

/// Puts an approach's [exemplars][Approach.Exemplar] before a conversation, each as a turn with the
/// approach's hint behind the question.
///
/// Agents of other approaches do not read them: a small model that is shown both words and programs
/// mixes them up (docs/design/contemplating.md has the figures). So agents of two approaches with
/// exemplars share the system message only, those of one approach all but their seeds.
final class Exemplars {
    private Exemplars() {}

    /// Returns what agents of an approach read, but for the hint behind their own question.
    static Prompt before(Prompt prompt, Approach approach) {
        if (approach.exemplars().isEmpty()) {
            return prompt;
        }
        List<Message> messages = new ArrayList<>(prompt.messages());
        int at = messages.getFirst().role() == Role.SYSTEM ? 1 : 0;
        for (Approach.Exemplar each : approach.exemplars()) {
            Prompt asked = Prompt.of(Message.user(each.question())).withHint(approach.hint());
            messages.addAll(at, asked.messages());
            at += asked.messages().size();
            messages.add(at, Message.assistant(each.answer()));
            at++;
        }
        return prompt.withMessages(messages);
    }
}
