import type { Locator, Page } from '@playwright/test';
import { House, PASSWORD } from './house.ts';
import { Provider } from './provider.ts';
import { ask, barriers, expect, open, picture, settled, test as base } from './scenario.ts';

const test = base.extend<object, { house: House }>({
    house: [
        async ({}, use) => {
            const house = await House.open();
            await use(house);
            await house.server.close();
        },
        { scope: 'worker' },
    ],
});

/** What a browser says of answers that these scenarios want to be refused. */
const REFUSED = /status of 4\d\d/;

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Settings' });
const sections = (page: Page) => page.getByRole('navigation', { name: 'Settings' });
const group = (page: Page, name: string) => dialog(page).getByRole('group', { name, exact: true });
const alert = (page: Page) => dialog(page).getByRole('alert');

const saveRole = (row: Locator) =>
    row
        .locator('form')
        .filter({ has: row.page().getByRole('combobox', { name: 'Role' }) })
        .getByRole('button', { name: 'Save' })
        .click();

async function settings(page: Page, url: string, section: string): Promise<void> {
    await page.goto(`${url}/#settings/${section}`);
    await expect(dialog(page)).toBeVisible();
}

/** What a browser keeps of what somebody had begun to write. */
const drafts = (page: Page) =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('polymnia.draft')));

/** The row of somebody or something, opened. */
async function opened(page: Page, name: string) {
    const row = dialog(page).getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) }).first();
    await row.getByText(name, { exact: true }).click();
    return row;
}

test('who is alone has a look, models, usage and data', async ({ page, server }) => {
    await open(page, server.url);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(sections(page).getByRole('link')).toHaveText(['Appearance', 'Models', 'Usage', 'Data']);
    await expect(dialog(page).getByRole('button', { name: 'Sign out' })).toHaveCount(0);
    await sections(page).getByRole('link', { name: 'Data' }).click();
    await expect(group(page, 'Take all along')).toContainText('polymnia backup');
    await expect(dialog(page).getByRole('button', { name: 'Erase me' })).toHaveCount(0);
    // What is for others is not there for who asks by its address either.
    await settings(page, server.url, 'members');
    await expect(dialog(page).getByRole('combobox', { name: 'Appearance' })).toBeVisible();
});

test('text size and motion are kept', async ({ page, server }) => {
    const moves = () =>
        page.evaluate(() => {
            const element = document.createElement('p');
            element.className = 'pulse';
            document.body.append(element);
            const { animationName } = getComputedStyle(element);
            element.remove();
            return animationName !== 'none';
        });
    await settings(page, server.url, 'appearance');
    await expect(page.locator('html')).toHaveCSS('font-size', '16px');
    expect(await moves()).toBe(true);
    await dialog(page).getByRole('combobox', { name: 'Text size' }).selectOption('Large');
    await dialog(page).getByRole('combobox', { name: 'Motion' }).selectOption('Always reduced');
    await expect(page.locator('html')).toHaveCSS('font-size', '19px');
    await page.reload();
    await expect(page.locator('html')).toHaveCSS('font-size', '19px');
    expect(await moves()).toBe(false);
    await dialog(page).getByRole('combobox', { name: 'Text size' }).selectOption('Small');
    await expect(page.locator('html')).toHaveCSS('font-size', '14px');
});

