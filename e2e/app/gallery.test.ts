import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { colourRules } from './expect-clean.ts'
import { type GalleryPage, GalleryWorld, type Looks } from './gallery-page.ts'

let world: GalleryWorld

beforeAll(async () => {
  world = await GalleryWorld.start()
})

afterAll(async () => {
  await world.stop()
})

/** Opens the gallery for one check, which also fails if the browser complained or refused anything. */
async function withGallery(
  looks: Looks,
  check: (gallery: GalleryPage) => Promise<void>,
  options?: Parameters<GalleryWorld['open']>[1],
): Promise<void> {
  const gallery = await world.open(looks, options)
  try {
    await check(gallery)
    expect(gallery.complaints).toEqual([])
  } finally {
    await gallery.close()
  }
}

async function expectFocus(on: Locator): Promise<void> {
  await expect.poll(async () => on.and(on.page().locator(':focus')).count()).toBe(1)
}

const button = (page: Page, name: string): Locator => page.getByRole('main').getByRole('button', { name, exact: true })

test.for<Looks>([{ theme: 'light' }, { theme: 'dark', language: 'ar' }])('axe finds nothing in %o', async looks => {
  await withGallery(looks, async ({ findings }) => {
    expect(await findings()).toEqual([])
  })
})

// All else is as it was above.
test.for<Looks>([{ theme: 'dark' }, { theme: 'light', contrast: 'more' }])(
  'axe finds nothing in the colours of %o',
  async looks => {
    await withGallery(looks, async ({ findings }) => {
      expect(await findings({ rules: colourRules })).toEqual([])
    })
  },
)

test.for(['light', 'dark', 'black'])('every accent can be read on every ground, %s', async theme => {
  await withGallery({}, async ({ page, findings }) => {
    for (const contrast of ['normal', 'more']) {
      for (const accent of ['tide', 'moss', 'plum', 'ember', 'sand', 'slate']) {
        const looks = { theme, contrast, accent }
        await page.evaluate(`Object.assign(document.documentElement.dataset, ${JSON.stringify(looks)})`)
        const found = await findings({ rules: ['color-contrast'], parts: ['Colours and type', 'Buttons'] })
        expect({ looks, found }).toEqual({ looks, found: [] })
      }
    }
  })
})

test.for([
  { theme: 'light', looked: undefined },
  { theme: 'dark', looked: { rules: colourRules } },
] as const)('axe finds nothing above the page, $theme', async ({ theme, looked }) => {
  await withGallery({ theme }, async ({ page, findings }) => {
    await button(page, 'Toast of a failure').click()
    await button(page, 'Toast with a way back').click()
    const above: readonly (readonly [opener: Locator, opened: Locator])[] = [
      [button(page, 'Dialog'), page.getByRole('dialog')],
      [button(page, 'Confirm'), page.getByRole('alertdialog')],
      [button(page, 'More').last(), page.getByRole('menu')],
      [button(page, 'Emoji'), page.getByRole('dialog', { name: 'Emoji' })],
      [page.getByRole('button', { name: /Messages disappear after/u }), page.getByRole('listbox')],
    ]
    for (const [opener, opened] of above) {
      await opener.click()
      await opened.waitFor()
      expect(await findings(looked)).toEqual([])
      await page.keyboard.press('Escape')
      await opened.waitFor({ state: 'detached' })
    }
  })
})

test('Escape closes the topmost only, and focus goes back where it was', async () => {
  await withGallery({}, async ({ page }) => {
    const opener = button(page, 'Dialog')
    await opener.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Rename the group' })
    await expectFocus(dialog.getByLabel('Name'))
    const inner = dialog.getByRole('button', { name: 'Delete the group' })
    await inner.focus()
    await page.keyboard.press('Enter')
    const question = page.getByRole('alertdialog')
    await expectFocus(question.getByRole('button', { name: 'Cancel' }))
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    await expectFocus(inner)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expectFocus(opener)
  })
})

test('a context menu opens by keys, walks into its submenu and gives the focus back', async () => {
  await withGallery({}, async ({ page }) => {
    const target = page.getByRole('button', { name: 'Right click, long press or Shift+F10' })
    await target.focus()
    await page.keyboard.press('Shift+F10')
    await expectFocus(page.getByRole('menuitem', { name: 'Reply' }))
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key)
    await expectFocus(page.getByRole('menuitem', { name: 'For an hour' }))
    await page.keyboard.press('Enter')
    await page.getByRole('menu').first().waitFor({ state: 'detached' })
    await expectFocus(target)
  })
})

test('a long press opens the menu of a row and does not press the row', async () => {
  const check = async ({ page }: GalleryPage): Promise<void> => {
    const row = page.getByRole('button', { name: 'Mira Lindqvist 14:05' })
    await row.scrollIntoViewIfNeeded()
    const box = await row.boundingBox()
    const touchPoints = [{ x: (box?.x ?? 0) + 100, y: (box?.y ?? 0) + 30 }]
    const finger = await page.context().newCDPSession(page)
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await page.getByRole('menuitem', { name: 'Open' }).waitFor()
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await page.getByRole('menu', { name: 'Mira Lindqvist' }).waitFor()
    expect(await row.getAttribute('aria-current')).toBeNull()
    await page.getByRole('menuitem', { name: 'Open' }).tap()
    await expect.poll(async () => row.getAttribute('aria-current')).toBe('true')
  }
  await withGallery({}, check, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })
})

