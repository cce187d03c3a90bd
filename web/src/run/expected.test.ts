import { describe, expect, it } from 'vitest';
import type { Wishes } from '../api/client.ts';
import type { Run } from '../api/types.ts';
import { expected } from './expected.ts';

const WISHES: Wishes = { model: '', mode: 'thinking', agents: null, tokens: null, seconds: null };

function run(seconds: number, tokens: number, change: Partial<Run> & { agents?: number } = {}): Run {
    const { agents = 1, ...rest } = change;
    const each = Array.from({ length: agents }, (_, agent) => agent);
    return {
        id: 'run',
        mode: 'thinking',
        model: 'tiny',
        state: 'finished',
        outcome: { text: 'yes', partial: false },
        ledger: {
            seconds,
            entries: each.map((agent) => ({ agent, cached: 5, computed: 7, generated: tokens / agents, money: 0 })),
            agents: each.map((agent) => ({ agent, approach: '', started: 0, seconds, votes: false, reason: 'end' })),
        },
        ...rest,
    };
}

describe('what is expected', () => {
    it('is what the last ones took, in the middle', () => {
        expect(expected([run(1, 10), run(100, 20), run(3, 900)], WISHES)).toEqual({ runs: 3, seconds: 3, tokens: 20 });
        expect(expected([run(4, 40), run(1, 10), run(3, 30), run(2, 20)], WISHES)).toEqual({
            runs: 4,
            seconds: 2.5,
            tokens: 25,
        });
    });

    it('is nothing when there were too few', () => {
        expect(expected([], WISHES)).toBeNull();
        expect(expected([run(1, 10), run(2, 20)], WISHES)).toBeNull();
    });

    it('forgets what is longer ago', () => {
        const runs = [...Array<Run>(20).fill(run(1, 10)), ...Array<Run>(50).fill(run(9, 90))];

        expect(expected(runs, WISHES)).toEqual({ runs: 20, seconds: 1, tokens: 10 });
    });

    it('is of this mode and model', () => {
        const runs = [
            ...Array<Run>(3).fill(run(1, 10, { mode: 'instant' })),
            ...Array<Run>(3).fill(run(5, 50, { model: 'large' })),
            ...Array<Run>(5).fill(run(2, 20)),
        ];

        expect(expected(runs, { ...WISHES, mode: 'instant' })).toMatchObject({ seconds: 1 });
        expect(expected(runs, { ...WISHES, model: 'large' })).toMatchObject({ runs: 3, seconds: 5 });
        expect(expected(runs, WISHES)).toMatchObject({ runs: 8, seconds: 2 });
        expect(expected(runs, { ...WISHES, mode: 'contemplating' })).toBeNull();
    });

    it('is of about as many agents', () => {
        const team = (agents: number, seconds: number) => run(seconds, 100 * agents, { mode: 'contemplating', agents });
        const runs = [3, 4, 5, 8, 8, 10, 16].map((agents) => team(agents, agents));
        const wishes: Wishes = { ...WISHES, mode: 'contemplating' };

        expect(expected(runs, { ...wishes, agents: 4 })).toEqual({ runs: 3, seconds: 4, tokens: 400 });
        expect(expected(runs, { ...wishes, agents: 8 })).toMatchObject({ runs: 3, seconds: 8 });
        expect(expected(runs, { ...wishes, agents: 16 })).toBeNull();
        expect(expected(runs, wishes)).toMatchObject({ runs: 7, seconds: 8 });
        // Agents that were wanted for another mode say nothing of this one.
        expect(expected([run(1, 1), run(1, 1), run(1, 1)], { ...WISHES, agents: 8 })).not.toBeNull();
    });

    it('leaves out what was stopped, failed or is at work', () => {
        const runs = [
            run(9, 9, { outcome: { text: '', partial: true } }),
            run(9, 9, { state: 'failed' }),
            run(9, 9, { state: 'running' }),
            run(9, 9, { state: 'cancelled' }),
        ];

        expect(expected([...runs, run(1, 1), run(1, 1)], WISHES)).toBeNull();
        expect(expected([...runs, run(1, 1), run(1, 1), run(1, 1)], WISHES)).toMatchObject({ runs: 3, seconds: 1 });
    });

    it('is no more than the budget', () => {
        const runs = Array<Run>(3).fill(run(60, 600));

        expect(expected(runs, { ...WISHES, tokens: 100, seconds: 30 })).toEqual({ runs: 3, seconds: 30, tokens: 100 });
        expect(expected(runs, { ...WISHES, tokens: 1000, seconds: 90 })).toEqual({ runs: 3, seconds: 60, tokens: 600 });
    });
});
