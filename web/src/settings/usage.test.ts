import { describe, expect, it } from 'vitest';
import { daily, dayOf, days, later, sums, type Spent } from './usage.ts';

function spent(part: Partial<Spent>): Spent {
    return {
        day: '2026-11-28',
        model: 'smollm2',
        mode: 'instant',
        person: 'person-1',
        runs: 1,
        cached: 5,
        computed: 20,
        generated: 100,
        branches: 0,
        money: 0,
        ...part,
    };
}

const ROWS = [
    spent({}),
    spent({ mode: 'contemplating', generated: 900, branches: 800, runs: 2 }),
    spent({ day: '2026-11-30', person: 'person-2', generated: 250 }),
    spent({ day: '2026-11-30', model: 'larger', generated: 50 }),
];

describe('what was spent', () => {
    it('is summed up by kind, the largest first', () => {
        expect(sums(ROWS, 'mode', 'generated')).toEqual([
            { name: 'contemplating', value: 900 },
            { name: 'instant', value: 400 },
        ]);
        expect(sums(ROWS, 'person', 'runs')).toEqual([
            { name: 'person-1', value: 4 },
            { name: 'person-2', value: 1 },
        ]);
        expect(sums(ROWS, 'model', 'branches')).toEqual([
            { name: 'smollm2', value: 800 },
            { name: 'larger', value: 0 },
        ]);
        expect(sums([], 'mode', 'generated')).toEqual([]);
    });

    it('comes to the same in every chart', () => {
        const total = (points: { value: number }[]) => points.reduce((all, { value }) => all + value, 0);

        for (const measure of ['generated', 'read', 'runs'] as const) {
            const expected = total(sums(ROWS, 'model', measure));
            expect(total(sums(ROWS, 'mode', measure))).toBe(expected);
            expect(total(sums(ROWS, 'person', measure))).toBe(expected);
            expect(total(daily(ROWS, '2026-11-01', '2026-11-30', measure))).toBe(expected);
        }
    });

    it('has days on which nothing was, and those of a server where it is tomorrow', () => {
        expect(daily(ROWS, '2026-11-27', '2026-11-29', 'generated')).toEqual([
            { name: '2026-11-27', value: 0 },
            { name: '2026-11-28', value: 1000 },
            { name: '2026-11-29', value: 0 },
            { name: '2026-11-30', value: 300 },
        ]);
    });

    it('counts what was read, in memory or not', () => {
        expect(daily([spent({})], '2026-11-28', '2026-11-28', 'read')).toEqual([{ name: '2026-11-28', value: 25 }]);
    });
});

describe('days', () => {
    it('are those of the calendar, over months, leap years and changes of the clock', () => {
        expect(days('2026-11-29', '2026-12-01')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01']);
        expect(later('2028-02-28', 1)).toBe('2028-02-29');
        expect(later('2026-03-01', -1)).toBe('2026-02-28');
        expect(days('2026-03-28', '2026-03-30')).toHaveLength(3);
        expect(days('2026-01-02', '2026-01-01')).toEqual([]);
    });

    it('are those of the clock on the wall', () => {
        expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
    });
});
