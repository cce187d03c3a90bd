import { answers, ask, barriers, expect, open, settled, test } from './scenario.ts';

test('a run of a team is seen as it happens, and opens afterwards', async ({ page, slow }) => {
    await open(page, slow.url);
    await ask(page, 'How many muffins are left?', 'Contemplating');
    const run = page.getByRole('region', { name: 'What the agents do' });
    const lanes = run.getByRole('article');
    await expect(lanes).toHaveCount(4);
    await expect(lanes.first()).toContainText('54 in all');
    await expect(lanes.first()).toContainText(/\d+ tokens/);

    // Who ends goes to those that came to the same, while the others are at work.
    await expect(run.getByRole('heading', { name: /^31\s*\d votes?$/ })).toBeVisible();
    await expect(run.getByRole('heading', { name: /^21\s*1 vote$/ })).toBeVisible();
    await expect(run.getByRole('img', { name: /How the votes stand: 31: .*still at work/ })).toBeVisible();
    expect(await barriers(page)).toEqual([]);

    await settled(page);
    await expect(run).toBeHidden();
    await expect(answers(page).locator('.prose')).toHaveText('31');
    const summary = answers(page).getByRole('button', { name: /^\d of \d agreed · .* s · [\d,]+ tokens$/ });
    await summary.click();
    await expect(run.getByText(/No vote that was still out could change the winner/)).toBeVisible();
    await run.getByText('Ledger').click();
    await expect(run.getByRole('row', { name: /^total/ })).toBeVisible();

    await page.reload();
    await summary.click();
    await expect(run.getByRole('button', { name: /^Agent 1 .*Open agent 1 in full$/ })).toBeVisible();
});

test('an agent is read in full, and arrows lead to the next', async ({ page, slow }) => {
    await open(page, slow.url);
    await ask(page, 'How many muffins are left?', 'Contemplating');
    await page.getByRole('button', { name: 'Open agent 2 in full' }).click();
    const dialog = page.getByRole('dialog', { name: 'Agent 2' });
    await expect(dialog).toContainText('7 boxes');
    await expect(dialog).toContainText('sure to');
    await dialog.getByRole('button', { name: 'Next agent' }).click();
    await expect(page.getByRole('dialog', { name: 'Agent 3' })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('two agents are compared side by side', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'How many muffins are left?', 'Contemplating');
    await settled(page);
    await answers(page).getByRole('button', { name: /agreed/ }).click();
    await page.getByRole('button', { name: /^Agent 1 .*Open agent 1 in full$/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Agent 1' });
    await dialog.getByRole('combobox', { name: 'Compare with' }).selectOption({ label: 'Agent 2 · 21' });
    const other = dialog.getByRole('region', { name: 'Agent 2' });
    await expect(other.locator('mark').first()).toBeVisible();
    await expect(other).toContainText('4 + 3 = 7 boxes');
    await expect(dialog.getByRole('region', { name: 'Agent 1' })).toContainText('54 in all');
    expect(await barriers(page)).toEqual([]);
});

test('a team is stopped with the best answer that it has', async ({ page, slow }) => {
    await open(page, slow.url);
    await ask(page, 'How many muffins are left?', 'Contemplating');
    const run = page.getByRole('region', { name: 'What the agents do' });
    await expect(run.getByRole('heading', { name: /\d votes?$/ }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await settled(page);
    await answers(page).getByRole('button', { name: /agreed/ }).click();
    await expect(run.getByText('You asked for the best answer so far.')).toBeVisible();
    await expect(run.getByText(/agents? (was|were) not waited for/)).toBeVisible();
});

test('more agents join a team at work', async ({ page, slow }) => {
    await open(page, slow.url);
    // Usually there are 8, of which the last 4 begin by themselves.
    await page.getByText('Contemplating', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Agents and budget' }).click();
    await page.getByRole('combobox', { name: 'Agents' }).selectOption('4');
    await ask(page, 'How many muffins are left?', 'Contemplating');
    const run = page.getByRole('region', { name: 'What the agents do' });
    await expect(run.getByRole('article')).toHaveCount(4);
    await run.getByRole('button', { name: 'Think more' }).click();
    await expect(run.getByRole('button', { name: /Open agent 8 in full$/ })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
    await settled(page);
    await expect(answers(page).locator('.prose')).toHaveText('31');
    await page.getByRole('button', { name: 'Reset' }).click();
});

test('a team of twice as many is asked once more', async ({ page, server }) => {
    await open(page, server.url);
    await page.getByText('Contemplating', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Agents and budget' }).click();
    await page.getByRole('combobox', { name: 'Agents' }).selectOption('2');
    await ask(page, 'How many muffins are left?', 'Contemplating');
    await settled(page);
    await answers(page).getByRole('button', { name: /of 2 agreed/ }).click();
    await expect(page.getByText('asks again, with 4 agents at the most')).toBeVisible();
    await page.getByRole('button', { name: 'Think more' }).click();
    await expect(answers(page).getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
    await settled(page);
    await expect(answers(page).getByRole('button', { name: /of 4 agreed/ })).toBeVisible();
    await page.getByRole('button', { name: 'Reset' }).click();
});

test('agents and budget are chosen behind the switch', async ({ page, server }) => {
    await open(page, server.url);
    await page.getByText('Contemplating', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Agents and budget' }).click();
    await page.getByRole('combobox', { name: 'Agents' }).selectOption('2');
    await page.getByRole('spinbutton', { name: 'Tokens at most' }).fill('300');
    await ask(page, 'How many muffins are left?', 'Contemplating');
    await settled(page);
    await answers(page).getByRole('button', { name: /of 2 agreed/ }).click();
    await page.getByRole('button', { name: 'Reset' }).click();
});
