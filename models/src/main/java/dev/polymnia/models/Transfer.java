package dev.polymnia.models;

import dev.polymnia.core.Cancellation;

/// What a source works on: the file that grows, and who is told of it.
record Transfer(
        CatalogueEntry entry, Partial partial, Progress progress, Cancellation cancellation) {
    /// Adds bytes to the file.
    ///
    /// @throws Unobtainable if they are more than the file has
    /// @throws dev.polymnia.core.Fault `CANCELLED`; `UNAVAILABLE` if the disk does not take them
    void take(byte[] bytes, int offset, int count) throws Unobtainable {
        cancellation.check();
        if (count > partial.missing()) {
            throw Unobtainable.corrupt("it has more than " + entry.bytes() + " bytes");
        }
        if (count > 0) {
            partial.append(bytes, offset, count);
            progress.advance(count);
        }
    }

    /// Starts anew with nothing.
    void startAgain() {
        partial.discard();
        progress.begin(entry.file(), entry.bytes(), 0);
    }
}
