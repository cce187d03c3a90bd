package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the processes of a box hold at one moment, read from `/proc`. They come and go meanwhile,
/// so it is about right only.
///
/// @param tasks processes and threads, without the box's first one
/// @param memoryBytes what they hold of memory; what several hold counts in each
/// @param mostCpu the processor time of the process that has had most
record Census(int tasks, long memoryBytes, Duration mostCpu) {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");
    private static final Pattern MEMORY =
            Pattern.compile("(?m)^(?:RssAnon|RssShmem|VmSwap):\\s+(\\d+) kB");

    /// Linux tells times in hundredths of a second on all machines that are supported here.
    private static final long MILLIS_PER_TICK = 10;

    /// Kernels may be built without the list of a process's children; then all processes are read.
    private static final boolean CHILDREN_ARE_LISTED =
            Files.exists(
                    PROC.resolve("self/task/%d/children".formatted(ProcessHandle.current().pid())));

    /// Looks at the processes below one.
    ///
    /// @param init the box's first process
    /// @param most when more tasks than this were seen, counting ends
    static Census of(long init, int most) {
        int tasks = 0;
        long memoryBytes = 0;
        long mostMillis = 0;
        Deque<Long> open = new ArrayDeque<>(children(init));
        while (!open.isEmpty() && tasks <= most) {
            long pid = open.remove();
            String status = read(pid, "status");
            Matcher threads = THREADS.matcher(status);
            tasks += threads.find() ? Integer.parseInt(threads.group(1)) : 0;
            Matcher memory = MEMORY.matcher(status);
            while (memory.find()) {
                memoryBytes += 1024 * Long.parseLong(memory.group(1));
            }
            mostMillis = Math.max(mostMillis, cpuMillis(read(pid, "stat")));
            open.addAll(children(pid));
        }
        return new Census(tasks, memoryBytes, Duration.ofMillis(mostMillis));
    }

    /// Returns user and system time from a text of `/proc/PID/stat`, 0 if it is not one.
    static long cpuMillis(String stat) {
        // The name, in parentheses, may have anything in it.
        List<String> fields =
                Arrays.asList(SPACE.split(stat.substring(stat.lastIndexOf(')') + 1), -1));
        if (fields.size() < 14) {
            return 0;
        }
        // proc(5): utime and stime are fields 14 and 15; the first here is the second, empty.
        return MILLIS_PER_TICK * (Long.parseLong(fields.get(12)) + Long.parseLong(fields.get(13)));
    }

    private static List<Long> children(long pid) {
        if (!CHILDREN_ARE_LISTED) {
            return ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::children)
                    .map(ProcessHandle::pid)
                    .toList();
        }
        List<Long> children = new ArrayList<>();
        String[] threads = new File("/proc/%d/task".formatted(pid)).list();
        for (String thread : threads == null ? new String[0] : threads) {
            for (String child : SPACE.split(read(pid, "task/" + thread + "/children"), -1)) {
                number(child).ifPresent(children::add);
            }
        }
        return children;
    }

    private static OptionalLong number(String text) {
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    /// Reads one file of a process; empty if it has gone.
    private static String read(long pid, String name) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(name), ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }
}
