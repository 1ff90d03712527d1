import { expect, test } from 'vitest'
import { document, drag, pasteFile, photo, toast, withFile, withPlace } from './attach-files.ts'
import { type AppPerson, soon, t } from './app-person.ts'
import { expectClean } from './expect-clean.ts'
import { programFriends } from './program-friends.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

/** Chooses files as one does in a dialog of the system. */
async function attach(person: AppPerson, files: string | Parameters<typeof drag>[2]): Promise<void> {
  const chooser = person.page.waitForEvent('filechooser')
  await person.press('attach.choose')
  await (await chooser).setFiles(typeof files === 'string' ? files : [...files])
}

const staged = (person: AppPerson, name: string) => person.button('attach.remove', { name })

/** What was attached is there, and is not attached any more. */
async function takesBack(person: AppPerson, name: string): Promise<void> {
  await staged(person, name).click()
  await staged(person, name).waitFor({ state: 'detached' })
}

test('pictures go out together with a text', async () => {
  const [ada, bob] = await world().pair()
  await attach(ada, [await photo(ada, 'wide.png', 1600, 900), await photo(ada, 'high.jpg', 600, 900, 'image/jpeg')])
  await staged(ada, 'wide.png').waitFor()
  await staged(ada, 'high.jpg').waitFor()
  await ada.composer.fill('From the coast')
  // Enter would do nothing until the small picture is kept too; a click waits for the button.
  await ada.press('composer.send')
  await bob.sees('From the coast')
  await staged(ada, 'wide.png').waitFor({ state: 'detached' })
  await ada
    .message('From the coast')
    .getByText(/Sent|Read/)
    .waitFor()
})

test('a picture goes out without a text', async () => {
  const [ada, bob] = await world().pair()
  const before = await bob.messages.count()
  await attach(ada, [await photo(ada, 'alone.png', 300, 300)])
  await staged(ada, 'alone.png').waitFor()
  await ada.press('composer.send')
  await expect.poll(async () => bob.messages.count(), soon).toBe(before + 1)
})

test('a photo arrives upright, at most 4096 pixels long, and without the place where it was taken', async () => {
  const [ada, bob] = await programFriends(world())
  const taken = withPlace(await photo(ada, 'here.jpg', 1600, 900, 'image/jpeg'), 'N48.858 E2.294')
  expect(taken.buffer.includes('N48.858')).toBe(true)
  await attach(ada, [taken, await photo(ada, 'long.png', 8192, 256)])
  await staged(ada, 'here.jpg').waitFor()
  await staged(ada, 'long.png').waitFor()
  await ada.press('composer.send')
  const arrived = async () => {
    const { messages } = await bob.client.query('messages.page', { conversation: ada.id })
    return messages.flatMap(({ attachments }) => attachments).filter(({ state }) => state === 'here')
  }
  await expect.poll(async () => (await arrived()).length, soon).toBe(2)
  const files = await arrived()
  expect(files.map(({ width, height }) => [width, height])).toEqual([
    [900, 1600],
    [4096, 128],
  ])
  for (const { id } of files) {
    const bytes = Buffer.from(await bob.client.command('attachments.read', { attachment: id }))
    for (const word of ['Exif', 'N48.858']) expect(bytes.includes(word)).toBe(false)
  }
})

test('files can be taken back, one by one and all together', async () => {
  const [ada] = await world().pair()
  const pictures = await Promise.all(['a.png', 'b.png', 'c.png'].map(async name => photo(ada, name, 200, 200)))
  await attach(ada, pictures)
  for (const name of ['a.png', 'b.png', 'c.png']) await staged(ada, name).waitFor()
  await takesBack(ada, 'b.png')
  await staged(ada, 'c.png').waitFor()
  await ada.press('attach.remove-all')
  await ada.page.getByRole('group', { name: t('attach.staged') }).waitFor({ state: 'detached' })
  await ada.button('voice.start').waitFor()
})

test('what does not go together is not attached, and what is too large is not even read', async () => {
  const [ada] = await world().pair()
  await attach(ada, [document('notes.txt', 2000)])
  await staged(ada, 'notes.txt').waitFor()
  await drag(ada.composer, ['drop'], [await photo(ada, 'more.png', 200, 200)])
  await toast(ada, t('attach.mixed')).waitFor()
  await staged(ada, 'notes.txt').click()
  await withFile('large.bin', 200_000_001, async path => {
    await attach(ada, path)
    await toast(ada, t('attach.too-large', { limit: 200 })).waitFor()
  })
  expect(await staged(ada, 'large.bin').count()).toBe(0)
})

