import type { Share } from './events.ts';

const SAME = 0.005;

/** Returns what the votes for an answer weigh together. */
export function weighs({ votes, weight = votes }: Share): number {
    return weight;
}

/** Returns what they weigh in brackets, behind how many they are; nothing where that is the same. */
export function weightOf(share: Share, locale: string): string {
    const weight = weighs(share);
    return Math.abs(weight - share.votes) < SAME
        ? ''
        : ` (${weight.toLocaleString(locale, { maximumFractionDigits: 2 })})`;
}
