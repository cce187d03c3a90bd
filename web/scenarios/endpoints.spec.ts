import { alert, dialog, group, REFUSED, settings } from './inSettings.ts';
import { answers, ask, barriers, expect, open, outside, picture, Server, settled, test } from './scenario.ts';

test('an owner tests an endpoint, adds it, asks its model and removes it', async ({ page, trouble }) => {
    trouble.allowed.push(REFUSED);
    const own = await new Server(25).start();
    try {
        await open(page, own.url);
        await settings(page, own.url, 'models');
        const endpoints = group(page, 'Endpoints');
        const form = group(page, 'Add an endpoint');
        const address = form.getByRole('textbox', { name: 'Address' });
        const key = form.getByLabel('Key');
        const status = form.getByRole('status');
        await expect(endpoints).toContainText('None has been added.');
        await expect(form.getByRole('button', { name: 'Test' })).toBeDisabled();

        await address.fill('http://far.test');
        await key.fill('a-wrong-key');
        await form.getByRole('button', { name: 'Test' }).click();
        await expect(alert(page)).toContainText('refuses the key');
        await expect(address).toHaveValue('http://far.test');
        await expect(key).toHaveValue('a-wrong-key');
        await expect(status).toHaveText('');
        expect(await barriers(page)).toEqual([]);

        await key.fill('the-right-key');
        await form.getByRole('button', { name: 'Test' }).click();
        await expect(status).toHaveText('It answers, and has 2 models. Choose one of them.');
        await expect(alert(page)).toHaveCount(0);
        await form.getByRole('combobox', { name: 'Model' }).selectOption('far-small');
        await expect(status).toHaveText('');
        await form.getByRole('button', { name: 'Test' }).click();
        await expect(status).toHaveText('far-small answered “Hello!” after 0.8 s; context 32,768 tokens');
        await expect(endpoints).toContainText('None has been added.');
        expect(await barriers(page)).toEqual([]);

        await form.getByRole('button', { name: 'Add', exact: true }).click();
        await expect(status).toHaveText('far-small answers from now on.');
        await expect(address).toHaveValue('');
        await expect(address).toBeFocused();
        await expect(key).toHaveValue('');
        const row = endpoints.getByRole('listitem');
        await expect(row).toContainText('http://far.test/v1 · with a key · answers');
        expect(await barriers(page)).toEqual([]);
        await picture(page, 'endpoints');

        // Once is enough.
        await address.fill('http://far.test');
        await key.fill('the-right-key');
        await form.getByRole('textbox', { name: 'Model' }).fill('far-small');
        await address.press('Enter');
        await expect(alert(page)).toContainText('has been added already');
        await expect(address).toBeFocused();
        await expect(address).toHaveValue('http://far.test');
        await expect(row).toHaveCount(1);

        await page.keyboard.press('Escape');
        await expect(dialog(page)).toHaveCount(0);
        await page.getByRole('button', { name: 'Agents and budget' }).click();
        const model = page.getByRole('combobox', { name: 'Model' });
        await model.selectOption('far-small');
        await ask(page, 'Hello');
        await settled(page);
        await expect(answers(page).last()).toContainText('You said: Hello');

        await settings(page, own.url, 'models');
        await row.getByRole('button', { name: 'Remove: far-small' }).click();
        const question = page.getByRole('dialog', { name: 'Remove the endpoint of “far-small”?' });
        await question.getByRole('button', { name: 'Remove' }).click();
        await expect(endpoints).toContainText('None has been added.');
        await expect(endpoints.getByRole('heading', { name: 'Endpoints' })).toBeFocused();
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Agents and budget' }).click();
        await expect(page.getByLabel('Tokens at most')).toBeVisible();
        // There is one model again, and nothing to choose.
        await expect(model).toHaveCount(0);
    } finally {
        await page.goto('about:blank');
        await own.close();
    }
});

test('an endpoint that cannot be reached says why, also on a phone', async ({ page, trouble, server }) => {
    trouble.allowed.push(/status of 503/);
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, server.url);
    await settings(page, server.url, 'models');
    const form = group(page, 'Add an endpoint');
    await form.getByRole('textbox', { name: 'Address' }).fill('http://nowhere.test');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(alert(page)).toHaveText(
        'The endpoint http://nowhere.test/v1 takes no connection; start it, or check host and port.',
    );
    await expect(form.getByRole('textbox', { name: 'Address' })).toHaveValue('http://nowhere.test');
    await expect(group(page, 'Endpoints')).toContainText('None has been added.');
    expect(await barriers(page)).toEqual([]);
    expect(await outside(page)).toEqual([]);
});

test('who has no model here finds the endpoints, and asks one again that did not answer', async ({ page }) => {
    const bare = await new Server(25, '', '', true).start();
    try {
        await page.goto(bare.url);
        await page.getByRole('button', { name: 'I have an endpoint' }).click();
        await expect(page).toHaveURL(`${bare.url}/#settings/models`);
        const row = group(page, 'Endpoints').getByRole('listitem');
        await expect(row).toContainText('does not answer');
        await expect(row).toContainText('takes no connection');
        expect(await barriers(page)).toEqual([]);
        await row.getByRole('button', { name: 'Connect again: sleepy' }).click();
        await expect(row).toContainText('http://sleepy.test/v1 · with a key · answers');
        await expect(row.getByRole('button', { name: 'Connect again' })).toHaveCount(0);

        await page.keyboard.press('Escape');
        await ask(page, 'Hello');
        await settled(page);
        await expect(answers(page).last()).toContainText('You said: Hello');
    } finally {
        // It may still ask how long the last answers took.
        await page.goto('about:blank');
        await bare.close();
    }
});
