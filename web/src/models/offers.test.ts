import { expect, test } from 'vitest';
import type { Offer } from '../api/types.ts';
import { firstOf, isArriving, size } from './offers.ts';

const offer = (id: string, change: Partial<Offer>): Offer => ({
    id,
    title: id,
    bytes: 1,
    here: 0,
    licence: 'MIT',
    usual: false,
    removable: false,
    hindrance: '',
    state: 'absent',
    error: '',
    ...change,
});

test('one begins with the usual model, else with the smallest that can answer here', () => {
    const small = offer('small', { bytes: 2 });
    const smallest = offer('smallest', { bytes: 1, hindrance: 'It is not for this engine.' });
    const large = offer('large', { bytes: 3, usual: true });
    expect(firstOf([small, large, smallest])).toBe(large);
    expect(firstOf([{ ...large, hindrance: 'It is too big.' }, small, smallest])).toBe(small);
    expect(firstOf([smallest])).toBeUndefined();
});

test('news are expected of what is on its way', () => {
    const states = ['absent', 'here', 'waiting', 'fetching', 'loading', 'failed', 'answering'] as const;
    expect(states.filter((state) => isArriving(offer('a', { state })))).toEqual(['waiting', 'fetching', 'loading']);
});

test('sizes are said in the words of the language', () => {
    expect(size(98_000_000, 'en')).toBe('98 MB');
    expect(size(1_117_320_736, 'en')).toBe('1.1 GB');
    expect(size(18_556_000_000, 'de')).toBe('19 GB');
    expect(size(2_497_000_000, 'de')).toBe('2,5 GB');
});
