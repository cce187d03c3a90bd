/// What runs did, for OpenTelemetry: [Traces] is opened once, as [TraceOptions] say; each run gets
/// a [RunTrace], which hears its events. Never words of prompts or answers.
///
/// The library lies on the class path at run time; nothing of it is read while traces are off.
@NullMarked
package dev.polymnia.server.trace;

import org.jspecify.annotations.NullMarked;
