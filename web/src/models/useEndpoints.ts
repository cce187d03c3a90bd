import { useCallback, useEffect } from 'react';
import type { Problem } from '../api/problem.ts';
import { useAct } from '../app/useAct.ts';
import { useRead } from '../settings/useRead.ts';
import { endpoints, type Endpoint } from './endpoints.ts';

const OFTEN = 1000;

export interface Endpoints {
    /** null until they are known. */
    all: readonly Endpoint[] | null;
    problem: Problem | null;
    busy: boolean;
    look: () => void;
    connect: (id: string) => void;
}

/**
 * The endpoints that were added; looks again while one is being asked.
 *
 * @param onAnswering is told whenever there may be others that answer
 */
export function useEndpoints(onAnswering: () => void): Endpoints {
    const { value: all, problem: unread, reload } = useRead(endpoints.all);
    const { busy, problem, act } = useAct();
    const look = useCallback(() => void reload(), [reload]);
    useEffect(() => {
        if (all === null || !all.some(({ state }) => state === 'connecting')) {
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
    const connect = useCallback((id: string) => act(() => endpoints.connect(id).finally(look)), [act, look]);
    return { all, problem: problem ?? unread, busy, look, connect };
}
