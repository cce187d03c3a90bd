import type { Ledger, Mode, RunEvent, Share, Told } from './events.ts';

export type LaneState = 'waiting' | 'reading' | 'thinking' | 'speaking' | 'done' | 'failed';

export interface Tool {
    id: string;
    name: string;
    input: string;
    output: string | null;
}

/** One agent of a run. */
export interface Lane {
    agent: number;
    approach: string;
    state: LaneState;
    reasoning: string;
    text: string;
    tools: readonly Tool[];
    /** How many tokens it wrote; null while only the words are known. */
    tokens: number | null;
    /** How many tokens were told one by one, which not every model does. */
    heard: number;
    begun: number;
    /** When it thought last; null if it did not. */
    thought: number | null;
    ended: number | null;
    answer: string | null;
    votes: boolean;
    confidence: number | null;
    reason: string | null;
    note: string;
}

export interface Tally {
    shares: readonly Share[];
    silent: number;
    pending: number;
}

export interface Stop {
    rule: string;
    guarantee: boolean;
    words: string;
}

export type RunState = 'waiting' | 'running' | 'suspended' | 'finished' | 'failed';

/** What there is to see of a run. */
export interface RunView {
    state: RunState;
    mode: Mode | null;
    seed: number | null;
    lanes: readonly Lane[];
    tally: Tally | null;
    stop: Stop | null;
    /** The words of the answer so far. */
    text: string;
    answer: string | null;
    partial: boolean;
    fault: { code: string; message: string } | null;
    ledger: Ledger | null;
    /** When the last event was told, in seconds since the run's begin. */
    at: number;
}

/** Whether a run is over. */
export function isOver({ state }: RunView): boolean {
    return state === 'finished' || state === 'failed';
}

/** What is known of a run: its events in the order of their ids, and what they come to. */
export interface RunLog {
    told: readonly Told[];
    view: RunView;
}

const NOTHING: RunView = {
    state: 'waiting',
    mode: null,
    seed: null,
    lanes: [],
    tally: null,
    stop: null,
    text: '',
    answer: null,
    partial: false,
    fault: null,
    ledger: null,
    at: 0,
};

export const EMPTY: RunLog = { told: [], view: NOTHING };

/** Returns the id of the last event without one missing before it: from there a watcher goes on. */
export function lastWhole(log: RunLog): number {
    let last = 0;
    for (const { id } of log.told) {
        if (id !== last + 1) {
            break;
        }
        last = id;
    }
    return last;
}

/**
 * Returns a log with more events. It depends only on which events are known, not on the order in which
 * they came: one that is known changes nothing, one that is late takes its place, and of one that never
 * comes the view is what the others say.
 */
export function add(log: RunLog, more: readonly Told[]): RunLog {
    const last = log.told.at(-1)?.id ?? 0;
    if (isInOrder(more, last)) {
        return more.length === 0
            ? log
            : { told: log.told.concat(more), view: more.reduce(step, log.view) };
    }
    const known = new Map(log.told.map((each) => [each.id, each]));
    for (const each of more) {
        if (!known.has(each.id)) {
            known.set(each.id, each);
        }
    }
    if (known.size === log.told.length) {
        return log;
    }
    const told = [...known.values()].sort((a, b) => a.id - b.id);
    return { told, view: told.reduce(step, NOTHING) };
}

function isInOrder(more: readonly Told[], after: number): boolean {
    let last = after;
    for (const { id } of more) {
        if (id <= last) {
            return false;
        }
        last = id;
    }
    return true;
}

function step(view: RunView, { event }: Told): RunView {
    // A run that is started again after a crash begins anew: what stood before is void.
    if (event.type === 'run_started') {
        return {
            ...NOTHING,
            state: 'running',
            mode: event.mode,
            seed: event.seed,
            at: event.at,
        };
    }
    const next = event.branch >= 0 ? ofAgent(view, event) : ofRun(view, event);
    return { ...next, at: Math.max(next.at, event.at) };
}

