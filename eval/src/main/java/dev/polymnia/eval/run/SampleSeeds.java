package dev.polymnia.eval.run;

import dev.polymnia.core.platform.MessageDigests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Where the randomness of samples comes from.
final class SampleSeeds {
    private SampleSeeds() {}

    /// Returns the seed of one sample: the first eight bytes of the SHA-256 of the run's seed, the
    /// epoch and the sample's id. It depends on nothing else, so neither the order of samples nor
    /// their number changes an answer.
    static long of(long run, String sample, int epoch) {
        MessageDigest digest = MessageDigests.sha256();
        digest.update(ByteBuffer.allocate(12).putLong(run).putInt(epoch).flip());
        digest.update(sample.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
