import { expect, it } from 'vitest';
import { weightOf, weighs } from './weights.ts';

it('tells votes that weigh 1 each by their number alone', () => {
    expect(weighs({ answer: '31', votes: 3 })).toBe(3);
    expect(weightOf({ answer: '31', votes: 3 }, 'en')).toBe('');
    expect(weightOf({ answer: '31', votes: 3, weight: 3.004 }, 'en')).toBe('');
});

it('tells what votes weigh behind them where it is something else', () => {
    expect(weighs({ answer: '31', votes: 2, weight: 3.5 })).toBe(3.5);
    expect(weightOf({ answer: '31', votes: 2, weight: 3.5 }, 'en')).toBe(' (3.5)');
    expect(weightOf({ answer: '31', votes: 2, weight: 3.456 }, 'de')).toBe(' (3,46)');
});