test('the click that some browsers add to a long press does not count', async () => {
  await withGallery({}, async ({ page }) => {
    const target = page.getByText('Right click, long press')
    await target.dispatchEvent('click')
    await expect.poll(async () => target.textContent()).toContain('pressed 1 times')
    await target.dispatchEvent('pointerdown', { pointerType: 'touch' })
    await page.getByRole('menu').waitFor()
    await target.dispatchEvent('pointerup', { pointerType: 'touch' })
    await target.dispatchEvent('click')
    await page.keyboard.press('Escape')
    await target.dispatchEvent('click')
    await expect.poll(async () => target.textContent()).toContain('pressed 2 times')
  })
})

test('the menu key opens the menu of the row that has the focus', async () => {
  await withGallery({}, async ({ page }) => {
    await page.getByRole('button', { name: 'Mira Lindqvist 14:05' }).focus()
    await page.keyboard.press('ContextMenu')
    await expectFocus(page.getByRole('menuitem', { name: 'Open' }))
  })
})

test('a choice in a menu is read as one, and changes', async () => {
  await withGallery({}, async ({ page }) => {
    const pinned = page.getByRole('menuitemcheckbox', { name: 'Pinned' })
    await button(page, 'More').last().click()
    expect(await pinned.getAttribute('aria-checked')).toBe('true')
    await pinned.click()
    await button(page, 'More').last().click()
    expect(await pinned.getAttribute('aria-checked')).toBe('false')
  })
})

test('what was done is said aloud', async () => {
  await withGallery({}, async ({ page }) => {
    await button(page, 'Toast').click()
    await expect.poll(async () => page.locator('[aria-live=polite]').textContent()).toBe('Copied')
    await button(page, 'Toast of a failure').click()
    await expect.poll(async () => page.locator('[aria-live=assertive]').textContent()).toContain('Not saved')
  })
})

test('an error that appears under a field is said aloud', async () => {
  await withGallery({}, async ({ page }) => {
    const said = page.locator('[aria-live=assertive]')
    await page.getByLabel('Passphrase').fill('')
    await button(page, 'Toast of a failure').click()
    await expect.poll(async () => said.textContent()).toContain('Not saved')
    await page.getByLabel('Passphrase').fill('wrong')
    await expect.poll(async () => said.textContent()).toBe('This is not the passphrase.')
  })
})

/** Keeps the pitch of every note that ends, in Hz. */
const listen = `
  globalThis.heard = []
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (at) {
    this.addEventListener('ended', () => heard.push(Math.round(this.frequency.value)))
    start.call(this, at)
  }`

test('what is sent sounds once, what comes in rises', async () => {
  await withGallery({}, async ({ page }) => {
    await page.evaluate(listen)
    await button(page, 'Tone for sent').click()
    await expect.poll(async () => page.evaluate('heard')).toEqual([587])
    await button(page, 'Tone for received').click()
    await expect.poll(async () => page.evaluate('heard')).toEqual([587, 494, 659])
  })
})

/** Things lower than 44 pixels, with what a transparent sign after them adds. Segments fill a frame of that height but for its edge. */
const lowThings = `
  [...document.querySelectorAll('button:not([role=radio]), input:not([type=checkbox], [type=radio], [type=range]), label:has(input)')]
    .filter(thing => thing.checkVisibility())
    .map(thing => ({
      html: thing.outerHTML.slice(0, 160),
      height: Math.max(
        thing.getBoundingClientRect().height,
        Number.parseFloat(getComputedStyle(thing, '::after').blockSize) || 0,
      ),
    }))
    .filter(({ height }) => height < 43.9)`

test('recordings run from left to right and names begin where they begin, whichever way words run', async () => {
  await withGallery({ language: 'ar' }, async ({ page }) => {
    const seek = page.getByRole('region', { name: 'Files' }).getByRole('slider').first()
    const before = Number(await seek.inputValue())
    await seek.press('ArrowRight')
    expect(Number(await seek.inputValue())).toBeGreaterThan(before)
    const styled = `(({ direction, textAlign }) => [direction, textAlign])(getComputedStyle(document.querySelector('[title="A letter.pdf"]')))`
    expect(await page.evaluate(styled)).toEqual(['ltr', 'right'])
  })
})

test('under a finger everything that can be pressed is at least 44 pixels high', async () => {
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }
  const check = async ({ page }: GalleryPage): Promise<void> => {
    expect(await page.evaluate(lowThings)).toEqual([])
  }
  await withGallery({}, check, phone)
})

test.for([
  { width: 320, zoom: 100 },
  { width: 390, zoom: 130 },
  { width: 1160, zoom: 200 },
])('nothing is wider than a window of $width at $zoom %', async ({ width, zoom }) => {
  const check = async ({ page }: GalleryPage): Promise<void> => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  }
  await withGallery({ zoom }, check, { viewport: { width, height: 800 } })
})
