import { describe, expect, it } from 'vitest';
import { grouped, planned, sum } from './groups.ts';
import type { Lane, RunView } from './reducer.ts';
import { EMPTY } from './reducer.ts';

function lane(agent: number, change: Partial<Lane>): Lane {
    return {
        agent, approach: '', state: 'done', reasoning: '', text: '', tools: [], tokens: 1, heard: 0, begun: 0, thought: null,
        ended: 1, answer: null, votes: false, confidence: null, reason: 'end', note: '', ...change,
    };
}

const LANES = [
    lane(0, { answer: '21', votes: true }),
    lane(1, { answer: '31', votes: true }),
    lane(2, { state: 'speaking', reason: null, ended: null }),
    lane(3, { answer: '31', votes: true }),
    lane(4, { answer: '7', votes: false, reason: 'length' }),
    lane(5, { reason: 'cancelled' }),
];

describe('agents by what they came to', () => {
    const view: RunView = { ...EMPTY.view, state: 'running', lanes: LANES };

    it('are together with those that agree, the most first', () => {
        const { groups, silent, open, folded } = grouped(view);

        expect(groups.map(({ answer, votes }) => [answer, votes])).toEqual([['31', 2], ['21', 1]]);
        expect([silent, open, folded].map((each) => each.map(({ agent }) => agent))).toEqual([[4], [2], [5]]);
    });

    it('stand in the order of the tally, whose votes may weigh differently', () => {
        const shares = [{ answer: '21', votes: 1 }, { answer: '31', votes: 2 }];
        const { groups } = grouped({ ...view, tally: { shares, silent: 0, pending: 0 } });

        expect(groups.map(({ answer }) => answer)).toEqual(['21', '31']);
    });

    it('are folded away when the run ended without them', () => {
        expect(grouped({ ...view, state: 'finished' }).folded.map(({ agent }) => agent)).toEqual([2, 5]);
    });
});

it('those who vote are counted, and those who are to', () => {
    const view: RunView = { ...EMPTY.view, lanes: LANES };
    expect(planned(view)).toBe(6);
    expect(planned({ ...view, tally: { shares: [{ answer: '31', votes: 2 }, { answer: '7', votes: 1 }], silent: 1, pending: 4 } })).toBe(8);
});

it('a run is summed up by who agreed, its time and its tokens', () => {
    const agent = { approach: '', started: 0, seconds: 1, votes: true, reason: 'end' };
    const usage = { cached: 0, computed: 0, money: 0 };
    const ledger = {
        seconds: 14,
        entries: [{ ...usage, agent: -1, generated: 0 }, { ...usage, agent: 0, generated: 5 }, { ...usage, agent: 1, generated: 7 }],
        agents: [{ ...agent, agent: 0, answer: '31' }, { ...agent, agent: 1, answer: '4' }],
    };

    expect(sum(ledger, '31')).toEqual({ agents: 2, agreed: 1, seconds: 14, tokens: 12 });
    expect(sum(ledger, null).agreed).toBe(0);
});