test('ten million bytes are attached', async () => {
  const [ada] = await world().pair()
  await withFile('just-right.bin', 10_000_000, async path => {
    await attach(ada, path)
    await takesBack(ada, 'just-right.bin')
  })
})

test('a picture is pasted', async () => {
  const [ada] = await world().pair()
  await pasteFile(ada.composer, await photo(ada, 'pasted.png', 320, 240))
  await takesBack(ada, 'pasted.png')
})

test('files that are dragged over the conversation are attached where they are dropped', async () => {
  const [ada] = await world().pair()
  const picture = await photo(ada, 'dropped.png', 320, 240)
  await ada.say('put it here')
  const target = ada.message('put it here')
  await drag(target, ['dragenter', 'dragover'], [picture])
  await ada.page.getByText(t('attach.drop')).waitFor()
  await drag(target, ['drop'], [picture])
  await ada.page.getByText(t('attach.drop')).waitFor({ state: 'detached' })
  await takesBack(ada, 'dropped.png')
})

test('a file that is dropped beside the conversation changes nothing', async () => {
  const [ada] = await world().pair()
  const list = ada.pane('conversations.title')
  const isTaken = await list.evaluate(element => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'beside.txt'))
    return !element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
  })
  expect(isTaken).toBe(true)
  expect(await staged(ada, 'beside.txt').count()).toBe(0)
})

test('what is attached waits while one looks at another conversation', async () => {
  const [ada] = await world().pair()
  await attach(ada, [await photo(ada, 'waits.png', 200, 200)])
  await staged(ada, 'waits.png').waitFor()
  await ada.open(ada.id)
  await staged(ada, 'waits.png').waitFor({ state: 'detached' })
  await ada.choose('Bob')
  await takesBack(ada, 'waits.png')
})

test('nothing can be attached before the other one has accepted', async () => {
  const [ada, bob] = await Promise.all([world().person('Ada'), world().person('Bob')])
  await ada.write(bob.id, 'Hello stranger')
  const name = /once .* accepts your request/
  await ada.page.getByRole('button', { name }).first().click()
  await ada.page.getByRole('region').getByText(name).first().waitFor()
  await pasteFile(ada.composer, await photo(ada, 'too-soon.png', 200, 200))
  expect(await staged(ada, 'too-soon.png').count()).toBe(0)
})

test('one’s own picture is chosen, seen by others, and removed', async () => {
  const [ada, bob] = await world().pair()
  const pictures = (person: AppPerson) => person.row(person === ada ? 'Bob' : 'Ada').locator('img')
  expect(await pictures(bob).count()).toBe(0)
  await ada.settings('settings.page.profile')
  const chooser = ada.page.waitForEvent('filechooser')
  await ada.press('picture.choose')
  await (await chooser).setFiles(await photo(ada, 'me.png', 900, 600))
  await ada.page.getByRole('group', { name: t('picture.part') }).press('ArrowLeft')
  await ada.press('picture.save')
  await ada.page.getByRole('group', { name: t('picture.part') }).waitFor({ state: 'detached' })
  await ada.button('picture.change').waitFor()
  await ada.page.keyboard.press('Escape')
  await ada.say('Look at me')
  await bob.sees('Look at me')
  await pictures(bob).waitFor()
  await ada.settings('settings.page.profile')
  await ada.press('picture.remove')
  await ada.button('picture.choose').waitFor()
  await ada.page.keyboard.press('Escape')
  await ada.say('Or not')
  await bob.sees('Or not')
  await pictures(bob).waitFor({ state: 'detached' })
})

test('axe finds nothing where files are attached and a picture is cropped', async () => {
  const [ada] = await world().pair()
  await attach(ada, [await photo(ada, 'a.png', 300, 200), await photo(ada, 'b.png', 200, 300)])
  await staged(ada, 'b.png').waitFor()
  await expectClean(ada, 'attached')
  await ada.press('attach.remove-all')
  await ada.settings('settings.page.profile')
  const chooser = ada.page.waitForEvent('filechooser')
  await ada.press('picture.choose')
  await (await chooser).setFiles(await photo(ada, 'me.png', 400, 300))
  await ada.page.getByRole('group', { name: t('picture.part') }).waitFor()
  await expectClean(ada, 'cropping')
})
