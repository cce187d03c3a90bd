import { useCallback, useEffect, useRef, useState } from 'react';
import { askFleeting, type Turn } from '../api/fleeting.ts';
import type { Wishes } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import type { Attachment } from '../files/attachments.ts';
import { contentOf, inlined } from '../files/inline.ts';
import type { Told } from '../run/events.ts';
import { frames } from '../run/frames.ts';
import { add, EMPTY, type RunLog } from '../run/reducer.ts';
import { turnsOf } from './turns.ts';

/** A question and what it came to. */
export interface Exchange {
    question: string;
    /** The names of the files that it was asked with. */
    files: readonly string[];
    content: Turn['content'];
    log: RunLog;
    state: 'writing' | 'over' | 'stopped' | Problem;
}

type Asked = Pick<Exchange, 'question' | 'files' | 'content'>;

export interface Fleeting {
    exchanges: readonly Exchange[];
    working: boolean;
    /** Resolves when it is asked, not when it is answered; to false if the page was left before. */
    ask: (text: string, files: readonly Attachment[], wishes: Wishes) => Promise<boolean>;
    /** Asks the last question once more. */
    again: (wishes: Wishes) => void;
    stop: () => void;
}

/** Why a run is ended that nobody sees any more. */
const LEFT = 'left';

/** A conversation that is nowhere but in this page, as long as it is shown. */
export function useFleeting(onOver: () => void): Fleeting {
    const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
    const running = useRef<AbortController | null>(null);
    const over = useRef(onOver);
    over.current = onOver;
    const left = useRef(false);
    useEffect(() => {
        left.current = false;
        return () => {
            left.current = true;
            running.current?.abort(LEFT);
        };
    }, []);

    const run = useCallback((before: readonly Exchange[], asked: Asked, wishes: Wishes) => {
        running.current?.abort(LEFT);
        const stopped = new AbortController();
        running.current = stopped;
        let log = EMPTY;
        let waiting: Told[] = [];
        let count = 0;
        let state: Exchange['state'] = 'writing';
        const { question, files, content } = asked;
        const show = () => setExchanges([...before, { question, files, content, log, state }]);
        const drawn = frames(() => {
            log = add(log, waiting);
            waiting = [];
            show();
        });
        show();
        const end = (now: Exchange['state']) => {
            if (stopped.signal.reason === LEFT) {
                drawn.stop();
                return;
            }
            state = stopped.signal.aborted ? 'stopped' : now;
            drawn.now();
            over.current();
        };
        askFleeting(
            turnsOf(before, content),
            wishes,
            (event) => {
                waiting.push({ id: ++count, event });
                drawn.soon();
            },
            stopped.signal,
        ).then(
            () => end('over'),
            (error: unknown) => end(asProblem(error)),
        );
    }, []);

    const ask = useCallback(
        async (text: string, files: readonly Attachment[], wishes: Wishes) => {
            const content = contentOf(text, await Promise.all(files.map(({ file }) => inlined(file))));
            if (left.current) {
                return false;
            }
            run(exchanges, { question: text, files: files.map(({ file }) => file.name), content }, wishes);
            return true;
        },
        [run, exchanges],
    );
    const again = useCallback(
        (wishes: Wishes) => {
            const last = exchanges.at(-1);
            if (last !== undefined) {
                run(exchanges.slice(0, -1), last, wishes);
            }
        },
        [run, exchanges],
    );
    const stop = useCallback(() => running.current?.abort(), []);
    return { exchanges, working: exchanges.at(-1)?.state === 'writing', ask, again, stop };
}
