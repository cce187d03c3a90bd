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
    /** The ids of those that it was said with. */
    files: string[];
    /** What its person thinks of it; null if they have not said. */
    feedback: Feedback | null;
    created: number;
}

/** What somebody thinks of an answer. */
export interface Feedback {
    rating: 'good' | 'bad';
    /** Why; empty if they do not say. */
    comment: string;
}

/** A file of a conversation; what it is, its bytes say. */
export interface KeptFile {
    id: string;
    name: string;
    type: string;
    size: number;
}

export interface Whole extends Conversation {
    messages: Message[];
    files: KeptFile[];
}

/** A link by which others read a conversation. */
export interface Share {
    id: string;
    created: number;
    expires: number;
}

/** What is read by such a link. */
export interface Shared {
    title: string;
    messages: { author: 'user' | 'assistant'; text: string; created: number; files: string[] }[];
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

/** A model that answers, or could. */
export interface Offer {
    id: string;
    title: string;
    bytes: number;
    /** How many of them are here. */
    here: number;
    licence: string;
    /** Whether it is the one to begin with. */
    usual: boolean;
    /** Whether there is a file of it that can be deleted. */
    removable: boolean;
    /** Why it cannot answer on this machine; empty if it can. */
    hindrance: string;
    state: 'absent' | 'here' | 'waiting' | 'fetching' | 'loading' | 'failed' | 'answering';
    /** Why it waits or did not arrive; empty if there is nothing to say. */
    error: string;
}
