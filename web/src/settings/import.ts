import { useSyncExternalStore } from 'react';
import { asProblem, type Problem } from '../api/problem.ts';
import { tell } from '../app/news.ts';
import { bring, type Brought } from './upload.ts';

/** How the file that was sent last stands. */
export interface Import {
    /** Who sent it; empty for who is alone. */
    person: string;
    name: string;
    /** How much of it was sent, from 0 to 1; null if it is over, or was never begun. */
    part: number | null;
    brought: Brought | null;
    problem: Problem | null;
}

const NONE: Import = { person: '', name: '', part: null, brought: null, problem: null };

let now = NONE;
let sent = new AbortController();
const told = new EventTarget();

function be(next: Import): void {
    now = next;
    told.dispatchEvent(new Event('changed'));
}

function subscribe(changed: () => void): () => void {
    told.addEventListener('changed', changed);
    return () => told.removeEventListener('changed', changed);
}

/** Returns how it stands; others than who sent it are told nothing. */
export function importOf(person: string): Import {
    return now.person === person ? now : NONE;
}

/** The same, whatever was looked at meanwhile. */
export function useImport(person: string): Import {
    return useSyncExternalStore(subscribe, () => importOf(person));
}

/** Sends a file. It goes on when nobody looks at it any more. */
export async function send(person: string, file: File): Promise<void> {
    const controller = new AbortController();
    const change = (part: Partial<Import>) => {
        if (controller === sent) {
            be({ ...now, ...part });
        }
    };
    sent = controller;
    be({ ...NONE, person, name: file.name, part: 0 });
    try {
        const brought = await bring(file, (part) => change({ part }), controller.signal);
        change({ brought });
        tell('');
    } catch (error) {
        if (!controller.signal.aborted) {
            const problem = asProblem(error);
            if (problem.kind === 'signed-out') {
                window.dispatchEvent(new Event('polymnia:signed-out'));
            }
            change({ problem });
        }
    } finally {
        change({ part: null });
    }
}

export function stop(): void {
    sent.abort();
}
