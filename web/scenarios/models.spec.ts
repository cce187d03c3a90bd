import { answers, ask, barriers, expect, open, picture, Server, settled, strict, test } from './scenario.ts';

test('where there is no model one is offered, comes, and answers', async ({ page }) => {
    const bare = await new Server(25, '', '', true).start();
    try {
        await page.goto(bare.url);
        await expect(page.getByRole('heading', { name: 'There is no model here yet' })).toBeVisible();
        await expect(page.getByText('200 MB · Apache-2.0')).toBeVisible();
        await expect(page.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
        // Nor is there more to a conversation from when there was one.
        const begun = await page.request.post(`${bare.url}/api/conversations`, { data: { title: 'from before' } });
        await page.goto(`${bare.url}/c/${((await begun.json()) as { id: string }).id}`);
        await expect(page.getByRole('heading', { name: 'from before' })).toBeVisible();
        await expect(page.getByRole('heading', { name: 'There is no model here yet' })).toBeVisible();
        expect(await barriers(page)).toEqual([]);
        await page.goto(bare.url);
        await page.getByRole('button', { name: 'Others' }).click();
        await expect(page.getByText('It is too big for the memory of this machine.')).toBeVisible();
        expect(await barriers(page)).toEqual([]);
        await picture(page, 'first-model');

        await page.getByRole('button', { name: 'Get it small' }).click();
        await expect(page.getByRole('progressbar')).toBeVisible();
        await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
        await ask(page, 'Hello');
        await settled(page);
        await expect(answers(page).last()).toContainText('You said: Hello');
    } finally {
        await bare.close();
    }
});

test('who waits for a model sees it come that somebody else takes', async ({ page, context }) => {
    const bare = await new Server(25, '', '', true).start();
    try {
        const other = await context.newPage();
        const found = strict(other);
        await other.goto(bare.url);
        await expect(other.getByRole('heading', { name: 'There is no model here yet' })).toBeVisible();
        await page.goto(bare.url);
        await page.getByRole('button', { name: 'Get it small' }).click();
        await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
        await expect(other.getByRole('textbox', { name: 'Message' })).toBeVisible();
        expect(found).toEqual([]);
    } finally {
        await bare.close();
    }
});

test('an owner has a model come, stops it, and deletes it', async ({ page }) => {
    const own = await new Server(25).start();
    try {
        await open(page, own.url);
        await page.goto(`${own.url}/#settings/models`);
        const models = page.getByRole('list', { name: 'Models' });
        await expect(models.getByText('answers')).toHaveCount(1);
        const row = models.getByRole('listitem').filter({ hasText: 'Small' });
        await row.getByRole('button', { name: 'Get it small' }).click();
        await row.getByRole('button', { name: 'Stop small' }).click();
        await expect(row.getByRole('button', { name: 'Delete small' })).toBeVisible();
        await row.getByRole('button', { name: 'Go on small' }).click();
        await expect(row.getByRole('button', { name: 'Delete small' })).toHaveCount(0);
        await expect(row.getByText('answers')).toBeVisible();
        expect(await barriers(page)).toEqual([]);

        await row.getByRole('button', { name: 'Delete small' }).click();
        await row.getByRole('button', { name: 'Delete', exact: true }).click();
        await expect(row.getByRole('button', { name: 'Get it small' })).toBeVisible();
    } finally {
        await own.close();
    }
});

test('a model that does not come says why', async ({ page }) => {
    const own = await new Server(25).start();
    try {
        await open(page, own.url);
        await page.goto(`${own.url}/#settings/models`);
        const row = page.getByRole('listitem').filter({ hasText: 'Lost' });
        await row.getByRole('button', { name: 'Get it lost' }).click();
        await expect(row.getByRole('alert')).toHaveText('Nobody has it; ask again later.');
        await expect(row.getByRole('button', { name: 'Get it lost' })).toBeVisible();
    } finally {
        await own.close();
    }
});
