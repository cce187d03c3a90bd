import { useCallback, useRef, useState } from 'react';
import { asFailure, type Problem } from '../api/problem.ts';

export interface Act {
    busy: boolean;
    problem: Problem | null;
    /** Does something, if nothing is under way; what comes of it is told, or why nothing does. */
    act: <T>(deed: () => Promise<T>, done?: (result: T) => void) => void;
}

/** What somebody has the server do, one thing after the other. */
export function useAct(): Act {
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<Problem | null>(null);
    const underWay = useRef(false);
    const act = useCallback(<T>(deed: () => Promise<T>, done?: (result: T) => void) => {
        if (underWay.current) {
            return;
        }
        underWay.current = true;
        setBusy(true);
        setProblem(null);
        deed()
            .then((result) => done?.(result))
            .catch((error: unknown) => setProblem(asFailure(error)))
            .finally(() => {
                underWay.current = false;
                setBusy(false);
            });
    }, []);
    return { busy, problem, act };
}
