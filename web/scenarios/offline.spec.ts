import { answers, ask, barriers, expect, open, questions, Server, settled, test } from './scenario.ts';
import type { Page } from '@playwright/test';

/** What a browser says of a server that is gone. */
const BROKEN = /Failed to load resource|net::ERR/;

test.use({ serviceWorkers: 'allow' });

/** Waits until the browser has kept the page. */
async function keptBy(page: Page): Promise<string[]> {
    await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
    });
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    return page.evaluate(async () => {
        const names = await caches.keys();
        const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return requests.flat().map((request) => new URL(request.url).pathname);
    });
}

test('the page opens without its server, says so, and goes on when it is back', async ({ page, trouble }) => {
    trouble.allowed.push(BROKEN);
    const server = await new Server(5).start();
    await open(page, server.url);
    await ask(page, 'words before the night');
    await settled(page);
    const place = page.url();
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    const kept = await keptBy(page);
    expect(kept).toContain('/index.html');
    expect(kept).toContain('/icon.svg');
    expect(kept.some((path) => /^\/assets\/index-.*\.js$/.test(path))).toBe(true);
    expect(kept.filter((path) => /^\/(api|v1)\/|diagram/.test(path))).toEqual([]);

    await server.kill();
    await page.reload();
    const alert = page.getByRole('alert');
    await expect(alert.getByRole('heading', { name: 'The server is not there' })).toBeVisible();
    await expect(alert).toContainText('See that the server runs');
    expect(await barriers(page)).toEqual([]);
    await page.goto(server.url);
    await expect(alert.getByRole('heading', { name: 'The server is not there' })).toBeVisible();
    await page.goto(place);
    await expect(alert.getByRole('button', { name: 'Try now' })).toBeVisible();

    await server.start();
    await expect(questions(page)).toContainText('words before the night');
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a thought');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(answers(page)).toHaveCount(2);
    await settled(page);
    await expect(answers(page).last()).toContainText('You said: half a thought');
    await server.close();
});

test('the page is the server’s as long as there is one', async ({ page, trouble }) => {
    trouble.allowed.push(BROKEN);
    const server = await new Server(5).start();
    await open(page, server.url);
    await keptBy(page);
    // As an older version would have left it.
    await page.evaluate(async () => {
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            await cache.put('/index.html', new Response('<title>Old</title>', { headers: { 'Content-Type': 'text/html' } }));
        }
    });
    await page.goto(`${server.url}/`);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await expect(page).toHaveTitle('Polymnia');
    await server.kill();
    await page.reload();
    await expect(page).toHaveTitle('Old');
    await server.close();
});

test('the page can be installed', async ({ page, server }) => {
    await open(page, server.url);
    const address = await page.locator('link[rel=manifest]').getAttribute('href');
    const response = await page.request.get(server.url + address);
    expect(response.headers()['content-type']).toContain('application/manifest+json');
    const manifest = (await response.json()) as { name: string; display: string; start_url: string; icons: { src: string; sizes: string }[] };
    expect(manifest).toMatchObject({ name: 'Polymnia', display: 'standalone', start_url: '/' });
    for (const { src, sizes } of manifest.icons.filter((icon) => icon.sizes !== 'any')) {
        const width = await page.evaluate(
            (source) =>
                new Promise<number>((resolve, reject) => {
                    const picture = new Image();
                    picture.onload = () => resolve(picture.naturalWidth);
                    picture.onerror = () => reject(new Error(source));
                    picture.src = source;
                }),
            src,
        );
        expect(`${width}x${width}`).toBe(sizes);
    }
});
