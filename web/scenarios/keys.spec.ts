import { alert, dialog, group, opened, REFUSED, sections, settings, test } from './inSettings.ts';
import { expect } from './scenario.ts';

test('a key is made for what it is needed, shown once, and removed', async ({ page, house, context, trouble }) => {
    trouble.allowed.push(REFUSED);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await house.enter(page, 'Kim');
    await settings(page, house.url, 'keys');
    const keys = group(page, 'Keys');
    const form = group(page, 'Make a key');
    await expect(keys).toContainText('There is no key.');
    const name = form.getByLabel('What it is for');
    await name.fill('backup\u200bscript');
    await form.getByRole('combobox', { name: 'How long it lasts' }).selectOption('30 days');
    await form.getByRole('checkbox', { name: 'Instant' }).check();
    await form.getByRole('checkbox', { name: 'May bring tools' }).uncheck();
    await form.getByRole('button', { name: 'Make a key' }).click();
    await expect(alert(page)).toContainText('cannot be seen');
    await expect(form.getByRole('checkbox', { name: 'Instant' })).toBeChecked();
    await name.fill('backup script');
    await form.getByRole('button', { name: 'Make a key' }).click();
    const row = keys.getByRole('listitem').first();
    await expect(row).toContainText('backup script');
    await expect(row).toContainText('Instant · all models · no tools');
    await expect(row).toContainText('until');
    await expect(name).toHaveValue('');

    const secret = await keys.getByRole('textbox', { name: 'The key' }).inputValue();
    await keys.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    const say = (mode: string) =>
        house.ask('POST', '/v1/chat/completions', { model: mode, messages: [{ role: 'user', content: 'hello' }] }, secret);
    await say('instant');
    await expect(say('thinking')).rejects.toThrow('403');
    // It is written down shortly after.
    await expect(async () => {
        await page.reload();
        await expect(row).toContainText('last used', { timeout: 1000 });
    }).toPass();
    await expect(keys.getByRole('textbox', { name: 'The key' })).toHaveCount(0);

    await keys.getByText('Quotas: backup script').click();
    await keys.getByLabel('At most').fill('0');
    await keys.getByRole('button', { name: 'Set' }).click();
    await expect(keys).toContainText('0 tokens · per day');
    await expect(say('instant')).rejects.toThrow('429');

    await keys.getByRole('button', { name: 'Remove: backup script' }).click();
    const question = page.getByRole('dialog', { name: 'Remove the key “backup script”?' });
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(dialog(page)).toBeVisible();
    await keys.getByRole('button', { name: 'Remove: backup script' }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await expect(keys).toContainText('There is no key.');
    await expect(keys.getByRole('heading', { name: 'Keys' })).toBeFocused();
    await expect(say('instant')).rejects.toThrow('401');

    // What is shown once is not shown any more when it is good for nothing.
    await name.fill('a mistake');
    await form.getByRole('button', { name: 'Make a key' }).click();
    await expect(keys.getByRole('textbox', { name: 'The key' })).toBeVisible();
    await keys.getByRole('button', { name: 'Remove: a mistake' }).click();
    await page.getByRole('dialog', { name: 'Remove the key “a mistake”?' }).getByRole('button', { name: 'Remove' }).click();
    await expect(keys).toContainText('There is no key.');
    await expect(keys.getByRole('textbox', { name: 'The key' })).toHaveCount(0);
});

test('guests have the keys that an owner makes', async ({ page, house, browser }) => {
    await house.enter(page, 'Gus', 'guest');
    await settings(page, house.url, 'keys');
    await expect(group(page, 'Keys')).toContainText('An owner of this server makes keys for guests.');
    await expect(dialog(page).getByRole('button', { name: 'Make a key' })).toHaveCount(0);
    await expect(sections(page).getByRole('link', { name: 'Members' })).toHaveCount(0);

    const context = await browser.newContext({ locale: 'en-GB' });
    const owner = await context.newPage();
    await house.signIn(owner);
    await settings(owner, house.url, 'members');
    const gus = await opened(owner, 'Gus');
    await gus.getByLabel('What it is for').fill('a clock');
    await gus.getByRole('button', { name: 'Make a key' }).click();
    await expect(gus.getByRole('textbox', { name: 'The key' })).toHaveValue(/^polymnia-/);
    await context.close();
    await page.reload();
    await expect(group(page, 'Keys').getByRole('listitem')).toContainText('a clock');
});
