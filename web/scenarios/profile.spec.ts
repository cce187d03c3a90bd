import { House, PASSWORD } from './house.ts';
import { alert, dialog, drafts, group, REFUSED, sections, settings, test } from './inSettings.ts';
import { Provider } from './provider.ts';
import { expect, open } from './scenario.ts';

test('a member changes the password and ends other sessions', async ({ page, house, browser, trouble }) => {
    trouble.allowed.push(REFUSED);
    await house.enter(page, 'Ben');
    const context = await browser.newContext();
    const far = await context.newPage();
    await house.signIn(far, 'Ben');
    await open(far, house.url);

    await settings(page, house.url, 'profile');
    await expect(group(page, 'Name')).toContainText('Ben · Member');
    const signedIn = group(page, 'Signed in');
    await expect(signedIn.getByRole('listitem')).toHaveCount(2);
    await expect(signedIn).toContainText('This browser');
    await signedIn.getByRole('button', { name: /^Sign out:/ }).click();
    await expect(signedIn.getByRole('listitem')).toHaveCount(1);
    await far.reload();
    await expect(far.getByRole('heading', { name: 'Sign in' })).toBeVisible();

    await house.signIn(far, 'Ben');
    const password = group(page, 'Password');
    const next = password.getByLabel('New password');
    await password.getByLabel('Current password').fill('a horse and no battery');
    await next.fill('two birds on a wire');
    await password.getByRole('button', { name: 'Save' }).click();
    await expect(alert(page)).toContainText('current password is wrong');
    await expect(next).toHaveValue('two birds on a wire');
    await password.getByLabel('Current password').fill(PASSWORD);
    await next.fill('passwordpassword');
    await password.getByRole('button', { name: 'Save' }).click();
    await expect(alert(page)).toContainText('choose another');
    await next.fill('two birds on a wire');
    await password.getByRole('button', { name: 'Save' }).click();
    await expect(password.getByRole('status')).toHaveText(/It is changed/);
    await expect(next).toHaveValue('');
    await expect(signedIn.getByRole('listitem')).toHaveCount(1);
    await far.reload();
    await expect(far.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await context.close();

    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await expect.poll(() => drafts(page)).toHaveLength(1);
    await settings(page, house.url, 'profile');
    await sections(page).getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect(await drafts(page)).toEqual([]);
    await page.getByLabel('Your name').fill('Ben');
    await page.getByLabel('Password').fill('two birds on a wire');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await expect(dialog(page)).toHaveCount(0);
});

test('who signs out everywhere is out', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED);
    await house.enter(page, 'Eve');
    await open(page, house.url);
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await expect.poll(() => drafts(page)).toHaveLength(1);
    await settings(page, house.url, 'profile');
    await group(page, 'Signed in').getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect(await drafts(page)).toEqual([]);
});

test('an owner has another name', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED);
    await house.ask('POST', '/api/people', { name: 'Taken' });
    await house.enter(page, 'Olga', 'owner');
    await settings(page, house.url, 'profile');
    const name = dialog(page).getByLabel('Name');
    await name.fill('Taken');
    await dialog(page).getByRole('button', { name: 'Save' }).first().click();
    await expect(alert(page)).toBeVisible();
    await expect(name).toHaveValue('Taken');
    await name.fill('Olga the First');
    await dialog(page).getByRole('button', { name: 'Save' }).first().click();
    await expect(alert(page)).toHaveCount(0);
    await page.reload();
    await expect(name).toHaveValue('Olga the First');
});

test('what is remembered is written, changed, switched off and forgotten', async ({ page, house }) => {
    await house.enter(page, 'Mia');
    await settings(page, house.url, 'profile');
    const memory = group(page, 'Memory');
    await expect(memory).toContainText('Nothing is remembered.');
    await memory.getByRole('textbox', { name: 'What is to be remembered' }).fill('Eats no meat.');
    await memory.getByRole('button', { name: 'Remember' }).click();
    await expect(memory.getByRole('listitem')).toContainText('Eats no meat.');
    await memory.getByRole('button', { name: 'Edit: Eats no meat.' }).click();
    await memory.getByRole('listitem').getByRole('textbox').fill('Eats no fish.');
    await memory.getByRole('listitem').getByRole('button', { name: 'Save' }).click();
    await expect(memory.getByRole('listitem')).toContainText('Eats no fish.');
    await memory.getByRole('checkbox', { name: 'Use it in conversations' }).uncheck();
    await page.reload();
    await expect(memory.getByRole('checkbox', { name: 'Use it in conversations' })).not.toBeChecked();
    await memory.getByRole('button', { name: 'Forget: Eats no fish.' }).click();
    await page.getByRole('dialog', { name: 'Forget this?' }).getByRole('button', { name: 'Forget' }).click();
    await expect(memory).toContainText('Nothing is remembered.');
});

test('people come in by an account elsewhere, link it and take it away', async ({ page, trouble }) => {
    trouble.allowed.push(REFUSED);
    const provider = await Provider.open();
    const house = await House.open(provider.issuer);
    // Where the provider sends browsers back to.
    const url = `http://127.0.0.1:${house.server.port}`;
    const { secret } = await house.ask<{ secret: string }>('POST', '/api/invitations', { role: 'member' });
    await page.goto(`${url}/#join=${secret}`);
    await page.getByLabel('Your name').fill('Dorothea');
    await page.getByRole('button', { name: 'Go on with 127.0.0.1' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();

    await settings(page, url, 'profile');
    await expect(group(page, 'Name')).toContainText('Dorothea · Member');
    const accounts = group(page, 'Accounts elsewhere');
    const question = page.getByRole('dialog', { name: /^Remove the link with the account at 127\.0\.0\.1/ });
    await accounts.getByRole('button', { name: 'Remove: 127.0.0.1' }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await expect(question.getByRole('alert')).toContainText('no password');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await sections(page).getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Go on with 127.0.0.1' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();

    await settings(page, url, 'profile');
    const password = group(page, 'Password');
    await password.getByLabel('New password').fill(PASSWORD);
    await password.getByRole('button', { name: 'Save' }).click();
    await expect(password.getByRole('status')).toHaveText(/It is changed/);
    await accounts.getByRole('button', { name: 'Remove: 127.0.0.1' }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await expect(accounts.getByRole('listitem')).toHaveCount(0);
    await accounts.getByRole('button', { name: 'Link an account at 127.0.0.1' }).click();
    await expect(page).toHaveURL(`${url}/`);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await settings(page, url, 'profile');
    await expect(accounts.getByRole('listitem')).toContainText('127.0.0.1');
    await house.server.close();
    provider.close();
});
