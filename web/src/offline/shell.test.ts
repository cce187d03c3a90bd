import { describe, expect, it } from 'vitest';
import { answer, install, tidy, type Asked, type Outside, type Shell } from './shell.ts';

const ORIGIN = 'http://localhost:8420';
const SHELL: Shell = { version: 'b', files: ['/index.html', '/assets/index-1.js', '/icon.svg'] };
const GONE = new TypeError('nobody listens');

/** A browser and a server, both of which remember. */
class World {
    readonly fetched: string[] = [];
    readonly kept = new Map<string, Map<string, Response>>();
    server: (path: string) => Response | Promise<Response> = (path) => new Response(`served ${path}`);
    patience: () => Promise<void> = () => new Promise(() => undefined);

    readonly outside: Outside = {
        origin: ORIGIN,
        patience: () => this.patience(),
        fetch: async (request) => {
            const path = typeof request === 'string' ? request : new URL(request.url).pathname;
            this.fetched.push(path);
            return this.server(path);
        },
        caches: {
            open: async (name) => this.#cache(name),
            keys: async () => [...this.kept.keys()],
            delete: async (name) => this.kept.delete(name),
        },
    };

    #cache(name: string): Cache {
        const files = this.kept.get(name) ?? new Map<string, Response>();
        this.kept.set(name, files);
        const path = (request: RequestInfo | URL) =>
            new URL(request instanceof Request ? request.url : request, ORIGIN).pathname;
        const cache: Partial<Cache> = {
            match: async (request) => files.get(path(request))?.clone(),
            put: async (request, response) => void files.set(path(request), response),
            addAll: async (requests) => {
                for (const request of requests as Request[]) {
                    files.set(path(request), await this.outside.fetch(request));
                }
            },
        };
        return cache as Cache;
    }

    /** What a page gets that asks; null if the browser goes on without the worker. */
    async ask(path: string, asked: Partial<Asked> = {}): Promise<string | null> {
        const url = path.startsWith('/') ? ORIGIN + path : path;
        const whole: Asked = { method: 'GET', mode: 'cors', destination: '', url, ...asked };
        const response = await answer(whole, new Request(url), SHELL, this.outside);
        return response === null ? null : response.text();
    }

    readonly visit = (path: string) => this.ask(path, { mode: 'navigate', destination: 'document' });
}

async function installed(): Promise<World> {
    const world = new World();
    world.server = (path) => new Response(`kept ${path}`);
    await install(SHELL, world.outside);
    world.server = (path) => new Response(`served ${path}`);
    world.fetched.length = 0;
    return world;
}

describe('the page without its server', () => {
    it('is the one that was kept, at each of its places', async () => {
        const world = await installed();
        world.server = () => Promise.reject(GONE);

        expect(await world.visit('/')).toBe('kept /index.html');
        expect(await world.visit('/c/conversation-1')).toBe('kept /index.html');
        expect(await world.ask('/assets/index-1.js')).toBe('kept /assets/index-1.js');
        expect(await world.ask('/icon.svg')).toBe('kept /icon.svg');
        await expect(world.ask('/assets/maths-1.js')).rejects.toBe(GONE);
    });

    it.each([502, 503, 504])('is also there behind a proxy that says %i', async (status) => {
        const world = await installed();
        world.server = () => new Response('a proxy', { status });

        expect(await world.visit('/')).toBe('kept /index.html');
    });

    it('is shown when the server says nothing for long', async () => {
        const world = await installed();
        world.server = () => new Promise(() => undefined);
        world.patience = () => Promise.resolve();

        expect(await world.visit('/')).toBe('kept /index.html');
    });
});

describe('the page with its server', () => {
    it('is always the server’s', async () => {
        const world = await installed();

        expect(await world.visit('/')).toBe('served /');
        expect(await world.ask('/icon.svg')).toBe('served /icon.svg');
        world.server = () => new Response('refused', { status: 403 });
        expect(await world.visit('/')).toBe('refused');
    });

    it('asks but once for what changes its name with what is in it', async () => {
        const world = await installed();

        expect(await world.ask('/assets/index-1.js')).toBe('kept /assets/index-1.js');
        expect(await world.ask('/assets/maths-1.js')).toBe('served /assets/maths-1.js');
        expect(await world.ask('/assets/maths-1.js')).toBe('served /assets/maths-1.js');
        expect(world.fetched).toEqual(['/assets/maths-1.js']);
    });

    it('does not keep what there is not', async () => {
        const world = await installed();
        world.server = () => new Response('gone', { status: 404 });

        expect(await world.ask('/assets/old-1.js')).toBe('gone');
        expect(await world.ask('/assets/old-1.js')).toBe('gone');
        expect(world.fetched).toHaveLength(2);
    });

    it('has nothing to do with what the API is asked', async () => {
        const world = await installed();

        const told = ['/api/me', '/v1/runs', '/api/conversations/c/export', '/openapi.json', '/readyz', '/healthz', '/metrics'];
        for (const path of [...told, 'http://elsewhere/assets/x.js']) {
            expect(await world.ask(path), path).toBeNull();
            expect(path.startsWith('/') ? await world.visit(path) : null, path).toBeNull();
        }
        expect(await world.ask('/', { method: 'POST' })).toBeNull();
        expect(await world.ask('/diagram.html', { mode: 'navigate', destination: 'iframe' })).toBeNull();
        expect(world.fetched).toEqual([]);
        expect([...(world.kept.get('polymnia-b')?.keys() ?? [])]).toEqual(SHELL.files);
    });

    it('lets go of what an older one has kept, and of nothing else', async () => {
        const world = await installed();
        await world.outside.caches.open('polymnia-a');
        await world.outside.caches.open('somebody else');
        await tidy(SHELL, world.outside);

        expect([...world.kept.keys()]).toEqual(['polymnia-b', 'somebody else']);
    });
});
