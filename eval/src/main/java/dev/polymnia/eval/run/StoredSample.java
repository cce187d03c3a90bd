package dev.polymnia.eval.run;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.eval.Sample;
import java.util.List;
import java.util.Map;

/// A sample as a run folder keeps it, so that a report needs no data.
record StoredSample(
        String id,
        List<Line> messages,
        String question,
        StoredTarget target,
        Map<String, String> metadata) {
    /// One message of text.
    record Line(Role role, String text) {}

    static StoredSample of(Sample sample) {
        return new StoredSample(
                sample.id(),
                sample.messages().stream()
                        .map(message -> new Line(message.role(), message.text()))
                        .toList(),
                sample.question(),
                StoredTarget.of(sample.target()),
                sample.metadata());
    }

    Sample sample() {
        return new Sample(
                id,
                messages.stream()
                        .map(line ->
                                new Message(line.role(), List.of(new Content.Text(line.text()))))
                        .toList(),
                question,
                target.target(),
                metadata);
    }
}
