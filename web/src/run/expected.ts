import type { Wishes } from '../api/client.ts';
import type { Run } from '../api/types.ts';
import type { Ledger } from './events.ts';
import { sum } from './groups.ts';

/** What an answer will probably take. */
export interface Expectation {
    /** How many earlier ones say so. */
    runs: number;
    seconds: number;
    tokens: number;
}

/** Fewer say nothing. */
const FEWEST = 3;
/** What is longer ago was perhaps another machine. */
const MOST = 20;

type Done = Run & { ledger: Ledger };

/**
 * Returns what the last answers of this kind took, in the middle, and no more than the budget allows; null if
 * there were too few.
 *
 * @param runs the newest first
 */
export function expected(runs: readonly Run[], wishes: Wishes): Expectation | null {
    const alike = runs.filter((run): run is Done => isWhole(run) && isAlike(run, wishes)).slice(0, MOST);
    if (alike.length < FEWEST) {
        return null;
    }
    const sums = alike.map(({ ledger }) => sum(ledger, null));
    return {
        runs: alike.length,
        seconds: Math.min(middle(sums.map(({ seconds }) => seconds)), wishes.seconds ?? Infinity),
        tokens: Math.min(middle(sums.map(({ tokens }) => tokens)), wishes.tokens ?? Infinity),
    };
}

/** One that was stopped, or had no budget left, took less than it wanted. */
function isWhole(run: Run): run is Done {
    return run.state === 'finished' && run.ledger !== undefined && run.outcome?.partial !== true;
}

function isAlike(run: Done, { mode, model, agents }: Wishes): boolean {
    if (run.mode !== mode || (model !== '' && run.model !== model)) {
        return false;
    }
    return mode !== 'contemplating' || agents === null || isAbout(run.ledger.agents.length, agents);
}

/** Nearer to a number than to its half or its double, which are what one chooses from. */
function isAbout(agents: number, wanted: number): boolean {
    return agents > 0 && Math.abs(Math.log2(agents / wanted)) <= 0.5;
}

function middle(numbers: readonly number[]): number {
    const sorted = numbers.toSorted((a, b) => a - b);
    const half = sorted.length / 2;
    return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
