package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.time.Duration;

/// What a program may use. How exact that is differs from sandbox to sandbox; GraalPy's counts time
/// from the program's begin, has a heap instead of address spaces, and one process with one thread.
///
/// @param wall the time from its start to its end, 10 ms to 1 h
/// @param cpu the processor time of each of its processes, 1 s to 1 h; fractions of a second are
///   rounded up. A program that ignores the signal has one second more.
/// @param memoryBytes the address space of each of its processes, and about what all of them hold
///   together (looked at 20 times a second; memory that processes share counts in each), 64 MiB to
///   1 TiB. Files in the scratch folder are not counted.
/// @param processes its processes and threads at one time, the first one included, 1 to 1,024
/// @param outputBytes what it may write to its standard output and, apart, to its standard error, 1
///   byte to 256 MiB
/// @param scratchBytes what its scratch folder, which is memory, may hold, 4 KiB to 16 GiB
public record Limits(
        Duration wall,
        Duration cpu,
        long memoryBytes,
        int processes,
        int outputBytes,
        long scratchBytes) {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;

    /// 10 s of time, 10 s of processor time, 512 MiB of memory, 16 processes, 64 KiB of output, 16
    /// MiB of files.
    public static final Limits DEFAULT =
            new Limits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    512 * MIB,
                    16,
                    (int) (64 * KIB),
                    16 * MIB);

    /// Checks the values.
    ///
    /// @throws Fault with `INVALID` if one is out of its range
    public Limits {
        check("wall", wall, Duration.ofMillis(10));
        check("cpu", cpu, Duration.ofSeconds(1));
        check("memoryBytes", memoryBytes, 64 * MIB, 1024 * GIB);
        check("processes", processes, 1, 1024);
        check("outputBytes", outputBytes, 1, 256 * MIB);
        check("scratchBytes", scratchBytes, 4 * KIB, 16 * GIB);
    }

    /// Returns a copy with another time.
    public Limits withWall(Duration newWall) {
        return new Limits(newWall, cpu, memoryBytes, processes, outputBytes, scratchBytes);
    }

    /// Returns a copy with another processor time.
    public Limits withCpu(Duration newCpu) {
        return new Limits(wall, newCpu, memoryBytes, processes, outputBytes, scratchBytes);
    }

    /// Returns a copy with other memory.
    public Limits withMemoryBytes(long newMemoryBytes) {
        return new Limits(wall, cpu, newMemoryBytes, processes, outputBytes, scratchBytes);
    }

    /// Returns a copy with another number of processes.
    public Limits withProcesses(int newProcesses) {
        return new Limits(wall, cpu, memoryBytes, newProcesses, outputBytes, scratchBytes);
    }

    /// Returns a copy with another length of the output.
    public Limits withOutputBytes(int newOutputBytes) {
        return new Limits(wall, cpu, memoryBytes, processes, newOutputBytes, scratchBytes);
    }

    /// Returns a copy with another size of the scratch folder.
    public Limits withScratchBytes(long newScratchBytes) {
        return new Limits(wall, cpu, memoryBytes, processes, outputBytes, newScratchBytes);
    }

    /// Returns the processor time in whole seconds, rounded up.
    long cpuSeconds() {
        return cpu.plusNanos(999_999_999).toSeconds();
    }

    private static void check(String name, Duration value, Duration least) {
        Duration most = Duration.ofHours(1);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The limit %s of a program is %s; it has to be from %s to %s."
                            .formatted(name, value, least, most));
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The limit %s of a program is %d; it has to be from %d to %d."
                            .formatted(name, value, least, most));
        }
    }
}
