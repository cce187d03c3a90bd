package dev.polymnia.bench;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.llama.LlamaModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Forks and closes ten thousand branches, sixteen at once, of ever other trunks, and tells the
/// resident memory on the way: it has to stay flat. Arguments: the model, the number of forks.
public final class ForkLeak {
    private static final int AT_ONCE = 16;
    private static final int TOLD = 10;

    private ForkLeak() {}

    /// Runs the measurement.
    public static void main(String... arguments) throws IOException {
        String name = arguments.length > 0 ? arguments[0] : "smollm2-135m";
        int forks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        PrintStream out = System.out;
        try (LlamaModel model = Loading.load(name)) {
            int rounds = forks / AT_ONCE;
            for (int round = 1; round <= rounds; round++) {
                cycle(model, round);
                if (round % Math.max(1, rounds / TOLD) == 0) {
                    System.gc();
                    out.println(
                            String.format(
                                    Locale.ROOT,
                                    "%6d forks: %.1f MB anonymous, %.1f MB of it the Java heap's",
                                    round * AT_ONCE,
                                    ResidentMemory.anonymousBytes() / 1e6,
                                    Runtime.getRuntime().totalMemory() / 1e6));
                }
            }
        }
    }

    private static void cycle(LlamaModel model, int round) {
        Prompt prompt = Prompt.of(Message.user("Say the number " + round + " in words."));
        try (Trunk trunk = model.open(prompt)) {
            List<Branch> branches = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                GenerationOptions options = GenerationOptions.DEFAULT.withMaxTokens(1).withSeed(i);
                branches.add(trunk.fork(new BranchRequest(prompt, options), BranchListener.NONE));
            }
            branches.forEach(Branch::await);
            branches.forEach(Branch::close);
        }
    }
}
