import { expect, test } from 'vitest'
import { type SavePicker, saveInPlace } from '../../src/attachments/save-in-place.ts'

/** A system whose user picks a place, and a file that comes in two pieces. */
interface Faults {
  /** Instead of a place. */
  readonly refusal?: Error
  readonly failsAt?: readonly ('open' | 'read' | 'write' | 'close' | 'remove')[]
  /** What the place has in the end. */
  readonly size?: number
}

function scene({ refusal, failsAt = [], size = 0 }: Faults = {}) {
  const seen: (string | number)[] = []
  const fail = (at: (typeof failsAt)[number]): void => {
    if (failsAt.includes(at)) throw new Error(at)
  }
  const pick: SavePicker = async ({ suggestedName }) => {
    seen.push(suggestedName)
    if (refusal !== undefined) throw refusal
    return {
      createWritable: async () => {
        fail('open')
        return {
          write: async bytes => {
            fail('write')
            seen.push(...bytes)
          },
          close: async () => {
            fail('close')
            seen.push('closed')
          },
          abort: async () => {
            seen.push('aborted')
            throw new Error('neither that')
          },
        }
      },
      getFile: async () => ({ size }),
      remove: async () => {
        fail('remove')
        seen.push('removed')
      },
    }
  }
  async function* read(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    seen.push('read')
    yield Uint8Array.of(1, 2)
    fail('read')
    yield Uint8Array.of(3)
  }
  const save = async () => saveInPlace(pick, { name: 'film.mp4', read, onChosen: () => seen.push('chosen') })
  return { save, seen }
}

test('a file goes where the user wants it, piece by piece', async () => {
  const { save, seen } = scene()
  expect(await save()).toBe('saved')
  expect(seen).toEqual(['film.mp4', 'chosen', 'read', 1, 2, 3, 'closed'])
})

test.for([
  { refusal: new DOMException('closed', 'AbortError'), outcome: 'dismissed' },
  { refusal: new DOMException('nothing was pressed', 'SecurityError'), outcome: 'refused' },
  { refusal: new TypeError('not with this name'), outcome: 'refused' },
])('$outcome: the file is not even read', async ({ outcome, refusal }) => {
  const { save, seen } = scene({ refusal })
  expect(await save()).toBe(outcome)
  expect(seen).toEqual(['film.mp4'])
})

test.for(['read', 'write', 'close'] as const)('nothing is left where it fails to %s', async failsAt => {
  const { save, seen } = scene({ failsAt: [failsAt] })
  await expect(save()).rejects.toThrow(failsAt)
  expect(seen.slice(-2)).toEqual(['aborted', 'removed'])
})

test('where the browser lets one choose but not write, no empty file stays', async () => {
  const { save, seen } = scene({ failsAt: ['open'] })
  expect(await save()).toBe('refused')
  expect(seen).toEqual(['film.mp4', 'removed'])
})

test('a file with something in it is not removed', async () => {
  const { save, seen } = scene({ failsAt: ['open'], size: 3 })
  expect(await save()).toBe('refused')
  expect(seen).toEqual(['film.mp4'])
})

test('a file that cannot be removed hides nothing of what went wrong', async () => {
  const { save, seen } = scene({ failsAt: ['write', 'remove'] })
  await expect(save()).rejects.toThrow('write')
  expect(seen.at(-1)).toBe('aborted')
})
