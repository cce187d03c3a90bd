package dev.polymnia.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import dev.polymnia.models.ChatFormat;
import java.io.IOException;
import java.nio.file.Path;

/// How llama-server is started.
///
/// @param program llama-server
/// @param weights the model file that both peers read
/// @param format how both write prompts
/// @param threads with which both compute
record Launcher(Path program, Path weights, ChatFormat format, int threads) {
    ServerProcess start(ServerFlags flags) throws InterruptedException {
        return ServerProcess.start(program, weights, flags.line(threads));
    }

    /// Returns what the program says of itself.
    ///
    /// @throws Fault `UNAVAILABLE` if it cannot be run
    String version() throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(program.toString(), "--version")
                            .redirectErrorStream(true)
                            .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return said.lines()
                    .filter(line -> line.startsWith("version:"))
                    .findFirst()
                    .orElse("version unknown");
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    program + " cannot be run; build it with bench/peer. " + e.getMessage(),
                    e);
        }
    }
}
