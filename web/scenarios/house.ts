import type { Page } from '@playwright/test';
import { KEY, Server } from './server.ts';

export const PASSWORD = 'a horse and a battery';

/** A server that people share, with Ada as its owner. */
export class House {
    readonly server: Server;

    private constructor(server: Server) {
        this.server = server;
    }

    /** @param issuer by whose accounts people sign in; empty for nobody's */
    static async open(issuer = ''): Promise<House> {
        const house = new House(await new Server(5, KEY, issuer).start());
        const { person, key } = await house.ask<{ person: { id: string }; key: { secret: string } }>('POST', '/api/owner', {
            name: 'Ada',
        });
        await house.ask('PUT', `/api/people/${person.id}/password`, { password: PASSWORD }, key.secret);
        return house;
    }

    get url(): string {
        return this.server.url;
    }

    /** Asks as the operator, or with another key; what is refused is an error. */
    async ask<T = unknown>(method: string, path: string, body?: object, key = KEY): Promise<T> {
        const response = await fetch(this.url + path, {
            method,
            headers: { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if (!response.ok) {
            throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
        }
        return (await response.json()) as T;
    }

    /** Has somebody new come in, whom the browser of a page is signed in for from then on; returns their id. */
    async enter(page: Page, name: string, role = 'member'): Promise<string> {
        const { secret } = await this.ask<{ secret: string }>('POST', '/api/invitations', { role });
        const { person } = await this.#send<{ person: { id: string } }>(page, '/api/join', {
            invitation: secret,
            name,
            password: PASSWORD,
        });
        return person.id;
    }

    async signIn(page: Page, name = 'Ada'): Promise<void> {
        await this.#send(page, '/api/session', { name, password: PASSWORD });
    }

    async #send<T>(page: Page, path: string, data: object): Promise<T> {
        const response = await page.request.post(this.url + path, { data });
        if (!response.ok()) {
            throw new Error(`${path}: ${response.status()} ${await response.text()}`);
        }
        return (await response.json()) as T;
    }
}
