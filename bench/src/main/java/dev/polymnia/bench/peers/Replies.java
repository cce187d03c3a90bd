package dev.polymnia.bench.peers;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What scenarios do with answers. Not instantiated.
final class Replies {
    private Replies() {}

    /// Waits for all.
    static List<Reply> await(List<Talk> talks) throws InterruptedException {
        List<Reply> replies = new ArrayList<>();
        for (Talk talk : talks) {
            replies.add(talk.await());
        }
        return replies;
    }

    /// Returns the seconds from a moment to the last end.
    static double seconds(long begin, List<Reply> replies) {
        return (replies.stream().mapToLong(Reply::ended).max().orElse(begin) - begin) / 1e9;
    }

    /// Returns the time and the time by token, under the first two metrics of a scenario.
    static Map<Metric, Double> times(List<Metric> metrics, long begin, List<Reply> replies) {
        double seconds = seconds(begin, replies);
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(metrics.get(0), seconds);
        values.put(metrics.get(1), 1000 * seconds / Math.max(1, Measure.written(replies)));
        return values;
    }

    /// Returns why answers stopped, with the first error if there is one.
    static String stops(List<Reply> replies) {
        Map<String, Long> stops =
                replies.stream().collect(groupingBy(Reply::stop, TreeMap::new, counting()));
        return replies.stream()
                .filter(Reply::failed)
                .findFirst()
                .map(failed -> stops + ", " + failed.error())
                .orElse(stops.toString());
    }
}
