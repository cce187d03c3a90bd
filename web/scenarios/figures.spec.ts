import { ask, expect, open, settled, test } from './scenario.ts';

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
