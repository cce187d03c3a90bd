import org.jspecify.annotations.NullMarked;

/// The words and the ports that every other module speaks: messages, models, budgets, events,
/// faults.
@NullMarked
module dev.polymnia.core {
    requires static transitive org.jspecify;

    exports dev.polymnia.core;
    exports dev.polymnia.core.message;
    exports dev.polymnia.core.model;
    exports dev.polymnia.core.platform;
    exports dev.polymnia.core.run;
    exports dev.polymnia.core.text;
}
