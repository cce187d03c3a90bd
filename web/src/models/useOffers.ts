import { useCallback, useEffect, useState } from 'react';
import { server } from '../api/client.ts';
import { asFailure, asProblem, type Problem } from '../api/problem.ts';
import type { Offer } from '../api/types.ts';
import { useRetry } from '../app/useRetry.ts';
import { isArriving } from './offers.ts';

const OFTEN = 1000;

export interface Offers {
    /** null until they are known. */
    all: readonly Offer[] | null;
    problem: Problem | null;
    /** Does something with a model, and looks how they stand. */
    act: (change: () => Promise<unknown>) => void;
}

/**
 * The models that can be had; looks again while one is on its way.
 *
 * @param onAnswering is told whenever there may be others that answer
 */
export function useOffers(onAnswering: () => void): Offers {
    const [all, setAll] = useState<readonly Offer[] | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    // Why what was done last was not: looking tells nothing of that.
    const [refused, setRefused] = useState<Problem | null>(null);
    const look = useCallback(() => {
        server.offers().then(
            ({ data }) => {
                setAll(data);
                setProblem(null);
            },
            (error: unknown) => setProblem(asProblem(error)),
        );
    }, []);
    useEffect(look, [look]);
    useRetry(problem, look);
    useEffect(() => {
        if (all === null || !all.some(isArriving)) {
            return;
        }
        const timer = setTimeout(look, OFTEN);
        return () => clearTimeout(timer);
    }, [all, look]);
    const answering = all?.filter(({ state }) => state === 'answering').map(({ id }) => id).join(' ');
    useEffect(() => {
        if (answering !== undefined) {
            onAnswering();
        }
    }, [answering, onAnswering]);
    const act = useCallback(
        (change: () => Promise<unknown>) => {
            setRefused(null);
            void change()
                .catch((error: unknown) => setRefused(asFailure(error)))
                .finally(look);
        },
        [look],
    );
    return { all, problem: refused ?? problem, act };
}