test('sections have addresses, in front of a conversation', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'words behind settings');
    await settled(page);
    const place = page.url();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await sections(page).getByRole('link', { name: 'Usage' }).click();
    await expect(page).toHaveURL(`${place}#settings/usage`);
    await expect(sections(page).getByRole('link', { name: 'Usage' })).toHaveAttribute('aria-current', 'page');
    await page.reload();
    await expect(dialog(page).getByRole('region', { name: 'Usage' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await expect(page).toHaveURL(place);
    await expect(page.getByRole('article', { name: 'You' })).toContainText('words behind settings');
    await page.goBack();
    await expect(page).toHaveURL(place);
    await expect(dialog(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(dialog(page)).toBeVisible();
    await sections(page).getByRole('link', { name: 'Usage' }).click();
    await sections(page).getByRole('link', { name: 'Data' }).click();
    await expect(dialog(page).getByRole('region', { name: 'Data' })).toBeVisible();
    await page.goBack();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page).toHaveURL(place);
});

test('settings are found and gone through without a mouse', async ({ page, server }) => {
    await open(page, server.url);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings: usage');
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('region', { name: 'Usage' })).toBeVisible();
    await sections(page).getByRole('link', { name: 'Usage' }).focus();
    await page.keyboard.press('Tab');
    await expect(sections(page).getByRole('link', { name: 'Data' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('region', { name: 'Data' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
});

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

test('an owner settles roles and quotas, and erases', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED);
    const { id } = await house.ask<{ id: string }>('POST', '/api/people', { name: 'Otto' });
    await house.signIn(page);
    await settings(page, house.url, 'members');
    const otto = await opened(page, 'Otto');
    await otto.getByRole('combobox', { name: 'Role' }).selectOption('guest');
    await expect(otto.locator('summary').first()).toContainText('Member');
    await saveRole(otto);
    await expect(otto.locator('summary').first()).toContainText('Guest');

    const quotas = otto.getByRole('group', { name: 'Quotas' });
    await expect(quotas).toContainText('No limit.');
    const set = async (limit: string) => {
        await quotas.getByLabel('At most').fill(limit);
        await quotas.getByRole('button', { name: 'Set' }).click();
    };
    await set('2000');
    await expect(quotas.getByRole('listitem')).toContainText('2,000 tokens · per day');
    await set('3000');
    await expect(quotas.getByRole('listitem')).toContainText('3,000 tokens · per day');
    // Another owner was faster.
    const month = { resource: 'tokens', per: 'month', mode: 'contemplating', limit: 50 };
    await house.ask('PUT', `/api/people/${id}/quotas`, { quotas: [month] });
    await quotas.getByRole('combobox', { name: 'Of what' }).selectOption('money');
    await set('2.5');
    await expect(quotas.getByRole('alert')).toContainText('Somebody else changed this');
    await expect(quotas.getByLabel('At most')).toHaveValue('2.5');
    await expect(quotas.getByRole('listitem')).toContainText('50 tokens · per month · Contemplating');
    await quotas.getByRole('button', { name: 'Set' }).click();
    await expect(quotas.getByRole('listitem')).toHaveCount(2);
    await expect(quotas).toContainText('2.5 money · per day');
    await quotas.getByRole('button', { name: 'Remove: 2.5 money · per day' }).click();
    await expect(quotas.getByRole('listitem')).toHaveCount(1);

    await otto.getByRole('button', { name: 'Make a link to come back' }).click();
    await expect(otto.getByRole('textbox', { name: 'Make a link to come back' })).toHaveValue(/#join=polymnia-/);
    const invited = dialog(page).getByRole('list', { name: 'Invitations that nobody has used' });
    const back = invited.getByRole('button', { name: /^Take back: Otto/ });
    await back.click();
    await expect(back).toHaveCount(0);
    await expect(otto.getByRole('textbox', { name: 'Make a link to come back' })).toHaveCount(0);
    await otto.getByRole('button', { name: 'Erase Otto' }).click();
    await page.getByRole('dialog', { name: 'Erase Otto?' }).getByRole('button', { name: 'Erase' }).click();
    await expect(dialog(page).getByText('Otto', { exact: true })).toHaveCount(0);
    await expect(house.ask('GET', `/api/people/${id}`)).rejects.toThrow('404');
});

test('an invitation is made for a role, and taken back', async ({ page, house }) => {
    await house.signIn(page);
    await settings(page, house.url, 'members');
    const invite = group(page, 'Invite somebody');
    await invite.getByRole('combobox', { name: 'Role' }).selectOption('Guest');
    await invite.getByRole('button', { name: 'Make a link' }).click();
    const link = await invite.getByRole('textbox', { name: 'Invite somebody' }).inputValue();
    const open = invite.getByRole('list', { name: 'Invitations that nobody has used' });
    await expect(open.getByRole('listitem').first()).toContainText('Guest');
    const count = await open.getByRole('listitem').count();
    await open.getByRole('button', { name: /^Take back: Guest/ }).first().click();
    await expect(open.getByRole('listitem')).toHaveCount(count - 1);
    await expect(invite.getByRole('textbox', { name: 'Invite somebody' })).toHaveCount(0);
    const taken = { invitation: link.split('#join=')[1], name: 'Nobody', password: PASSWORD };
    await expect(house.ask('POST', '/api/join', taken)).rejects.toThrow('404');
});

test('people spend together in a group', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED);
    await house.ask('POST', '/api/people', { name: 'Ida' });
    const { id: jim } = await house.ask<{ id: string }>('POST', '/api/people', { name: 'Jim' });
    await house.signIn(page);
    await settings(page, house.url, 'members');
    await dialog(page).getByLabel('Name of a new group').fill('Children');
    await dialog(page).getByRole('button', { name: 'Make a group' }).click();
    const children = await opened(page, 'Children');
    await children.getByRole('checkbox', { name: 'Ida' }).check();
    // Another owner was faster.
    const { data } = await house.ask<{ data: { id: string; name: string }[] }>('GET', '/api/groups');
    const place = `/api/groups/${data.find(({ name }) => name === 'Children')?.id}`;
    await house.ask('PATCH', place, { people: [jim] });
    await children.getByRole('button', { name: 'Save' }).click();
    await expect(children.getByRole('alert')).toContainText('Somebody else changed this');
    await expect(children.getByRole('checkbox', { name: 'Jim' })).toBeChecked();
    await expect(children.getByRole('checkbox', { name: 'Ida' })).toBeChecked();
    await children.getByRole('button', { name: 'Save' }).click();
    await expect(children.locator('summary').first()).toContainText('2 people');
    await expect(children.getByRole('alert')).toHaveCount(0);
    // Who is erased is in no group any more.
    await opened(page, 'Jim');
    await dialog(page).getByRole('button', { name: 'Erase Jim' }).click();
    await page.getByRole('dialog', { name: 'Erase Jim?' }).getByRole('button', { name: 'Erase' }).click();
    await expect(children.locator('summary').first()).toContainText('1 person');
    await children.getByRole('combobox', { name: 'Of what' }).selectOption('runs at once');
    await children.getByLabel('At most').fill('2');
    await children.getByRole('button', { name: 'Set' }).click();
    await expect(children).toContainText('2 runs at once');
    await page.reload();
    await opened(page, 'Children');
    await expect(children.getByRole('checkbox', { name: 'Ida' })).toBeChecked();
    await children.getByRole('button', { name: 'Remove the group' }).click();
    await page.getByRole('dialog', { name: 'Remove the group “Children”?' }).getByRole('button', { name: 'Remove' }).click();
    await expect(dialog(page).getByText('Children', { exact: true })).toHaveCount(0);
});

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

test('all is taken along, brought back, and erased', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED, /net::ERR/);
    const dan = await house.enter(page, 'Dan');
    await open(page, house.url);
    await ask(page, 'a question to keep');
    await settled(page);
    await settings(page, house.url, 'data');
    const leaving = page.waitForEvent('download');
    await dialog(page).getByRole('link', { name: 'Save as ZIP' }).click();
    const download = await leaving;
    expect(download.suggestedFilename()).toBe('polymnia.zip');

    const file = dialog(page).getByLabel('File', { exact: true });
    await file.setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"birds": 3}') });
    await expect(alert(page)).toContainText('conversations.json');
    await file.setInputFiles({ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004 and then nothing') });
    await expect(alert(page)).toContainText('The ZIP cannot be read');
    await file.setInputFiles(await download.path());
    const brought = group(page, 'Bring conversations along').getByRole('status');
    await expect(brought).toContainText('1 conversation, 2 messages');
    await expect(alert(page)).toHaveCount(0);
    await sections(page).getByRole('link', { name: 'Usage' }).click();
    await sections(page).getByRole('link', { name: 'Data' }).click();
    await expect(brought).toContainText('1 conversation, 2 messages');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('navigation', { name: 'Conversations' }).getByRole('link')).toHaveCount(2);
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await expect.poll(() => drafts(page)).toHaveLength(1);

    await settings(page, house.url, 'data');
    await expect(group(page, 'Erase me')).toContainText('without an invitation');
    await dialog(page).getByRole('button', { name: 'Erase me' }).click();
    const question = page.getByRole('dialog', { name: 'Erase all that is yours?' });
    const erase = question.getByRole('button', { name: 'Erase' });
    await expect(erase).toBeDisabled();
    await question.getByRole('textbox').fill('Ben');
    await expect(erase).toBeDisabled();
    await question.getByRole('textbox').fill('Dan');
    // It is done, and nobody hears of it.
    await page.route(
        `**/api/people/${dan}`,
        async (route) => {
            await route.fetch();
            await route.abort();
        },
        { times: 1 },
    );
    await erase.click();
    await expect(question.getByRole('alert')).toContainText('cannot be reached');
    await expect(question.getByRole('alert')).not.toContainText('trying');
    await erase.click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect(await drafts(page)).toEqual([]);
    await expect(house.ask('GET', `/api/people/${dan}`)).rejects.toThrow('404');
});

test('a file that is longer than the server takes is refused in words', async ({ page, house, trouble }) => {
    trouble.allowed.push(REFUSED, /net::ERR/);
    await house.enter(page, 'Lea');
    await settings(page, house.url, 'data');
    const buffer = Buffer.alloc(20_000_000, ' ');
    await dialog(page).getByLabel('File', { exact: true }).setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer });
    await expect(alert(page)).toContainText(/longer than/);
    await expect(dialog(page).getByLabel('File', { exact: true })).toBeEnabled();
});

