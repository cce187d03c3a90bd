package dev.polymnia.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a filter as the kernel would (McCanne and Jacobson, The BSD Packet Filter, 1993, section
/// 3), as far as seccomp filters go: absolute loads of words, jumps forward, and verdicts.
final class Bpf {
    private Bpf() {}

    /// Returns the verdict on a system call.
    ///
    /// @param arguments six at the most; the others are 0
    static int verdict(byte[] filter, int audit, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(number).putInt(audit).putLong(0x7F00_1234_5678L);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        ByteBuffer program = ByteBuffer.wrap(filter).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        int at = 0;
        while (true) {
            int code = program.getShort(8 * at);
            int then = Byte.toUnsignedInt(program.get(8 * at + 2));
            int otherwise = Byte.toUnsignedInt(program.get(8 * at + 3));
            int value = program.getInt(8 * at + 4);
            at++;
            switch (code) {
                case 0x20 -> accumulator = data.getInt(value);
                case 0x15 -> at += accumulator == value ? then : otherwise;
                case 0x35 ->
                        at += Integer.compareUnsigned(accumulator, value) >= 0 ? then : otherwise;
                case 0x45 -> at += (accumulator & value) != 0 ? then : otherwise;
                case 0x06 -> {
                    return value;
                }
                default -> throw new IllegalArgumentException("instruction " + code);
            }
        }
    }
}
