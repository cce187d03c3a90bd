package dev.polymnia.sandbox;

/// What a program that helps, and is not the one to run, wrote to its standard error.
final class Complaint {
    private static final int LONGEST = 300;

    private Complaint() {}

    /// Returns its first line that is not blank, without control characters.
    static String firstLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .map(line -> line.substring(0, Math.min(LONGEST, line.length())))
                .orElse("it gave no reason");
    }
}
