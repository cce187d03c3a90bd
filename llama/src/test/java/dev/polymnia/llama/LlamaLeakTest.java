package dev.polymnia.llama;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Native memory stays flat over many forks; ten thousand of them are `bench/run ForkLeak`.
final class LlamaLeakTest {
    private static final long ALLOWED = 8L << 20;
    private static final int AT_ONCE = 16;
    private static final int FIELDS = 10;
    private static final int MAPPED = 4;
    private static final int ALLOCATED = 7;
    private static final StructLayout MALLINFO =
            MemoryLayout.structLayout(
                    MemoryLayout.sequenceLayout(FIELDS, JAVA_LONG).withName("field"));

    private static final Prompt QUESTION =
            Prompt.of(Message.user("Name three animals that live in the sea."));

    @Test
    void forks_leave_no_native_memory_behind() {
        LlamaModel model = TestModel.model();
        cycle(model, 10);
        long before = nativeBytes();

        cycle(model, 60);

        assertThat(nativeBytes() - before).isLessThan(ALLOWED);
        assertThat(model.statistics().running()).isZero();
    }

    private static void cycle(LlamaModel model, int times) {
        for (int i = 0; i < times; i++) {
            try (Trunk trunk = model.open(QUESTION.withHint("Number " + i))) {
                List<Branch> branches = new ArrayList<>();
                for (int j = 0; j < AT_ONCE; j++) {
                    GenerationOptions options =
                            GenerationOptions.DEFAULT.withMaxTokens(1).withSeed(j);
                    branches.add(
                            trunk.fork(new BranchRequest(QUESTION, options), BranchListener.NONE));
                }
                branches.forEach(Branch::await);
                branches.forEach(Branch::close);
            }
        }
    }

    /// What the C library has given out, as its `mallinfo2` counts; 0 for one that does not count.
    @SuppressWarnings("restricted")
    private static long nativeBytes() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("mallinfo2")
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(MALLINFO)))
                .map(mallinfo -> {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment info =
                                (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
                        return info.getAtIndex(JAVA_LONG, MAPPED)
                                + info.getAtIndex(JAVA_LONG, ALLOCATED);
                    } catch (Throwable thrown) {
                        throw LlamaNative.unexpected(thrown);
                    }
                })
                .orElse(0L);
    }
}
