/// Calibration: which way to ask a model is best
/// ([Candidates][dev.polymnia.eval.calibrate.Candidates]), found out on training questions
/// ([Calibration][dev.polymnia.eval.calibrate.Calibration]) and written into a profile file.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.calibrate;