function ofRun(view: RunView, event: RunEvent): RunView {
    switch (event.type) {
        case 'tally':
            return {
                ...view,
                tally: { shares: event.shares, silent: event.silent, pending: event.pending },
            };
        case 'stopped_early':
            return {
                ...view,
                stop: { rule: event.rule, guarantee: event.guarantee, words: event.words },
            };
        case 'answer_delta':
            return { ...view, text: view.text + event.text };
        case 'suspended':
            return { ...view, state: 'suspended', ledger: event.ledger };
        case 'run_finished':
            return {
                ...view,
                state: 'finished',
                text: event.text,
                answer: event.answer ?? null,
                partial: event.partial,
                ledger: event.ledger,
                lanes: view.lanes.map((lane) => close(lane, event.at)),
            };
        case 'run_failed':
            return {
                ...view,
                state: 'failed',
                fault: { code: event.code, message: event.message },
                ledger: event.ledger,
                lanes: view.lanes.map((lane) => close(lane, event.at)),
            };
        default:
            return view;
    }
}

/** Nobody is at work when the run is over, whatever was not told. */
function close(lane: Lane, at: number): Lane {
    return lane.state === 'done' || lane.state === 'failed'
        ? lane
        : { ...lane, state: 'done', ended: lane.ended ?? at };
}

function ofAgent(view: RunView, event: RunEvent): RunView {
    const before = view.lanes.find((lane) => lane.agent === event.branch);
    const after = lane(before ?? newLane(event.branch, event.at), event);
    if (after === before) {
        return view;
    }
    const lanes =
        before === undefined
            ? [...view.lanes, after].sort((a, b) => a.agent - b.agent)
            : view.lanes.map((each) => (each === before ? after : each));
    return { ...view, lanes };
}

function newLane(agent: number, at: number): Lane {
    return {
        agent,
        approach: '',
        state: 'waiting',
        reasoning: '',
        text: '',
        tools: [],
        tokens: null,
        heard: 0,
        begun: at,
        thought: null,
        ended: null,
        answer: null,
        votes: false,
        confidence: null,
        reason: null,
        note: '',
    };
}

function lane(before: Lane, event: RunEvent): Lane {
    switch (event.type) {
        case 'agent_started':
            return { ...before, approach: event.approach };
        case 'started':
            return before.state === 'waiting' ? { ...before, state: 'reading' } : before;
        case 'delta':
            return {
                ...before,
                heard: before.heard + (event.tokens?.length ?? 0),
                ...(event.channel === 'reasoning'
                    ? { state: 'thinking', reasoning: before.reasoning + event.text, thought: event.at }
                    : { state: 'speaking', text: before.text + event.text }),
            };
        case 'called':
            return {
                ...before,
                tools: [
                    ...before.tools,
                    { id: event.id, name: event.name, input: event.arguments, output: null },
                ],
            };
        case 'tool_finished':
            return { ...before, tools: answered(before.tools, event) };
        // Its turn: what it came to is told when the agent has finished.
        case 'ended':
            return {
                ...before,
                tokens: (before.tokens ?? 0) + event.generated,
                ended: event.at,
            };
        case 'failed':
            return {
                ...before,
                state: 'failed',
                tokens: (before.tokens ?? 0) + event.generated,
                ended: event.at,
                reason: 'failed',
                note: event.message,
            };
        case 'agent_finished':
            return {
                ...before,
                state: event.reason === 'failed' ? 'failed' : 'done',
                answer: event.answer ?? null,
                votes: event.votes,
                confidence: event.confidence ?? null,
                reason: event.reason,
                note: event.note ?? before.note,
                tokens: event.generated,
                ended: event.at,
            };
        default:
            return before;
    }
}

function answered(
    tools: readonly Tool[],
    event: RunEvent & { type: 'tool_finished' },
): readonly Tool[] {
    const index = tools.findLastIndex((tool) => tool.id === event.id && tool.output === null);
    const done: Tool = {
        id: event.id,
        name: event.name,
        input: event.arguments,
        output: event.text,
    };
    return index < 0 ? [...tools, done] : tools.with(index, done);
}
