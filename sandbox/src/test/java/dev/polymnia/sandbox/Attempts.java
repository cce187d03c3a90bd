package dev.polymnia.sandbox;

import java.util.List;
import java.util.stream.Stream;

/// All attempts.
final class Attempts {
    private Attempts() {}

    static List<Attempt> all() {
        return Stream.of(
                        FileAttempts.all(),
                        NetworkAttempts.all(),
                        KernelAttempts.all(),
                        ResourceAttempts.all())
                .flatMap(List::stream)
                .toList();
    }
}
