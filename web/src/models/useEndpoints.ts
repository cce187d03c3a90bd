import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { useAct } from '../app/useAct.ts';
import { useRead } from '../settings/useRead.ts';
import { endpoints, type Endpoint } from './endpoints.ts';

const OFTEN = 1000;

export interface Endpoints {
    /** null until they are known. */
    all: readonly Endpoint[] | null;
    problem: Problem | null;
    /** The one that is being asked once more; empty for none. */
    connecting: string;
    /** Reads them anew, and says that there may be others that answer, also when nobody looks any more. */
    look: () => Promise<void>;
    connect: (id: string) => void;
}

/**
 * The endpoints that were added; looks again while one is being asked.
 *
 * @param onAnswering is told whenever there may be others that answer
 */
export function useEndpoints(onAnswering: () => void): Endpoints {
    const { value, problem, reload } = useRead(endpoints.all);
    const { busy, act } = useAct();
    const [last, setLast] = useState('');
    useEffect(() => {
        if (value === null || !value.some(({ state }) => state === 'connecting')) {
            return;
        }
        const timer = setTimeout(() => void reload(), OFTEN);
        return () => clearTimeout(timer);
    }, [value, reload]);
    const answering = value?.filter(({ state }) => state === 'answering').map(({ id }) => id).join(' ');
    useEffect(() => {
        if (answering !== undefined) {
            onAnswering();
        }
    }, [answering, onAnswering]);
    const look = useCallback(() => {
        onAnswering();
        return reload();
    }, [onAnswering, reload]);
    // Why one does not answer is told where it stands.
    const connect = useCallback(
        (id: string) =>
            act(() => {
                setLast(id);
                return endpoints.connect(id).finally(look);
            }),
        [act, look],
    );
    const connecting = busy ? last : '';
    const all = value?.map((each) => (each.id === connecting ? { ...each, state: 'connecting' as const, error: '' } : each));
    return { all: all ?? null, problem, connecting, look, connect };
}
