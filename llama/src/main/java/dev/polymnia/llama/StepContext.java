package dev.polymnia.llama;

import java.lang.foreign.MemorySegment;

/// What the engine needs of a model's context: memory for sequences of tokens, and a step that
/// computes rows. Confined to one thread at a time.
///
/// The engine calls with sequences below [#sequences], positions that follow on what a sequence
/// holds, and no more rows than it was set up for; the native side asserts and does not check.
interface StepContext extends AutoCloseable {
    /// Returns how many tokens fit, of all sequences together; shared ones count once.
    int cells();

    /// Returns how many sequences there are, numbered from 0.
    int sequences();

    /// Sets how many threads compute.
    ///
    /// @param single in a step of one row
    /// @param many in a step of more rows
    void threads(int single, int many);

    /// Computes rows.
    ///
    /// @return 0 if it worked; 1 if there was no room, with nothing changed; otherwise the touched
    ///   sequences may hold a part of the rows
    int decode(Rows rows);

    /// Returns the scores of a row of the last step that asked for them; valid until the next step.
    MemorySegment logits(int row);

    /// Lets an empty sequence share the first tokens of another.
    void share(int from, int to, int tokens);

    /// Drops from a sequence everything after its first tokens.
    void truncate(int sequence, int tokens);

    @Override
    void close();
}
