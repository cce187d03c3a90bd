package dev.polymnia.eval.run;

import java.time.Duration;

/// How far a judge is with a run. What one agent of a sample wrote is a writing.
///
/// @param done judged writings, those of earlier sittings included
/// @param total all writings of the samples that are finished
/// @param yes how many say or suspect that this is a test
/// @param none how many have no verdict, as the judge's answer cannot be read
/// @param now writings that were judged in this sitting
/// @param elapsed since this sitting began
public record JudgeStanding(int done, int total, int yes, int none, int now, Duration elapsed) {
    /// Returns whether there is nothing left to judge.
    public boolean isWhole() {
        return done == total;
    }

    /// Returns how long the rest takes at the rate so far; zero if there is none to tell it by.
    public Duration left() {
        return Standing.left(now, total - done, elapsed);
    }
}
