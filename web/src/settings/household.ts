import { ask, tagged } from '../api/client.ts';
import type { Page, Person, Session } from '../api/types.ts';
import type { Mode } from '../run/events.ts';
import type { Quota, Standing } from './quota.ts';
import type { Spent } from './usage.ts';

export type Role = Person['role'];

export const ROLES: readonly Role[] = ['owner', 'member', 'guest'];

export interface Key {
    id: string;
    name: string;
    prefix: string;
    models: string[];
    modes: Mode[];
    tools: boolean;
    manages: boolean;
    created: number;
    expires: number | null;
    used: number | null;
}

/** A key as somebody wants it. */
export interface WantedKey extends Pick<Key, 'name' | 'models' | 'modes' | 'tools' | 'manages'> {
    expires?: number;
}

export interface Account {
    id: string;
    issuer: string;
    subject: string;
    created: number;
}

export interface Invitation {
    id: string;
    person: string | null;
    role: Role;
    created: number;
    expires: number;
}

/** What is shown once. */
export interface Made {
    id: string;
    secret: string;
}

export interface Group {
    id: string;
    name: string;
    people: string[];
}

export interface Memory {
    id: string;
    text: string;
    created: number;
}

export interface Memories {
    on: boolean;
    data: Memory[];
}

export interface Board {
    on: boolean;
    joined: boolean;
    data: { rank: number; name: string; self: boolean; generated: number }[];
}

/** Whose quotas are meant. */
export type Holder = { person: string } | { group: string } | { person: string; key: string };

const PEOPLE = '/api/people';
const GROUPS = '/api/groups';
const INVITATIONS = '/api/invitations';
const MOST = 100;

const person = (id: string) => `${PEOPLE}/${encodeURIComponent(id)}`;
const within = (place: string, id: string) => `${place}/${encodeURIComponent(id)}`;

function quotasOf(holder: Holder): string {
    if ('group' in holder) {
        return `${within(GROUPS, holder.group)}/quotas`;
    }
    return `${person(holder.person)}${'key' in holder ? `/keys/${encodeURIComponent(holder.key)}` : ''}/quotas`;
}

async function listed<T>(path: string): Promise<T[]> {
    return (await ask<{ data: T[] }>(path)).data;
}

/** Returns all of a list that comes in pages. */
async function all<T extends { id: string }>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (;;) {
        const last = found.at(-1);
        const page = await ask<Page<T>>(`${path}?limit=${MOST}${last === undefined ? '' : `&after=${last.id}`}`);
        found.push(...page.data);
        if (!page.has_more || page.data.length === 0) {
            return found;
        }
    }
}

/** What people ask the server for who share it. */
export const household = {
    people: () => all<Person>(PEOPLE),
    change: (id: string, change: { name?: string; role?: Role }) =>
        ask<Person>(person(id), { method: 'PATCH', body: change }),
    erase: (id: string) => ask<unknown>(person(id), { method: 'DELETE' }),
    /** What is kept of a person, to be saved. */
    exported: (id: string) => `${person(id)}/export`,

    invitations: () => all<Invitation>(INVITATIONS),
    invite: (wanted: { role: Role } | { person: string }) =>
        ask<Invitation & { secret: string }>(INVITATIONS, { method: 'POST', body: wanted }),
    withdraw: (id: string) => ask<unknown>(within(INVITATIONS, id), { method: 'DELETE' }),

    changePassword: (id: string, password: string, current: string) =>
        ask<unknown>(`${person(id)}/password`, {
            method: 'PUT',
            body: { password, ...(current === '' ? {} : { current }) },
            knocks: true,
        }),
    sessions: (id: string) => listed<Session>(`${person(id)}/sessions`),
    endSession: (id: string, session: string) =>
        ask<unknown>(within(`${person(id)}/sessions`, session), { method: 'DELETE' }),
    endSessions: (id: string) => ask<unknown>(`${person(id)}/sessions`, { method: 'DELETE' }),

    accounts: (id: string) => listed<Account>(`${person(id)}/openid`),
    /** Returns where the browser goes to link an account. */
    link: (id: string) => ask<{ location: string }>(`${person(id)}/openid`, { method: 'POST' }),
    unlink: (id: string, account: string) =>
        ask<unknown>(within(`${person(id)}/openid`, account), { method: 'DELETE' }),

    keys: (id: string) => listed<Key>(`${person(id)}/keys`),
    makeKey: (id: string, wanted: WantedKey) =>
        ask<Key & { secret: string }>(`${person(id)}/keys`, { method: 'POST', body: wanted }),
    removeKey: (id: string, key: string) => ask<unknown>(within(`${person(id)}/keys`, key), { method: 'DELETE' }),

    quotas: (holder: Holder) => tagged<{ data: Standing[] }>(quotasOf(holder)),
    limit: (holder: Holder, quotas: Quota[], tag: string) =>
        ask<unknown>(quotasOf(holder), { method: 'PUT', body: { quotas }, tag }),

    groups: () => listed<Group>(GROUPS),
    makeGroup: (name: string) => ask<Group>(GROUPS, { method: 'POST', body: { name, people: [] } }),
    group: (id: string) => tagged<Group>(within(GROUPS, id)),
    fill: (id: string, people: string[], tag: string) =>
        ask<Group>(within(GROUPS, id), { method: 'PATCH', body: { people }, tag }),
    removeGroup: (id: string) => ask<unknown>(within(GROUPS, id), { method: 'DELETE' }),

    memories: (id: string) => ask<Memories>(`${person(id)}/memories`),
    remember: (id: string, text: string) =>
        ask<Memory>(`${person(id)}/memories`, { method: 'POST', body: { text } }),
    correct: (id: string, memory: string, text: string) =>
        ask<Memory>(within(`${person(id)}/memories`, memory), { method: 'PATCH', body: { text } }),
    forget: (id: string, memory: string) =>
        ask<unknown>(within(`${person(id)}/memories`, memory), { method: 'DELETE' }),
    turnMemory: (id: string, on: boolean) =>
        ask<unknown>(`${person(id)}/memories`, { method: 'PUT', body: { on } }),

    usage: (from: string) => listed<Spent>(`/api/usage?by=day,mode,model,person&from=${from}`),
    board: (per: string) => ask<Board>(`/api/leaderboard?per=${per}`),
    turnBoard: (on: boolean) => ask<unknown>('/api/leaderboard', { method: 'PUT', body: { on } }),
    join: (id: string, on: boolean) =>
        ask<unknown>(`${person(id)}/leaderboard`, { method: 'PUT', body: { on } }),
};
