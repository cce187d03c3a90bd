import { answers, ask, expect, open, settled, test } from './scenario.ts';

/** Figures of the page, by hand: `npm run figures`, with nothing else on the cores. */
test('@figures what sixteen lanes cost', async ({ page, server }) => {
    await open(page, server.url);
    await page.evaluate(() => {
        const tasks: number[] = [];
        new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => tasks.push(duration))).observe({
            type: 'longtask',
        });
        Object.assign(window, { tasks });
    });
    await page.getByText('Contemplating', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Agents and budget' }).click();
    await page.getByRole('combobox', { name: 'Agents' }).selectOption('16');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const metrics = async () => {
        const { metrics: all } = await session.send('Performance.getMetrics');
        return new Map(all.map(({ name, value }) => [name, value]));
    };
    const lanes = page.getByRole('region', { name: 'What the agents do' }).getByRole('article');
    await ask(page, 'Sixteen of you: herons?', 'Contemplating');
    await expect(lanes.first()).toBeVisible();
    const before = await metrics();
    await settled(page);
    const after = await metrics();
    const spent = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const seconds = spent('Timestamp');
    const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
    console.info(
        `${seconds.toFixed(1)} s: script ${((1000 * spent('ScriptDuration')) / seconds).toFixed(0)} ms/s,`,
        `layout and style ${((1000 * (spent('LayoutDuration') + spent('RecalcStyleDuration'))) / seconds).toFixed(0)} ms/s,`,
        `all tasks ${((1000 * spent('TaskDuration')) / seconds).toFixed(0)} ms/s,`,
        `tasks over 50 ms: ${tasks.length === 0 ? 'none' : tasks.map(Math.round).join(', ')}`,
    );
});

test('@figures how soon the page can be used', async ({ browser, server }) => {
    const times: number[] = [];
    for (let turn = 0; turn < 10; turn++) {
        const context = await browser.newContext({ locale: 'en-GB' });
        const page = await context.newPage();
        const begun = performance.now();
        await open(page, server.url);
        await page.getByRole('textbox', { name: 'Message' }).fill('x');
        times.push(performance.now() - begun);
        await context.close();
    }
    times.sort((a, b) => a - b);
    console.info(`from going there to the first letter: median ${times[5]?.toFixed(0)} ms, most ${times[9]?.toFixed(0)} ms`);
});

/** How many words the answer has that this is measured by. */
const WORDS = 200;

test('@figures how soon what the server says is seen', async ({ page, server }) => {
    await open(page, server.url);
    // After each frame: which words it was laid out with, and so shows. Observers of sizes are asked between layout
    // and paint, and one whose size changes in each frame is asked in each.
    await page.evaluate(() => {
        const seen: number[] = [];
        const probe = document.body.appendChild(document.createElement('div'));
        probe.style.position = 'fixed';
        new ResizeObserver(() => {
            const text = document.querySelector('article.answer .prose')?.textContent ?? '';
            const words = text.match(/t\d+/g)?.length ?? 0;
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
                const now = Date.now();
                while (seen.length < words) {
                    seen.push(now);
                }
            };
            port2.postMessage(null);
        }).observe(probe);
        let width = 0;
        const change = () => {
            width = 1 - width;
            probe.style.width = `${width}px`;
            requestAnimationFrame(change);
        };
        requestAnimationFrame(change);
        Object.assign(window, { seen });
    });
    await ask(page, 'Say how the clock is ticking.');
    await expect(answers(page)).toContainText(`t${WORDS - 1}`);
    await settled(page);
    await page.waitForFunction((words) => (window as unknown as { seen: number[] }).seen.length === words, WORDS);
    const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);

    // The same machine's clock, right before the model said each word: its first step reads the question and says none.
    await ask(page, 'At which moments was that?');
    await expect(answers(page)).toHaveCount(2);
    await expect(answers(page).last().locator('.prose')).toContainText(',');
    await settled(page);
    const said = (await answers(page).last().locator('.prose').innerText()).split(',').map(Number).slice(0, WORDS);
    expect(said).toHaveLength(WORDS);
    const times = said.map((moment, index) => (seen[index] ?? NaN) - moment).sort((a, b) => a - b);
    // Nothing is seen before it was said, and all of it was seen as it came.
    expect(times[0]).toBeGreaterThanOrEqual(-1);
    expect(new Set(seen).size).toBeGreaterThan(WORDS / 4);
    const at = (share: number) => times[Math.ceil(share * times.length) - 1]?.toFixed(0);
    console.info(`from a word on the server to pixels: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
});
