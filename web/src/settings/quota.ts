import type { Mode } from '../run/events.ts';

export const RESOURCES = ['tokens', 'money', 'runs'] as const;
export const WINDOWS = ['hour', 'day', 'month'] as const;

/** What may be spent: tokens, millionths of the currency, or runs at once, which have no window. */
export interface Quota {
    resource: (typeof RESOURCES)[number];
    per: (typeof WINDOWS)[number] | null;
    mode: Mode | null;
    limit: number;
}

/** A quota and what of it is spent. */
export interface Standing extends Quota {
    spent: number;
    reserved: number;
    left: number;
    renewed: number | null;
}

function same(a: Quota, b: Quota): boolean {
    return a.resource === b.resource && a.per === b.per && a.mode === b.mode;
}

/** Returns the quotas as the server takes them, with another that takes the place of one for the same. */
export function withQuota(all: readonly Quota[], quota: Quota): Quota[] {
    return [...without(all, quota), bare(quota)];
}

/** Returns the quotas as the server takes them, without one. */
export function without(all: readonly Quota[], quota: Quota): Quota[] {
    return all.filter((each) => !same(each, quota)).map(bare);
}

function bare({ resource, per, mode, limit }: Quota): Quota {
    return { resource, per, mode, limit };
}

export const MILLION = 1_000_000;

/** Returns what an amount is in the words of people: money is counted in millionths. */
export function amount(resource: Quota['resource'], value: number): number {
    return resource === 'money' ? value / MILLION : value;
}

/** Returns the limit that somebody wrote; null if it is none. */
export function limitOf(resource: Quota['resource'], text: string): number | null {
    const limit = Math.round(Number(text) * (resource === 'money' ? MILLION : 1));
    const whole = resource === 'money' || Number.isInteger(Number(text));
    return text.trim() !== '' && whole && limit >= 0 && Number.isSafeInteger(limit) ? limit : null;
}
