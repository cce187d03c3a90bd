import org.jspecify.annotations.NullMarked;

/// Evaluation: tasks, scorers, runs that can be resumed, statistics, logs and reports.
@NullMarked
module dev.polymnia.eval {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.agents;
    requires transitive dev.polymnia.core;
    requires transitive dev.polymnia.sandbox;
    requires java.desktop;
    requires java.xml;
    requires org.apache.xmlgraphics.batik.svggen;
    requires xchart;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.csv;
    requires tools.jackson.dataformat.yaml;

    exports dev.polymnia.eval;
    exports dev.polymnia.eval.bank;
    exports dev.polymnia.eval.calibrate;
    exports dev.polymnia.eval.log;
    exports dev.polymnia.eval.report;
    exports dev.polymnia.eval.run;
    exports dev.polymnia.eval.score;
    exports dev.polymnia.eval.stats;
    exports dev.polymnia.eval.task;

    opens dev.polymnia.eval.run to
            tools.jackson.databind;
}
