import { describe, expect, it } from 'vitest';
import { amount, limitOf, without, withQuota, type Quota, type Standing } from './quota.ts';

const DAILY: Quota = { resource: 'tokens', per: 'day', mode: null, limit: 1000 };
const DEEP: Quota = { ...DAILY, mode: 'contemplating', limit: 500 };
const STANDING: Standing = { ...DAILY, spent: 10, reserved: 0, left: 990, renewed: 5 };

describe('quotas', () => {
    it('are one for each thing that is limited', () => {
        expect(withQuota([STANDING, DEEP], { ...DAILY, limit: 7 })).toEqual([DEEP, { ...DAILY, limit: 7 }]);
        expect(withQuota([DAILY], { ...DAILY, per: 'month' })).toHaveLength(2);
        expect(withQuota([DAILY], { resource: 'runs', per: null, mode: null, limit: 1 })).toHaveLength(2);
    });

    it('are sent without how they stand', () => {
        expect(without([STANDING, DEEP], DEEP)).toEqual([DAILY]);
        expect(without([STANDING], STANDING)).toEqual([]);
    });

    it('are written as people count', () => {
        expect(limitOf('money', '2.5')).toBe(2_500_000);
        expect(limitOf('money', '0.000001')).toBe(1);
        expect(amount('money', 2_500_000)).toBe(2.5);
        expect(limitOf('tokens', '2000')).toBe(2000);
        expect(limitOf('runs', '0')).toBe(0);
    });

    it('are none where no number stands', () => {
        for (const text of ['', ' ', 'many', '-1', '1.5', '1e300', 'NaN']) {
            expect(limitOf('tokens', text)).toBeNull();
        }
    });
});
