import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, type Problem } from '../api/problem.ts';
import { useRetry } from '../app/useRetry.ts';

export interface Read<T> {
    /** Null until it is known. */
    value: T | null;
    problem: Problem | null;
    /** Reads it once more; what is known stays until then. Resolves when it is known, or why it is not. */
    reload: () => Promise<void>;
}

/**
 * Reads something from the server.
 *
 * @param read stays the same as long as the same is to be read
 */
export function useRead<T>(read: () => Promise<T>): Read<T> {
    const [value, setValue] = useState<T | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const latest = useRef(0);
    const reload = useCallback(() => {
        const turn = ++latest.current;
        return read().then(
            (found) => {
                if (turn === latest.current) {
                    setValue(found);
                    setProblem(null);
                }
            },
            (error: unknown) => {
                if (turn === latest.current) {
                    setProblem(asProblem(error));
                }
            },
        );
    }, [read]);
    useEffect(() => {
        void reload();
        return () => {
            latest.current++;
        };
    }, [reload]);
    useRetry(problem, reload);
    return { value, problem, reload };
}
