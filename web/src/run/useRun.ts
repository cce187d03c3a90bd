import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { server } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import { watch } from '../api/watch.ts';
import type { Told } from './events.ts';
import { frames } from './frames.ts';
import { add, EMPTY, lastWhole, type RunLog } from './reducer.ts';

export interface Watched {
    log: RunLog;
    connected: boolean;
    problem: Problem | null;
}

const NOTHING: Watched = { log: EMPTY, connected: true, problem: null };

/** Watches a run while it is wanted. What comes within a frame is drawn at once. */
export function useRun(run: string | null, wanted: boolean): Watched {
    const [watched, setWatched] = useState<Watched>(NOTHING);
    useEffect(() => {
        if (run === null || !wanted) {
            return;
        }
        const left = new AbortController();
        let log = EMPTY;
        let waiting: Told[] = [];
        const { soon, stop } = frames(() => {
            const told = waiting;
            waiting = [];
            log = add(log, told);
            // In this frame, not in the next.
            flushSync(() => setWatched((before) => ({ ...before, log })));
        });
        setWatched(NOTHING);
        watch(
            {
                address: (after) => server.events(run, after),
                last: () => lastWhole(add(log, waiting)),
                tell: (told) => {
                    waiting.push(...told);
                    soon();
                },
                connected: (connected) => setWatched((before) => ({ ...before, connected })),
            },
            left.signal,
        ).catch((error: unknown) => {
            if (!left.signal.aborted) {
                setWatched((before) => ({ ...before, problem: asProblem(error) }));
            }
        });
        return () => {
            left.abort();
            stop();
        };
    }, [run, wanted]);
    return watched;
}
