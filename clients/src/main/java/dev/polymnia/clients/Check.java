package dev.polymnia.clients;

/// Looks at what a client got. Stateless.
final class Check {
    private Check() {}

    /// @throws IllegalStateException if it does not hold
    static void that(boolean holds, Object got) {
        if (!holds) {
            throw new IllegalStateException("not what it should be: " + got);
        }
    }

    static void words(String text) {
        that(!text.isBlank(), "'" + text + "'");
    }

    /// Looks whether a request is refused as the client has it.
    ///
    /// @param kind the client's exception for it
    /// @param words that its message has
    static void refused(Class<? extends RuntimeException> kind, String words, Runnable ask) {
        try {
            ask.run();
        } catch (RuntimeException e) {
            that(kind.isInstance(e) && String.valueOf(e.getMessage()).contains(words), e);
            return;
        }
        throw new IllegalStateException("it was not refused");
    }
}
