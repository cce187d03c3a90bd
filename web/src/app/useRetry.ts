import { useEffect, useRef } from 'react';
import type { Problem } from '../api/problem.ts';

/** Tries again what failed because the server was not there: after pauses that grow, or when there is reason to. */
export function useRetry(problem: Problem | null, retry: () => void): void {
    const tries = useRef(0);
    const act = useRef(retry);
    act.current = retry;
    useEffect(() => {
        if (problem === null || (problem.kind !== 'gone' && problem.kind !== 'busy')) {
            tries.current = 0;
            return;
        }
        const again = () => act.current();
        const timer = setTimeout(again, Math.min(15_000, 1000 * 2 ** tries.current++));
        window.addEventListener('online', again);
        window.addEventListener('polymnia:try', again);
        return () => {
            clearTimeout(timer);
            window.removeEventListener('online', again);
            window.removeEventListener('polymnia:try', again);
        };
    }, [problem]);
}
