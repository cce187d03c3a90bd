package dev.polymnia.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

/// What the kernel is asked before each system call of a program in the box: a program in classic
/// BPF over the call's number and arguments (Linux,
/// `Documentation/userspace-api/seccomp_filter.rst`).
///
/// A call that was made as for another machine kills; those of x32, which has numbers of its own,
/// do not exist. Of [SystemCall] most are refused; the others depend on an argument:
///
/// - `clone` makes no namespaces. What `clone3` would do lies in memory, where a filter cannot
///   look, so it does not exist, and the C library falls back on `clone`.
/// - `socket` and `socketpair` make local sockets only. A namespace of the network does not cover
///   all families: a virtual machine's `AF_VSOCK` leads to its host.
/// - `ioctl` types nothing into a terminal.
///
/// Everything else is allowed.
final class SeccompFilter {
    // linux/bpf_common.h
    private static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int IF_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private static final int IF_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K

    // struct seccomp_data; both machines are little-endian, so an argument begins with its low
    // half.
    private static final int NUMBER = 0;
    private static final int AUDIT_ARCH = 4;
    private static final int ARGUMENT_0 = 16;
    private static final int ARGUMENT_1 = 24;

    /// Verdicts, and the error numbers in them.
    static final int ALLOWED = 0x7FFF0000;

    static final int KILLED = 0x80000000;
    static final int REFUSED = 0x00050000 | 1; // EPERM
    static final int MISSING = 0x00050000 | 38; // ENOSYS

    static final int X32_BIT = 0x40000000;

    /// `CLONE_NEWNS`, `…NEWCGROUP`, `…NEWUTS`, `…NEWIPC`, `…NEWUSER`, `…NEWPID`, `…NEWNET`.
    static final int NEW_NAMESPACES =
            0x00020000
                    | 0x02000000
                    | 0x04000000
                    | 0x08000000
                    | 0x10000000
                    | 0x20000000
                    | 0x40000000;

    static final int AF_UNIX = 1;
    static final int TIOCSTI = 0x5412;
    static final int TIOCLINUX = 0x541C;

    private static final EnumSet<SystemCall> CONDITIONAL =
            EnumSet.of(
                    SystemCall.CLONE,
                    SystemCall.CLONE3,
                    SystemCall.SOCKET,
                    SystemCall.SOCKETPAIR,
                    SystemCall.IOCTL);

    private final Machine machine;
    private final List<Instruction> program = new ArrayList<>();

    /// `struct sock_filter`: jumps count the instructions that are left out.
    private record Instruction(int code, int then, int otherwise, int value) {}

    private SeccompFilter(Machine machine) {
        this.machine = machine;
    }

    /// Returns the filter for a machine as the kernel reads it.
    static byte[] of(Machine machine) {
        SeccompFilter filter = new SeccompFilter(machine);
        filter.checkMachine();
        filter.checkCalls();
        return filter.toBytes();
    }

    /// Returns the calls that are refused with whatever arguments.
    static Collection<SystemCall> refused() {
        return EnumSet.complementOf(CONDITIONAL);
    }

    private void checkMachine() {
        add(LOAD, 0, 0, AUDIT_ARCH);
        add(IF_EQUAL, 1, 0, machine.audit());
        verdict(KILLED);
        add(LOAD, 0, 0, NUMBER);
        if (machine == Machine.X86_64) {
            add(IF_LEAST, 0, 1, X32_BIT);
            verdict(MISSING);
        }
    }

    private void checkCalls() {
        for (SystemCall call : refused()) {
            if (call.number(machine) != SystemCall.NONE) {
                onCall(call, 1);
                verdict(REFUSED);
            }
        }
        onCall(SystemCall.CLONE3, 1);
        verdict(MISSING);

        onCall(SystemCall.CLONE, 4);
        add(LOAD, 0, 0, ARGUMENT_0);
        add(IF_ANY_BIT, 0, 1, NEW_NAMESPACES);
        verdict(REFUSED);
        verdict(ALLOWED);

        for (SystemCall call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            onCall(call, 4);
            add(LOAD, 0, 0, ARGUMENT_0);
            add(IF_EQUAL, 1, 0, AF_UNIX);
            verdict(REFUSED);
            verdict(ALLOWED);
        }

        onCall(SystemCall.IOCTL, 5);
        add(LOAD, 0, 0, ARGUMENT_1);
        add(IF_EQUAL, 1, 0, TIOCSTI);
        add(IF_EQUAL, 0, 1, TIOCLINUX);
        verdict(REFUSED);
        verdict(ALLOWED);

        verdict(ALLOWED);
    }

    /// What follows is for this call; for others so many instructions are left out.
    private void onCall(SystemCall call, int length) {
        add(IF_EQUAL, 0, length, call.number(machine));
    }

    private void verdict(int verdict) {
        add(RETURN, 0, 0, verdict);
    }

    private void add(int code, int then, int otherwise, int value) {
        program.add(new Instruction(code, then, otherwise, value));
    }

    private byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction instruction : program) {
            bytes.putShort((short) instruction.code())
                    .put((byte) instruction.then())
                    .put((byte) instruction.otherwise())
                    .putInt(instruction.value());
        }
        return bytes.array();
    }
}
