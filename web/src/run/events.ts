/** The events of a run, as `EventJson` tells them. */
export interface Share {
    answer: string;
    votes: number;
    weight?: number;
    confidence?: number;
}

export interface Usage {
    cached: number;
    computed: number;
    generated: number;
}

export interface AgentReport {
    agent: number;
    approach: string;
    started: number;
    seconds: number;
    reasoning_tokens?: number;
    answer?: string;
    votes: boolean;
    confidence?: number;
    reason: string;
    note?: string;
}

export interface Ledger {
    entries: (Usage & { agent: number; money: number })[];
    agents: AgentReport[];
    seconds: number;
}

export interface Budget {
    tokens?: number;
    seconds?: number;
    agents?: number;
    money?: number;
}

export type Mode = 'instant' | 'thinking' | 'contemplating';

export const MODES: readonly Mode[] = ['instant', 'thinking', 'contemplating'];

interface Call {
    id: string;
    name: string;
    arguments: string;
}

type Happening =
    | { type: 'run_started'; mode: Mode; model: string; seed: number; budget: Budget }
    | { type: 'budget_raised'; budget: Budget }
    | { type: 'agent_started'; wave: number; seed: number; approach: string }
    | { type: 'started'; cached: number; computed: number }
    | { type: 'delta'; channel: 'reasoning' | 'answer'; text: string; tokens?: unknown[] }
    | ({ type: 'called' } & Call)
    | ({ type: 'ended'; reason: string; text: string } & Usage)
    | ({ type: 'failed'; code: string; message: string } & Usage)
    | ({ type: 'tool_finished'; text: string; failed: boolean; agents: number } & Call)
    | { type: 'suspended'; calls: Call[]; ledger: Ledger }
    | ({
          type: 'agent_finished';
          answer?: string;
          votes: boolean;
          confidence?: number;
          reason: string;
          note?: string;
      } & Usage)
    | { type: 'tally'; shares: Share[]; silent: number; pending: number }
    | { type: 'stopped_early'; rule: string; guarantee: boolean; words: string }
    | { type: 'join_started'; method: 'only' | 'vote' | 'medoid' }
    | { type: 'answer_delta'; text: string }
    | { type: 'run_finished'; text: string; answer?: string; partial: boolean; ledger: Ledger }
    | { type: 'run_failed'; code: string; message: string; ledger: Ledger };

export type RunEvent = { run: string; branch: number; sequence: number; at: number } & Happening;

/** An event with the id by which a watcher goes on after it: 1, 2, 3, … in each run. */
export interface Told {
    id: number;
    event: RunEvent;
}

/** Returns an event of a stream; null if it is none. Events of later versions pass, unknown as they are. */
export function readEvent(data: string): RunEvent | null {
    try {
        return asEvent(JSON.parse(data));
    } catch {
        return null;
    }
}

/** Returns an event; null if it is none. */
export function asEvent(read: unknown): RunEvent | null {
    if (typeof read !== 'object' || read === null) {
        return null;
    }
    const event = read as Record<string, unknown>;
    const whole =
        typeof event['type'] === 'string' &&
        typeof event['branch'] === 'number' &&
        typeof event['at'] === 'number';
    return whole ? (read as RunEvent) : null;
}