test('the last owner stays', async ({ page, trouble }) => {
    trouble.allowed.push(REFUSED);
    const house = await House.open();
    await house.signIn(page);
    await settings(page, house.url, 'members');
    const ada = await opened(page, 'Ada');
    await ada.getByRole('combobox', { name: 'Role' }).selectOption('guest');
    await saveRole(ada);
    await expect(ada.getByRole('alert')).toContainText('owner');
    await expect(ada.getByRole('combobox', { name: 'Role' })).toHaveValue('guest');
    await expect(ada.locator('summary').first()).toContainText('Owner');
    await settings(page, house.url, 'data');
    await dialog(page).getByRole('button', { name: 'Erase me' }).click();
    const question = page.getByRole('dialog', { name: 'Erase all that is yours?' });
    await question.getByRole('textbox').fill('Ada');
    await question.getByRole('button', { name: 'Erase' }).click();
    await expect(question.getByRole('alert')).toContainText('owner');
    await expect(question.getByRole('textbox')).toHaveValue('Ada');
    await house.server.close();
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

const SIZES = { desktop: { width: 1280, height: 860 }, phone: { width: 360, height: 740 } };

for (const [size, viewport] of Object.entries(SIZES)) {
    for (const scheme of ['light', 'dark'] as const) {
        test(`settings keep nobody out, ${size}, ${scheme}`, async ({ page, house }) => {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
            await house.enter(page, `Pia ${size} ${scheme}`, 'owner');
            await open(page, house.url);
            await ask(page, 'words to count');
            await settled(page);
            for (const section of ['Appearance', 'Models', 'Profile', 'Keys', 'Members', 'Usage', 'Data']) {
                await settings(page, house.url, section.toLowerCase());
                const panel = dialog(page).getByRole('region', { name: section });
                await expect(panel).toBeVisible();
                if (section === 'Members') {
                    await opened(page, 'Ada');
                    await expect(dialog(page).getByRole('button', { name: 'Erase Ada' })).toBeVisible();
                }
                if (section === 'Usage') {
                    await expect(group(page, 'By mode').getByRole('row').last()).toBeVisible();
                }
                expect(await barriers(page)).toEqual([]);
                expect(await panel.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
                expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
                await picture(page, `settings-${section.toLowerCase()}-${size}-${scheme}`);
            }
        });
    }
}
