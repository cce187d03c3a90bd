import type { Ledger } from './events.ts';
import { isOver, type Lane, type RunView } from './reducer.ts';

/** Agents that came to the same. */
export interface Group {
    answer: string;
    votes: number;
    lanes: Lane[];
}

export interface Groups {
    /** Those that have an answer that counts, the leader first. */
    groups: Group[];
    /** Those that ended without one. */
    silent: Lane[];
    /** Those that are at work. */
    open: Lane[];
    /** Those that were at work when the run ended. */
    folded: Lane[];
}

/** The most agents that a run may have. */
export const MOST_AGENTS = 64;

/** Returns how many agents vote, or are to; those are not among them that are asked when the vote is over. */
export function planned({ tally, lanes }: RunView): number {
    return tally === null
        ? lanes.length
        : tally.shares.reduce((all, share) => all + share.votes, tally.silent + tally.pending);
}

const NOT_WAITED_FOR = new Set(['cancelled', 'stop_hook']);

/** Sorts a run's agents by what they came to. */
export function grouped(view: RunView): Groups {
    const groups = new Map<string, Group>();
    const rest: Groups = { groups: [], silent: [], open: [], folded: [] };
    const over = isOver(view);
    for (const lane of view.lanes) {
        if (lane.reason === null && !over) {
            rest.open.push(lane);
        } else if (lane.answer !== null && lane.votes) {
            const group = groups.get(lane.answer) ?? { answer: lane.answer, votes: 0, lanes: [] };
            group.votes += 1;
            group.lanes.push(lane);
            groups.set(lane.answer, group);
        } else if (lane.reason === null || NOT_WAITED_FOR.has(lane.reason)) {
            rest.folded.push(lane);
        } else {
            rest.silent.push(lane);
        }
    }
    const places = new Map(view.tally?.shares.map((share, index) => [share.answer, index]));
    rest.groups = [...groups.values()].sort(
        (a, b) =>
            (places.get(a.answer) ?? Infinity) - (places.get(b.answer) ?? Infinity) ||
            b.votes - a.votes ||
            (a.lanes[0]?.agent ?? 0) - (b.lanes[0]?.agent ?? 0),
    );
    return rest;
}

/** What a run came to, in four numbers. */
export interface Sum {
    agents: number;
    agreed: number;
    seconds: number;
    tokens: number;
}

export function sum(ledger: Ledger, answer: string | null): Sum {
    return {
        agents: ledger.agents.length,
        agreed: ledger.agents.filter((agent) => agent.votes && agent.answer === answer).length,
        seconds: ledger.seconds,
        tokens: ledger.entries.reduce((all, entry) => all + entry.generated, 0),
    };
}

/** How many tokens an agent that is at work has written, and whether that is a guess. */
export function tokensSoFar(lane: Lane): { tokens: number; guessed: boolean } {
    return lane.heard > 0
        ? { tokens: lane.heard, guessed: false }
        : { tokens: Math.round((lane.reasoning.length + lane.text.length) / 4), guessed: true };
}
