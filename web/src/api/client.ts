import type { Mode } from '../run/events.ts';
import { Problem, problemOf } from './problem.ts';
import type {
    Conversation,
    Feedback,
    Found,
    KeptFile,
    Me,
    Message,
    Offer,
    Page,
    Person,
    Run,
    Share,
    Shared,
    Ways,
    Whole,
} from './types.ts';

export interface Asked {
    method?: string;
    body?: unknown;
    /** Sent as they are, in place of a body of JSON. */
    bytes?: { content: Blob; type: string };
    key?: string;
    signal?: AbortSignal;
    /** As what it was read: if it is something else by now nothing is done. */
    tag?: string;
    /** Whether it is no news that somebody is refused. */
    knocks?: boolean;
}

/** Where it is no news that somebody is not signed in. */
const KNOCKS = new Set(['/api/me', '/api/owner']);

/**
 * Asks the server that the page came from.
 *
 * @throws Problem if it does not do it
 */
export async function ask<T>(path: string, asked: Asked = {}): Promise<T> {
    return (await tagged<T>(path, asked)).value;
}

/** The same, with the tag of what is told. */
export async function tagged<T>(path: string, asked: Asked = {}): Promise<{ value: T; tag: string }> {
    const headers = new Headers({ Accept: 'application/json' });
    if (asked.body !== undefined) {
        headers.set('Content-Type', 'application/json');
    }
    if (asked.key !== undefined) {
        headers.set('Authorization', `Bearer ${asked.key}`);
    }
    if (asked.tag !== undefined) {
        headers.set('If-Match', asked.tag);
    }
    const request: RequestInit = { method: asked.method ?? 'GET', headers, credentials: 'same-origin' };
    if (asked.body !== undefined) {
        request.body = JSON.stringify(asked.body);
    }
    if (asked.bytes !== undefined) {
        headers.set('Content-Type', asked.bytes.type);
        request.body = asked.bytes.content;
    }
    if (asked.signal !== undefined) {
        request.signal = asked.signal;
    }
    let response: Response;
    try {
        response = await fetch(path, request);
    } catch (error) {
        throw new Problem('gone', String(error));
    }
    if (!response.ok) {
        const problem = await problemOf(response);
        if (problem.kind === 'signed-out' && !KNOCKS.has(path) && asked.knocks !== true) {
            window.dispatchEvent(new Event('polymnia:signed-out'));
        }
        throw problem;
    }
    try {
        return { value: (await response.json()) as T, tag: response.headers.get('ETag') ?? '' };
    } catch (error) {
        throw new Problem('malformed', String(error));
    }
}

/** What is wanted of an answer. */
export interface Wishes {
    model: string;
    mode: Mode;
    agents: number | null;
    tokens: number | null;
    seconds: number | null;
}

/** Returns wishes as the server takes them. */
export function asBody({ model, mode, agents, tokens, seconds }: Wishes): { model: string; polymnia: object } {
    const limits = {
        ...(tokens === null ? {} : { tokens }),
        ...(seconds === null ? {} : { seconds }),
    };
    return {
        model: model === '' ? mode : model,
        polymnia: {
            mode,
            ...(mode === 'contemplating' && agents !== null ? { agents } : {}),
            ...(Object.keys(limits).length > 0 ? { budget: limits } : {}),
        },
    };
}

export interface FirstOwner {
    person: Person;
    key: { id: string; secret: string };
}

const conversation = (id: string) => `/api/conversations/${encodeURIComponent(id)}`;
const offer = (id: string) => `/api/models/${encodeURIComponent(id)}`;
const fileOf = (id: string, file: string) => `${conversation(id)}/files/${encodeURIComponent(file)}`;
const run = (id: string) => `/v1/runs/${encodeURIComponent(id)}`;

