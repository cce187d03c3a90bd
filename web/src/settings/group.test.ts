import { describe, expect, it } from 'vitest';
import { changesOf, filled } from './group.ts';

describe('who is in a group', () => {
    const there = ['ada', 'ben', 'cleo', 'dan'];

    it('is who somebody chose', () => {
        const changes = changesOf(['ada', 'ben'], ['ben', 'cleo']);
        expect(changes).toEqual({ ada: false, cleo: true });
        expect(filled(['ada', 'ben'], changes, there)).toEqual(['ben', 'cleo']);
        expect(changesOf(['ada'], ['ada'])).toEqual({});
    });

    it('is whom another owner put in or took out meanwhile as well', () => {
        const changes = changesOf(['ada', 'ben'], ['ben', 'cleo']);
        expect(filled(['ada', 'dan'], changes, there)).toEqual(['dan', 'cleo']);
        // Both wanted the same.
        expect(filled(['ben', 'cleo'], changes, there)).toEqual(['ben', 'cleo']);
    });

    it('is nobody who is gone', () => {
        const changes = changesOf(['ada'], ['ada', 'cleo', 'dan']);
        expect(filled(['ada'], changes, ['ada', 'dan'])).toEqual(['ada', 'dan']);
    });
});
