import { useEffect, useState } from 'react';
import { server } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import { watch } from '../api/watch.ts';
import type { Told } from './events.ts';
import { add, EMPTY, lastWhole, type RunLog } from './reducer.ts';

export interface Watched {
    log: RunLog;
    connected: boolean;
    problem: Problem | null;
}

const NOTHING: Watched = { log: EMPTY, connected: true, problem: null };

/** How often a page that nobody sees is drawn. */
const UNSEEN = 250;

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
        let frame = 0;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const draw = () => {
            cancelAnimationFrame(frame);
            clearTimeout(timer);
            frame = 0;
            timer = undefined;
            const told = waiting;
            waiting = [];
            log = add(log, told);
            setWatched((before) => ({ ...before, log }));
        };
        const soon = () => {
            if (document.hidden) {
                timer ??= setTimeout(draw, UNSEEN);
            } else if (frame === 0) {
                frame = requestAnimationFrame(draw);
                // A page that is hidden meanwhile has no frames.
                timer ??= setTimeout(draw, UNSEEN);
            }
        };
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
            cancelAnimationFrame(frame);
            clearTimeout(timer);
        };
    }, [run, wanted]);
    return watched;
}
