/// Reports: what runs came to, for people and for programs.
///
/// [Report][dev.polymnia.eval.report.Report] is all that others need. `Rows` measures each run
/// (`Row`) and compares it with the Thinking run of the same questions; `Calibration` looks at the
/// vote shares, `Judged` at the verdicts of a judge. `Columns` is the one place that says what the
/// tables show; `Markdown`, `ReportJson` and `Page` write them out. `Plots` draws, `SideBySide`
/// collects the samples of the page.
///
/// Whatever a model, a data set or a file name says is hostile: it gets into the page through
/// `Html`, and into scripts as JSON without angle brackets only.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.report;
