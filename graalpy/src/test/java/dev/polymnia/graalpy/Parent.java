package dev.polymnia.graalpy;

import dev.polymnia.sandbox.Job;
import dev.polymnia.sandbox.Limits;
import dev.polymnia.sandbox.Sandbox;
import java.time.Duration;

/// A program that is killed while it waits for one in the sandbox; see [WatchedProgramTest].
final class Parent {
    private Parent() {}

    public static void main(String... arguments) {
        Limits limits = Limits.DEFAULT.withWall(Duration.ofHours(1)).withCpu(Duration.ofHours(1));
        try (Sandbox sandbox = Opened.sandbox()) {
            System.out.println("opened");
            sandbox.run(Job.python("while True: pass").withLimits(limits));
        }
    }
}
