import { ask } from '../api/client.ts';
import type { Words } from '../words/words.ts';

/** A model elsewhere that owners let answer. */
export interface Endpoint {
    id: string;
    url: string;
    model: string;
    /** Whether it is shown a key, which nobody here is told. */
    has_key: boolean;
    state: 'connecting' | 'failed' | 'answering';
    /** Why it does not answer; empty if it does. */
    error: string;
}

/** An endpoint as somebody names it; empty is what they leave open. */
export interface Wanted {
    url: string;
    key: string;
    model: string;
}

/** What a test came to. */
export interface Heard {
    models: string[];
    /** The one that was asked; empty if there are several and none was named. */
    model: string;
    words: string;
    context_length: number;
    milliseconds: number;
}

const PLACE = '/api/endpoints';

const one = (id: string) => `${PLACE}/${encodeURIComponent(id)}`;

/** What owners ask the server for who have models elsewhere answer. */
export const endpoints = {
    all: async () => (await ask<{ data: Endpoint[] }>(PLACE)).data,
    /** Asks an endpoint for its models and a few words; nothing is kept. */
    test: (wanted: Wanted) => ask<Heard>(`${PLACE}/test`, { method: 'POST', body: asBody(wanted) }),
    add: (wanted: Wanted) => ask<Endpoint>(PLACE, { method: 'POST', body: asBody(wanted) }),
    connect: (id: string) => ask<Endpoint>(`${one(id)}/connect`, { method: 'POST' }),
    remove: (id: string) => ask<unknown>(one(id), { method: 'DELETE' }),
};

/** Returns a wish as the server takes it. */
export function asBody({ url, key, model }: Wanted): Partial<Wanted> {
    return { url, ...(key === '' ? {} : { key }), ...(model === '' ? {} : { model }) };
}

/** Returns what a test came to, in a line. */
export function told({ models, model, words: said, context_length, milliseconds }: Heard, words: Words): string {
    if (model === '') {
        return words.endpoints.several(models.length);
    }
    const time = words.secondsOf(milliseconds / 1000);
    const context = words.endpoints.context(words.tokensOf(context_length));
    return `${said === '' ? words.endpoints.silent(model, time) : words.endpoints.answered(model, said, time)}; ${context}`;
}

/** Returns what can be chosen of the models that a test told; what was typed may be another name of one. */
export function choices(models: readonly string[], typed: string): string[] {
    return [...new Set(typed === '' || models.includes(typed) ? models : [typed, ...models])];
}
