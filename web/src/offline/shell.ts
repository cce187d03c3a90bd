/*
 * What the worker does, which keeps the page for when the server is not there. Only the worker has this: what
 * it shared with the page would be a file of its own, which older browsers do not load into a worker.
 */

/** The files that the page begins with. */
export interface Shell {
    version: string;
    files: readonly string[];
}

/** What there is from outside, so that tests need neither browser nor network. */
export interface Outside {
    caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>;
    fetch: (request: Request | string) => Promise<Response>;
    /** Resolves when a server that says nothing is taken for gone. */
    patience: () => Promise<void>;
    origin: string;
}

/** What of a request decides about it. */
export type Asked = Pick<Request, 'method' | 'mode' | 'destination' | 'url'>;

const NAMES = 'polymnia-';
const DOCUMENT = '/index.html';

/** What stands between says so when the server behind it is gone. */
const GONE = new Set([502, 503, 504]);

/** Takes the files of a version, none of them from what the browser kept earlier under the same name. */
export async function install({ version, files }: Shell, { caches, origin }: Outside): Promise<void> {
    const cache = await caches.open(NAMES + version);
    await cache.addAll(
        files.map((file) => new Request(origin + file, { cache: isHashed(file) ? 'default' : 'reload' })),
    );
}

/** Lets go of what other versions have kept. */
export async function tidy({ version }: Shell, { caches }: Outside): Promise<void> {
    const names = await caches.keys();
    await Promise.all(
        names.filter((name) => name.startsWith(NAMES) && name !== NAMES + version).map((name) => caches.delete(name)),
    );
}

/**
 * Returns what a request is answered with; null if it is none of the worker's business, as all is that asks
 * the API.
 */
export function answer(asked: Asked, request: Request, shell: Shell, outside: Outside): Promise<Response> | null {
    const { origin, pathname } = new URL(asked.url);
    if (asked.method !== 'GET' || origin !== outside.origin) {
        return null;
    }
    if (asked.mode === 'navigate') {
        return asked.destination === 'document' && isPlace(pathname) ? visited(request, shell, outside) : null;
    }
    if (isHashed(pathname)) {
        return hashed(pathname, request, shell, outside);
    }
    return shell.files.includes(pathname) ? fixed(pathname, request, shell, outside) : null;
}

/** Whether the page shows what stands there. Files and what the server tells have a dot or a folder of theirs, or tell how it is. */
function isPlace(path: string): boolean {
    return path === DOCUMENT || !(path.includes('.') || /^\/((api|v1|assets)\/|(readyz|healthz|metrics)$)/.test(path));
}

/** Its name changes with what is in it. */
function isHashed(path: string): boolean {
    return path.startsWith('/assets/');
}

/** The page is the server's, so that it is always its newest; the one that was kept is for when there is none. */
async function visited(request: Request, shell: Shell, outside: Outside): Promise<Response> {
    const kept = await find(DOCUMENT, shell, outside);
    const sent = outside.fetch(request);
    if (kept === undefined) {
        return sent;
    }
    const late = outside.patience().then(() => kept);
    return Promise.race([sent.then((response) => (GONE.has(response.status) ? kept : response), () => kept), late]);
}

async function hashed(path: string, request: Request, shell: Shell, outside: Outside): Promise<Response> {
    const kept = await find(path, shell, outside);
    if (kept !== undefined) {
        return kept;
    }
    const response = await outside.fetch(request);
    if (response.ok) {
        const copy = response.clone();
        const cache = await outside.caches.open(NAMES + shell.version);
        // A browser that has no room left shows the page as well.
        await cache.put(path, copy).catch(() => undefined);
    }
    return response;
}

async function fixed(path: string, request: Request, shell: Shell, outside: Outside): Promise<Response> {
    try {
        return await outside.fetch(request);
    } catch (error) {
        const kept = await find(path, shell, outside);
        if (kept === undefined) {
            throw error;
        }
        return kept;
    }
}

async function find(path: string, { version }: Shell, { caches }: Outside): Promise<Response | undefined> {
    const cache = await caches.open(NAMES + version);
    // It was taken in whichever encoding; the browser has undone it.
    return cache.match(path, { ignoreVary: true });
}
