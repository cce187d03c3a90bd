import { answers, ask, barriers, expect, open, settled, test } from './scenario.ts';

/** Mermaid looks at a label before it cleans it; the policy keeps what is in it from being run or loaded. */
const HARM = /evil\.example|inline event handler/;

test('diagrams are drawn in frames that let nothing out', async ({ page, server, context, trouble }) => {
    // What the frame's policy keeps it from.
    trouble.allowed.push(HARM, /\/api\/me/);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const reached: string[] = [];
    await context.route('https://evil.example/**', (route) => {
        reached.push(route.request().url());
        return route.fulfill({ body: '' });
    });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await open(page, server.url);
    expect(asked.filter((path) => /diagram|mermaid/.test(path))).toEqual([]);

    await ask(page, 'Some diagrams, please.');
    await expect(answers(page).locator('figure.code pre').first()).toContainText('flowchart LR');
    await settled(page);
    const diagrams = answers(page).locator('figure.diagram');
    await expect(diagrams).toHaveCount(3);

    const [good, broken, hostile] = [diagrams.nth(0), diagrams.nth(1), diagrams.nth(2)];
    await good.scrollIntoViewIfNeeded();
    const frame = good.locator('iframe');
    await expect(frame).toHaveAttribute('data-shown', 'true');
    await expect(frame).toHaveAttribute('sandbox', 'allow-scripts');
    await expect(good.locator('pre')).toHaveCount(0);
    const inside = good.frameLocator('iframe');
    for (const words of ['Question', 'Agents', 'agree', 'Vote']) {
        await expect(inside.getByText(words, { exact: true }).first()).toBeVisible();
    }
    await expect(inside.locator('a[href], a[xlink\\:href]')).toHaveCount(0);
    // The frame is as high as what is in it.
    await expect
        .poll(async () => {
            const outer = (await frame.boundingBox())?.height ?? 0;
            const inner = await inside.locator('svg').first().evaluate((svg) => svg.getBoundingClientRect().height);
            return outer > 40 && Math.abs(outer - inner) <= 1;
        })
        .toBe(true);

    await good.getByRole('button', { name: 'Copy code' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('B -->|agree| C[Answer]');
    await good.getByRole('button', { name: 'Show its code' }).click();
    await expect(good.locator('pre')).toContainText('A[Question] --> B{Agents}');
    await expect(frame).toHaveAttribute('data-shown', 'false');
    await good.getByRole('button', { name: 'Show the diagram' }).click();
    await expect(inside.getByText('Question', { exact: true }).first()).toBeVisible();

    await broken.scrollIntoViewIfNeeded();
    await expect(broken).toContainText('This diagram cannot be drawn.');
    await expect(broken).toContainText(/error/i);
    await expect(broken.locator('pre')).toContainText('A[Question --> B');
    await expect(broken.locator('iframe')).toHaveAttribute('data-shown', 'false');

    await hostile.scrollIntoViewIfNeeded();
    await expect(hostile.locator('iframe')).toHaveAttribute('data-shown', 'true');
    await expect(hostile.frameLocator('iframe').getByText('herons').first()).toBeVisible();
    await expect(hostile.frameLocator('iframe').locator('#place').locator('script, [onerror], a[href], a[xlink\\:href]')).toHaveCount(0);
    const frames = page.frames().filter((each) => each.url() === `${server.url}/diagram.html`);
    expect(frames).toHaveLength(3);
    for (const each of frames) {
        expect(await each.evaluate(() => 'stolen' in window)).toBe(false);
        expect(await each.evaluate(() => window.origin)).toBe('null');
        expect(await each.evaluate(() => fetch('/api/me').then(() => 'let in', () => 'kept out'))).toBe('kept out');
    }
    expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
    expect(reached).toEqual([]);
    expect(await barriers(page)).toEqual([]);
});

test('a diagram is as light or dark as its page', async ({ page, server, trouble }) => {
    trouble.allowed.push(HARM);
    await page.emulateMedia({ colorScheme: 'light' });
    await open(page, server.url);
    await ask(page, 'Some diagrams, please.');
    await settled(page);
    const good = answers(page).locator('figure.diagram').first();
    await good.scrollIntoViewIfNeeded();
    const root = good.frameLocator('iframe').locator('html');
    await expect(good.locator('iframe')).toHaveAttribute('data-shown', 'true');
    await expect(root).toHaveCSS('color-scheme', 'light');
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('combobox', { name: 'Appearance' }).selectOption('dark');
    await expect(root).toHaveCSS('color-scheme', 'dark');
    await page.getByRole('combobox', { name: 'Appearance' }).selectOption('system');
    await expect(root).toHaveCSS('color-scheme', 'light');
});

test('a diagram stays code where its frame cannot be had', async ({ page, server, trouble }) => {
    trouble.allowed.push(/Failed to load resource|net::ERR/);
    await page.clock.install();
    await page.route('**/diagram.html', (route) => route.abort());
    await open(page, server.url);
    await ask(page, 'Some diagrams, please.');
    await settled(page);
    const good = answers(page).locator('figure.diagram').first();
    await good.scrollIntoViewIfNeeded();
    await expect(good.locator('iframe')).toHaveCount(1);
    // More than once, as the page may begin to wait after the first.
    await expect
        .poll(async () => {
            await page.clock.fastForward(40_000);
            return good.innerText();
        })
        .toContain('This diagram cannot be drawn.');
    await expect(good.locator('pre')).toContainText('A[Question] --> B{Agents}');
});
