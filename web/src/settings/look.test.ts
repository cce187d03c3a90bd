import { describe, expect, it } from 'vitest';
import { sound } from './look.ts';

const USUAL = { theme: 'system', language: 'de', size: 'normal', motion: 'system' };

describe('a look', () => {
    it('is what was chosen', () => {
        const chosen = { theme: 'dark', language: 'en', size: 'large', motion: 'reduced' };

        expect(sound(chosen, ['de'])).toEqual(chosen);
    });

    it('is the usual one where nothing was', () => {
        expect(sound({}, ['fr', 'de-AT'])).toEqual(USUAL);
        expect(sound({ theme: 'light' }, ['de'])).toEqual({ ...USUAL, theme: 'light' });
    });

    it('is never one that there is not', () => {
        expect(sound({ theme: 'pink', language: 'toString', size: 400, motion: null }, ['de'])).toEqual(USUAL);
    });
});
