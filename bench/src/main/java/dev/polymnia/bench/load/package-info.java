/// The real server, in a process of its own with the smallest model, under load and with faults:
/// [LoadFigures][dev.polymnia.bench.load.LoadFigures] starts one of them. [Load] are clients that
/// start runs and watch them; what they are told has to be there in the end ([Aftermath]).
@NullMarked
package dev.polymnia.bench.load;

import org.jspecify.annotations.NullMarked;
