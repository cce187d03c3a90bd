package dev.polymnia.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Makes all attempts as whoever started it and prints what was not contained; see [PlainUserTest].
final class PlainUser {
    private PlainUser() {}

    public static void main(String... arguments) throws IOException {
        int contained = 0;
        try (Host host = Host.open();
                Sandbox sandbox = Sandboxes.open()) {
            System.out.println(sandbox.description());
            for (Attempt attempt : Attempts.all()) {
                Optional<String> complaint = attempt.complaint(sandbox.run(attempt.job(host)));
                List<String> harm = host.harm();
                if (complaint.isEmpty() && harm.isEmpty()) {
                    contained++;
                } else {
                    System.out.println(attempt.name() + ": " + complaint + " " + harm);
                }
            }
        }
        System.out.println(lastLine(contained));
    }

    static String lastLine(int contained) {
        return "contained: " + contained;
    }
}