export const server = {
    me: () => ask<Me>('/api/me'),

    /** Models by their names, without those that only say a mode. */
    async models(): Promise<string[]> {
        const { data } = await ask<{ data: { id: string }[] }>('/v1/models');
        const names = data.map((each) => each.id);
        return names.filter((name) => names.includes(`${name}:instant`));
    },

    /** What answers, and what could; for owners. */
    offers: () => ask<{ data: Offer[] }>('/api/models'),
    /** Fetches a model, and lets it answer. */
    takeModel: (id: string) => ask<Offer>(offer(id), { method: 'POST' }),
    /** Stops what brings a model. */
    leaveModel: (id: string) => ask<Offer>(`${offer(id)}/cancel`, { method: 'POST' }),
    removeModel: (id: string) => ask<unknown>(offer(id), { method: 'DELETE' }),

    /** @param folder all of them if it is empty */
    conversations: (archived: boolean, folder: string, limit: number, after: string | null) =>
        ask<Page<Conversation>>(
            `/api/conversations?limit=${limit}&archived=${archived}` +
                `${folder === '' ? '' : `&folder=${encodeURIComponent(folder)}`}` +
                `${after === null ? '' : `&after=${after}`}`,
        ),
    conversation: (id: string) => ask<Whole>(conversation(id)),
    create: () => ask<Conversation>('/api/conversations', { method: 'POST', body: {} }),
    change: (id: string, change: Partial<Conversation>) =>
        ask<Conversation>(conversation(id), { method: 'PATCH', body: change }),
    remove: (id: string) => ask<unknown>(conversation(id), { method: 'DELETE' }),
    exported: (id: string, format: 'markdown' | 'json' | 'zip') => `${conversation(id)}/export?format=${format}`,
    search: (q: string, signal: AbortSignal) =>
        ask<{ data: Found[] }>(`/api/search?q=${encodeURIComponent(q)}`, { signal }),

    say: (id: string, parent: string | null, text: string | null, files: readonly string[], wishes: Wishes) =>
        ask<{ messages: Message[]; run: Run }>(`${conversation(id)}/messages`, {
            method: 'POST',
            body: {
                ...asBody(wishes),
                ...(parent === null ? {} : { parent }),
                ...(text === null ? {} : { text }),
                ...(files.length === 0 ? {} : { files }),
            },
        }),

    /** Says what somebody thinks of an answer; null takes it back. */
    rate: (id: string, message: string, feedback: Feedback | null) =>
        ask<Message>(
            `${conversation(id)}/messages/${encodeURIComponent(message)}/feedback`,
            feedback === null ? { method: 'DELETE' } : { method: 'PUT', body: feedback },
        ),

    /** Where what is in a file is. */
    file: fileOf,
    keepFile: (id: string, name: string, content: Blob) =>
        ask<KeptFile>(`${conversation(id)}/files?name=${encodeURIComponent(name)}`, {
            method: 'POST',
            // What a file is, the server finds in its bytes.
            bytes: { content, type: 'application/octet-stream' },
        }),
    removeFile: (id: string, file: string) => ask<unknown>(fileOf(id, file), { method: 'DELETE' }),

    shares: (id: string) => ask<{ data: Share[] }>(`${conversation(id)}/shares`),
    /** Makes a link, and tells its secret this once. */
    share: (id: string, days: number) =>
        ask<Share & { secret: string }>(`${conversation(id)}/shares`, { method: 'POST', body: { days } }),
    unshare: (id: string, share: string) =>
        ask<unknown>(`${conversation(id)}/shares/${encodeURIComponent(share)}`, { method: 'DELETE' }),
    shared: (secret: string) => ask<Shared>('/api/shared', { method: 'POST', body: { share: secret } }),

    /** The last runs, the newest first. */
    runs: (limit: number) => ask<Page<Run>>(`/v1/runs?limit=${limit}`),
    run: (id: string) => ask<Run>(run(id)),
    /** Ends a run with its best answer so far. */
    finish: (id: string) => ask<Run>(`${run(id)}/finish`, { method: 'POST' }),
    /** Has one more wave of agents join a team at work. */
    more: (id: string) => ask<Run>(`${run(id)}/more`, { method: 'POST' }),
    events: (id: string, after: number) => `${run(id)}/events?after=${after}`,

    signIn: (name: string, password: string) =>
        ask<{ person: Person }>('/api/session', { method: 'POST', body: { name, password }, knocks: true }),
    signOut: () => ask<unknown>('/api/session', { method: 'DELETE' }),
    join: (invitation: string, name: string, password: string) =>
        ask<{ person: Person }>('/api/join', {
            method: 'POST',
            body: { invitation, password, ...(name === '' ? {} : { name }) },
        }),
    ways: () => ask<Ways>('/api/sign-in'),
    /** Returns where a browser goes to use an invitation by an account elsewhere. */
    joinElsewhere: (invitation: string, name: string) =>
        ask<{ location: string }>('/api/openid', {
            method: 'POST',
            body: { invitation, ...(name === '' ? {} : { name }) },
        }),
    /** Lets the first person in; they have a key until they have a password. */
    begin: (operator: string, name: string) =>
        ask<FirstOwner>('/api/owner', { method: 'POST', body: { name }, key: operator }),

    /** Gives the first owner a password, with which they sign in from then on. */
    async settle({ person, key }: FirstOwner, password: string): Promise<void> {
        const place = `/api/people/${person.id}`;
        await ask(`${place}/password`, { method: 'PUT', body: { password }, key: key.secret });
        // Nobody has seen this key, so nobody is to have it.
        await ask(`${place}/keys/${key.id}`, { method: 'DELETE' });
    },
};
