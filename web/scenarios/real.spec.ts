import { answers, ask, expect, settled, test } from './scenario.ts';

const MINUTE = 60_000;

test('a new person takes a model and asks it in every mode @real', async ({ page }) => {
    test.setTimeout(10 * MINUTE);
    await page.goto(process.env['REAL'] ?? '');
    await expect(page.getByRole('heading', { name: 'There is no model here yet' })).toBeVisible();
    await page.getByRole('button', { name: 'Others' }).click();
    await page.getByRole('button', { name: 'Get it smollm2-135m' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible({ timeout: 5 * MINUTE });

    await page.getByText('Contemplating', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Agents and budget' }).click();
    await page.getByRole('combobox', { name: 'Agents' }).selectOption('2');
    await page.getByRole('spinbutton', { name: 'Tokens at most' }).fill('800');
    for (const mode of ['Instant', 'Thinking', 'Contemplating']) {
        await page.getByRole('button', { name: 'New conversation' }).click();
        await ask(page, 'What is 2 + 3?', mode);
        await expect(answers(page)).toHaveAttribute('aria-busy', 'false', { timeout: 2 * MINUTE });
        await expect(answers(page).locator('.prose').last()).toContainText(/\w/);
    }
    await answers(page).getByRole('button', { name: /tokens?$/ }).click();
    const run = page.getByRole('region', { name: 'What the agents do' });
    await run.getByText('Ledger').click();
    await expect(run.getByRole('row', { name: /^total/ })).toBeVisible();

    // All is there when the page is opened again.
    await page.reload();
    await settled(page);
    await expect(page.getByRole('navigation', { name: 'Conversations' }).getByRole('link')).toHaveCount(3);
});
