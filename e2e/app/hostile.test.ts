import { expect, test } from 'vitest'
import { type AppPerson } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

/** Requests of a page, and of its worker, that go anywhere but to the gateway; and scripts that others wrote. */
async function watch(person: AppPerson): Promise<{ readonly away: string[]; readonly run: () => Promise<unknown> }> {
  const away: string[] = []
  const { origin } = new URL(person.world.origin)
  person.context.on('request', request => {
    const { protocol, origin: asked } = new URL(request.url())
    if (asked !== origin && protocol !== 'data:' && protocol !== 'blob:') away.push(request.url())
  })
  person.page.on('dialog', async dialog => {
    away.push(`dialog ${dialog.message()}`)
    await dialog.dismiss()
  })
  return { away, run: async () => person.page.evaluate(() => Reflect.get(globalThis, 'hostile')) }
}

const attacks = [
  '<script>globalThis.hostile = 1</script>',
  '<img src="https://attacker.example/pixel.png" onerror="globalThis.hostile = 1">',
  '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.hostile = 1"><image href="https://attacker.example/x"/></svg>',
  '<iframe src="https://attacker.example/"></iframe><object data="https://attacker.example/"></object>',
  '<link rel="stylesheet" href="https://attacker.example/x.css"><style>@import "https://attacker.example/y.css"</style>',
  'javascript:globalThis.hostile=1 data:text/html,<script>globalThis.hostile=1</script>',
  'https://attacker.example/preview https://user:password@attacker.example:8443/?q=<script>',
  '[link](javascript:globalThis.hostile=1) ![image](https://attacker.example/image.png)',
  '{{constructor.constructor("globalThis.hostile=1")()}} ${globalThis.hostile=1}',
  '{count, plural, one {#} other {<b>#</b>}}',
] as const

test('what a hostile contact writes is text: it asks for nothing and runs nothing', async () => {
  const [eve, bob] = await world().pair()
  const { away, run } = await watch(bob)
  for (const attack of attacks) await eve.paste(attack)
  await bob.sees('{count, plural')
  await bob.page.mouse.move(600, 400)
  await bob.page.keyboard.press('PageUp')
  expect(await run()).toBe(undefined)
  expect(away).toEqual([])
  expect(await bob.page.locator('[data-message] :is(script, img, iframe, object, link, style)').count()).toBe(0)
})

test('text that turns around stays in its place', async () => {
  const [eve, bob] = await world().pair()
  await eve.paste('\u202Egnp.exe\u202C \u2066\u2067 not closed \u202E')
  await eve.paste('after it')
  await bob.sees('after it')
  const box = await bob.message('after it').boundingBox()
  expect(box?.x).toBeGreaterThan(380)
  expect(await bob.page.title()).not.toContain('\u202E')
})

test('a message of nothing but combining signs is bounded in its height and width', async () => {
  const [eve, bob] = await world().pair()
  await eve.paste(`zalgo ${'a\u0300\u0301\u0302\u0303\u0304'.repeat(300)}`)
  await eve.paste('W'.repeat(1900))
  await eve.paste('the end')
  await bob.sees('the end')
  const sizes = await bob.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(sizes[0]).toBe(sizes[1])
})

test('a name of control signs and a thousand letters does not break what shows it', async () => {
  const [bob, eve] = await Promise.all([world().person('Bob'), world().person(`E${'\u0301'.repeat(20)}ve\u202E`)])
  const { away } = await watch(bob)
  await eve.write(bob.id, 'guess who')
  await bob.page.getByRole('button', { name: /message request/ }).click()
  const width = await bob.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(width).toBe(0)
  expect(away).toEqual([])
})
