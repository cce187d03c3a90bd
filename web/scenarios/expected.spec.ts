import { answers, ask, expect, open, Server, settled, test } from './scenario.ts';

test('what an answer will take is told when enough have been given', async ({ page }) => {
    const server = await new Server(5).start();
    await open(page, server.url);
    const told = page.getByText(/^usually [\d.]+ s · \d+ tokens$/);
    for (let turn = 1; turn <= 3; turn++) {
        await expect(told).toHaveCount(0);
        await ask(page, `words of turn ${turn}`);
        await expect(answers(page)).toHaveCount(turn);
        await settled(page);
    }
    await expect(told).toBeVisible();
    await expect(told).toHaveAttribute('title', 'The median of the last 3 answers of this kind');
    // Nobody has asked a team yet.
    await page.getByText('Contemplating', { exact: true }).last().click();
    await expect(told).toHaveCount(0);
    await page.getByText('Instant', { exact: true }).last().click();
    await expect(told).toBeVisible();

    await page.setViewportSize({ width: 360, height: 780 });
    // Else the list that was open lies over the conversation.
    await page.reload();
    await expect(answers(page)).toHaveCount(3);
    await expect(told).toBeHidden();
    await page.getByRole('button', { name: 'Agents and budget' }).click();
    await expect(told).toBeVisible();
    await page.getByRole('spinbutton', { name: 'Tokens at most' }).fill('2');
    await expect(told).toHaveText(/ · 2 tokens$/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await server.close();
});
