import type { Ledger, Mode } from '../run/events.ts';

export interface Conversation {
    id: string;
    title: string;
    folder: string;
    tags: string[];
    pinned: boolean;
    archived: boolean;
    created: number;
    changed: number;
}

export interface Message {
    id: string;
    parent: string | null;
    author: 'user' | 'assistant';
    text: string;
    run: string | null;
    state: 'whole' | 'writing' | 'failed';
    memories: string[];
    created: number;
}

export interface Whole extends Conversation {
    messages: Message[];
}

export interface Run {
    id: string;
    mode: Mode;
    model: string;
    state: 'running' | 'waiting' | 'finished' | 'failed' | 'cancelled';
    outcome?: { text: string; answer?: string; partial: boolean };
    fault?: { code: string; message: string };
    ledger?: Ledger;
}

export interface Person {
    id: string;
    name: string;
    role: 'owner' | 'member' | 'guest';
    created: number;
}

export interface Session {
    id: string;
    client: string;
    created: number;
    used: number;
}

export interface Me {
    person: Person | null;
    session: Session | null;
    shared: boolean;
}

/** How people sign in. */
export interface Ways {
    password: boolean;
    openid: { issuer: string; host: string; admits: 'invited' | Person['role'] } | null;
}

export interface Page<T> {
    data: T[];
    has_more: boolean;
}

export interface Found {
    id: string;
    conversation: string;
    title: string;
    snippet: string;
}
