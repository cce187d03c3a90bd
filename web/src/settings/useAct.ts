import { useCallback, useState } from 'react';
import { asProblem, type Problem } from '../api/problem.ts';

export interface Act {
    busy: boolean;
    problem: Problem | null;
    /** Does something; what comes of it is told, or why nothing does. */
    act: <T>(deed: () => Promise<T>, done?: (result: T) => void) => void;
}

/** What somebody has the server do, one thing after the other. */
export function useAct(): Act {
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const act = useCallback(<T>(deed: () => Promise<T>, done?: (result: T) => void) => {
        setBusy(true);
        setProblem(null);
        deed()
            .then((result) => done?.(result))
            .catch((error: unknown) => setProblem(asProblem(error)))
            .finally(() => setBusy(false));
    }, []);
    return { busy, problem, act };
}
