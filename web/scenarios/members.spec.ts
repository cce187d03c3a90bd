import { House, PASSWORD } from './house.ts';
import { dialog, group, opened, REFUSED, saveRole, settings, test } from './inSettings.ts';
import { expect } from './scenario.ts';

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
