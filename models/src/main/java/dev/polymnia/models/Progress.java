package dev.polymnia.models;

/// Is told how a transfer goes on. Called on the thread that does the transfer, one call after
/// another; must not block for long.
public interface Progress {
    /// Tells nobody.
    Progress NONE =
            new Progress() {
                @Override
                public void begin(String what, long totalBytes, long hereBytes) {}

                @Override
                public void advance(long bytes) {}

                @Override
                public void note(String words) {}

                @Override
                public void done() {}
            };

    /// A transfer begins, or begins anew because what was here turned out to be useless.
    ///
    /// @param what a name for people, for example a file name
    /// @param totalBytes how many bytes are expected; 0 if that is not known
    /// @param hereBytes how many of them an earlier transfer has left here
    void begin(String what, long totalBytes, long hereBytes);

    /// More bytes have arrived.
    ///
    /// @param bytes how many since the last call; 1 or more
    void advance(long bytes);

    /// Something happens that a person who waits wants to know: it waits for somebody, tries again,
    /// goes on with the next source.
    ///
    /// @param words one sentence
    void note(String words);

    /// The transfer is complete and checked. Not called after a failure or a cancellation: the
    /// fault tells of those.
    void done();
}
