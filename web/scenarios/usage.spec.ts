import { dialog, group, settings, test } from './inSettings.ts';
import { ask, expect, open, settled } from './scenario.ts';

test('what was used is seen in charts, and in tables that say the same', async ({ page, house, browser }) => {
    await house.enter(page, 'Ute');
    await open(page, house.url);
    await ask(page, 'one of herons');
    await settled(page);
    await ask(page, 'many of herons', 'Contemplating');
    await settled(page);
    const modes = async () => {
        const told = await page.request.get(`${house.url}/api/usage?by=mode`);
        return ((await told.json()) as { data: { mode: string; generated: number }[] }).data;
    };
    // It is written down shortly after.
    await expect.poll(async () => (await modes()).map(({ mode }) => mode)).toEqual(['contemplating', 'instant']);

    await settings(page, house.url, 'usage');
    for (const { mode, generated } of await modes()) {
        const row = group(page, 'By mode').getByRole('row', { name: new RegExp(mode, 'i') });
        await expect(row.getByRole('cell')).toHaveText(generated.toLocaleString('en'));
    }
    const sum = (await modes()).reduce((all, { generated }) => all + generated, 0).toLocaleString('en');
    await expect(dialog(page).getByText(`Tokens written: ${sum}`)).toBeVisible();
    await expect(group(page, 'By model').getByRole('row')).toHaveCount(2);
    const days = group(page, 'By day').getByRole('row');
    await expect(days).toHaveCount(31);
    await expect(days.last().getByRole('cell')).toHaveText(sum);
    await dialog(page).getByRole('combobox', { name: 'Time' }).first().selectOption('7 days');
    await expect(days).toHaveCount(8);
    await dialog(page).getByRole('combobox', { name: 'What' }).selectOption('Runs');
    await expect(group(page, 'By mode').getByRole('row', { name: /Instant/ }).getByRole('cell')).toHaveText('1');
    await expect(group(page, 'By person')).toHaveCount(0);
    await expect(group(page, 'Your quotas')).toContainText('None of your own');

    const context = await browser.newContext({ locale: 'en-GB' });
    const owner = await context.newPage();
    await house.signIn(owner);
    await settings(owner, house.url, 'usage');
    await expect(group(owner, 'By person').getByRole('row', { name: /^Ute/ })).toBeVisible();
    await dialog(owner).getByRole('combobox', { name: 'Whose' }).selectOption('Mine');
    await expect(group(owner, 'By person')).toHaveCount(0);

    await expect(group(page, 'Leaderboard')).toHaveCount(0);
    await dialog(owner).getByRole('checkbox', { name: 'There is a leaderboard on this server' }).check();
    await expect(group(owner, 'Leaderboard')).toContainText('Nobody is in it yet.');
    await page.reload();
    const board = group(page, 'Leaderboard');
    await board.getByRole('checkbox', { name: 'I want to be seen in it' }).check();
    await expect(board.getByRole('row', { name: /Ute/ })).toContainText(sum);
    await board.getByRole('checkbox', { name: 'I want to be seen in it' }).uncheck();
    await expect(board.getByRole('row', { name: /Ute/ })).toHaveCount(0);
    await dialog(owner).getByRole('checkbox', { name: 'There is a leaderboard on this server' }).uncheck();
    await page.reload();
    await expect(group(page, 'Your quotas')).toContainText('None of your own');
    await expect(board).toHaveCount(0);
    await context.close();
});
