import { describe, expect, it } from 'vitest';
import { readAsked } from './asked.ts';
import { readTold } from './told.ts';

const NONSENSE = [null, undefined, 'draw', 7, [], {}, { type: 'other' }, { type: 'draw' }, { type: 'drawn' }, { type: 'failed' }];

describe('what the page and the frame of a diagram say', () => {
    it('is read as it was meant, and nothing else of it', () => {
        expect(readAsked({ type: 'draw', id: 1, code: 'pie', dark: true, more: 1 })).toEqual({
            type: 'draw',
            id: 1,
            code: 'pie',
            dark: true,
        });
        expect(readTold({ type: 'ready', id: 1 })).toEqual({ type: 'ready' });
        expect(readTold({ type: 'drawn', id: 1, height: 10.2, html: '<b>' })).toEqual({ type: 'drawn', id: 1, height: 11 });
        expect(readTold({ type: 'failed', id: 1, why: 'no' })).toEqual({ type: 'failed', id: 1, why: 'no' });
    });

    it.each(NONSENSE)('is nothing when it is %j', (nonsense) => {
        expect(readAsked(nonsense)).toBeNull();
        expect(readTold(nonsense)).toBeNull();
    });

    it('has the right types', () => {
        expect(readAsked({ type: 'draw', id: '1', code: 'pie', dark: true })).toBeNull();
        expect(readAsked({ type: 'draw', id: 1, code: ['pie'], dark: true })).toBeNull();
        expect(readTold({ type: 'drawn', id: 1, height: '10' })).toBeNull();
        expect(readTold({ type: 'drawn', height: 10 })).toBeNull();
        expect(readTold({ type: 'failed', id: 1, why: { toString: () => 'no' } })).toBeNull();
    });

    it('is bounded', () => {
        expect(readTold({ type: 'drawn', id: 1, height: 1e9 })).toMatchObject({ height: 4000 });
        expect(readTold({ type: 'drawn', id: 1, height: -1 })).toBeNull();
        expect(readTold({ type: 'drawn', id: 1, height: NaN })).toBeNull();
        expect(readTold({ type: 'failed', id: 1, why: 'x'.repeat(5000) })).toMatchObject({ why: 'x'.repeat(1000) });
    });
});
