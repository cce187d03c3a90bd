import type { Offer } from '../api/types.ts';

/** Whether news of a model are to be expected. */
export function isArriving(offer: Offer): boolean {
    return offer.state === 'waiting' || offer.state === 'fetching' || offer.state === 'loading';
}

/** Returns the one to begin with: the usual one, or the smallest, of those that can answer here. */
export function firstOf(offers: readonly Offer[]): Offer | undefined {
    const able = offers.filter((offer) => offer.hindrance === '');
    return able.find((offer) => offer.usual) ?? able.toSorted((one, other) => one.bytes - other.bytes)[0];
}

/** Returns a size as people say it, with three digits at the most. */
export function size(bytes: number, locale: string): string {
    const giga = bytes >= 1e9;
    return `${(bytes / (giga ? 1e9 : 1e6)).toLocaleString(locale, { maximumSignificantDigits: giga ? 2 : 3 })} ${giga ? 'GB' : 'MB'}`;
}
