import { answers, ask, expect, KEY, Line, open, questions, Server, settled, strict, test } from './scenario.ts';

/** What a browser says of connections that these scenarios break. */
const BROKEN = /Failed to load resource|net::ERR/;

test('a connection that breaks is taken up where it broke', async ({ page, server, trouble }) => {
    trouble.allowed.push(BROKEN);
    const line = await Line.to(server.port);
    await open(page, line.url);
    await ask(page, 'Say it slowly.');
    await expect(answers(page)).toContainText('One word after');
    line.cut();
    await expect(answers(page).getByRole('status')).toContainText('cannot be reached');
    const before = await answers(page).locator('.prose').innerText();
    line.mend();
    await answers(page).getByRole('button', { name: 'Try now' }).click();
    await settled(page);
    const after = await answers(page).locator('.prose').innerText();
    expect(after.startsWith(before)).toBe(true);
    expect(after.match(/One word after the other\./g)).toHaveLength(40);
    line.close();
});

test('what was written is kept while the server is gone, and goes when it is back', async ({ page, trouble }) => {
    trouble.allowed.push(BROKEN);
    const server = await new Server(5).start();
    await open(page, server.url);
    await server.kill();
    await ask(page, 'a long and careful question');
    await expect(page.getByRole('alert').first()).toContainText('cannot be reached');
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a long and careful question');
    await server.start();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await settled(page);
    await expect(answers(page)).toContainText('You said: a long and careful question');
    await server.close();
});

test('a run goes on when its server was killed', async ({ page, trouble }) => {
    trouble.allowed.push(BROKEN);
    const server = await new Server(25).start();
    await open(page, server.url);
    await ask(page, 'Say it slowly.');
    await expect(answers(page)).toContainText('One word after');
    await server.kill();
    await expect(answers(page).getByRole('status')).toContainText('cannot be reached');
    await server.start();
    await settled(page);
    const words = await answers(page).locator('.prose').innerText();
    expect(words.match(/One word after the other\./g)).toHaveLength(40);
    await server.close();
});

test('a stream that nobody can read is said to be one', async ({ page, server, trouble }) => {
    trouble.allowed.push(BROKEN);
    await page.route('**/events?*', (route) =>
        route.fulfill({ contentType: 'text/event-stream', body: 'id: 1\ndata: <nonsense>\n\n' }),
    );
    await open(page, server.url);
    await ask(page, 'first words');
    await expect(answers(page).getByRole('alert')).toContainText('does not understand');
});

test('what is too long for the model is said to be, and can be shortened', async ({ page, server }) => {
    await open(page, server.url);
    await ask(page, 'word '.repeat(5000));
    await expect(answers(page).getByRole('alert')).toContainText('context');
    await questions(page).hover();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('form', { name: 'Edit' }).getByRole('textbox').fill('shorter');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(answers(page)).toContainText('You said: shorter');
});

test('a model that is gone is not asked for', async ({ page, server, trouble }) => {
    trouble.allowed.push(BROKEN);
    await open(page, server.url);
    // Taken away after the page was loaded.
    await page.route('**/messages', (route) =>
        route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), model: 'gone' }) }),
    );
    await ask(page, 'a question for it');
    await expect(page.getByRole('alert')).toContainText("There is no model 'gone'");
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a question for it');
});

test('a server on a network lets people in, by password and by invitation', async ({ page, browser, trouble }) => {
    trouble.allowed.push(/401|400/);
    const server = await new Server(5, KEY).start();
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Set up this server' }).click();
    await page.getByLabel('Key of the server').fill(KEY);
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel(/^Password/).fill('adaadaadaada');
    await page.getByRole('button', { name: 'Begin' }).click();
    // Refused as a password that anybody would try; the owner is there, and chooses another.
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel(/^Password/).fill('a horse and a battery');
    await page.getByRole('button', { name: 'Begin' }).click();
    await ask(page, 'words of an owner');
    await settled(page);
    expect(await page.evaluate(() => document.cookie)).toBe('');

    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Members' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByRole('textbox', { name: 'Invite somebody' }).inputValue();
    expect(link).toContain('/#join=');

    const context = await browser.newContext({ locale: 'de-DE' });
    const other = await context.newPage();
    const found = strict(other);
    await other.goto(link);
    await expect(other.getByRole('heading', { name: 'Du bist eingeladen' })).toBeVisible();
    await other.getByLabel('Dein Name').fill('Ben');
    await other.getByLabel(/^Passwort/).fill('ein Pferd und eine Batterie');
    await other.getByRole('button', { name: 'Beitreten' }).click();
    await expect(other.getByText('Worüber du sprichst')).toBeVisible();
    expect(other.url()).not.toContain('join');
    expect(found.filter((each) => !/401/.test(each))).toEqual([]);

    // Ben's agents would need more tokens than he has.
    const { data } = (await (
        await page.request.get(`${server.url}/api/people`, { headers: { Authorization: `Bearer ${KEY}` } })
    ).json()) as { data: { id: string; name: string }[] };
    const ben = data.find(({ name }) => name === 'Ben')?.id ?? '';
    await page.request.put(`${server.url}/api/people/${ben}/quotas`, {
        headers: { Authorization: `Bearer ${KEY}` },
        data: { quotas: [{ resource: 'tokens', per: 'day', limit: 1 }] },
    });
    await other.getByText('Contemplating', { exact: true }).last().click();
    await other.getByRole('textbox', { name: 'Nachricht' }).fill('noch eine Frage');
    await other.getByRole('button', { name: 'Senden' }).click();
    await expect(other.getByRole('alert')).toContainText('quota');
    await expect(other.getByText('noch eine Frage', { exact: true }).last()).toBeVisible();
    await other.getByRole('button', { name: 'Einstellungen' }).click();
    await other.getByRole('button', { name: 'Abmelden' }).click();
    await expect(other.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
    await context.close();

    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Password').fill('a horse and a batterie');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('Password').fill('a horse and a battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'words of an owner' }).click();
    await expect(questions(page)).toContainText('words of an owner');

    // Signed out elsewhere in the midst of a thought.
    await page.context().clearCookies();
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Password').fill('a horse and a battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a thought');
    await server.close();
});
