import { expect, test } from 'vitest'
import { type Place } from '../../src/navigation/place.ts'
import { PlaceStack } from '../../src/navigation/place-stack.ts'

/** What a stack uses of the history of a browser. It goes at once, or when it `settles`, as browsers do. */
class FakeHistory extends EventTarget {
  isLate = false
  late = 0
  states: unknown[] = [null]
  at = 0

  replaceState(state: unknown): void {
    this.states[this.at] = state
  }

  pushState(state: unknown): void {
    this.states = [...this.states.slice(0, this.at + 1), state]
    this.at += 1
  }

  back(): void {
    this.go(-1)
  }

  go(by: number): void {
    if (this.isLate) this.late += by
    else this.#move(by)
  }

  settle(): void {
    while (this.late !== 0) {
      const by = this.late
      this.late = 0
      this.#move(by)
    }
  }

  #move(by: number): void {
    if (this.states[this.at + by] === undefined) return
    this.at += by
    this.dispatchEvent(Object.assign(new Event('popstate'), { state: this.states[this.at] }))
  }
}

function createStack(): { readonly stack: PlaceStack; readonly history: FakeHistory } {
  const history = new FakeHistory()
  const stack = new PlaceStack(history as unknown as History)
  stack.listen(history)
  return { stack, history }
}

const list: Place = { left: 'conversations' }
const start: Place = { left: 'start' }
const newMessage: Place = { left: 'new-message' }
const conversation: Place = { left: 'conversations', conversation: 'bob' }
const isOnTheWay = ({ left }: Place): boolean => left !== 'conversations'

test('goes back to where one was, and forward again', () => {
  const { stack, history } = createStack()
  stack.push(start)
  stack.push(newMessage)
  history.back()
  expect(stack.get()).toEqual(start)
  history.back()
  expect(stack.get()).toEqual(list)
  history.go(2)
  expect(stack.get()).toEqual(newMessage)
})

test('does not stop at what was only on the way', () => {
  const { stack, history } = createStack()
  stack.push(start)
  stack.push(newMessage)
  stack.arrive(conversation, isOnTheWay)
  expect(stack.get()).toEqual(conversation)
  history.back()
  expect(stack.get()).toEqual(list)
  expect(history.at).toBe(0)
  history.go(1)
  expect(stack.get()).toEqual(conversation)
})

test('comes back to a conversation from which another one was begun', () => {
  const { stack, history } = createStack()
  stack.arrive(conversation, isOnTheWay)
  stack.push({ ...conversation, left: 'start' })
  stack.arrive({ left: 'conversations', conversation: 'eve' }, isOnTheWay)
  history.back()
  expect(stack.get()).toEqual(conversation)
  history.back()
  expect(stack.get()).toEqual(list)
})

test('closes by going back if that leads to what is wanted, and otherwise in place', () => {
  const { stack, history } = createStack()
  stack.arrive(conversation, isOnTheWay)
  stack.backTo(list, previous => previous.conversation === undefined)
  expect([stack.get(), history.at]).toEqual([list, 0])
  stack.push(newMessage)
  stack.backTo(list, previous => previous.left === 'start')
  expect([stack.get(), history.at]).toEqual([list, 1])
})

test('goes back once where it is closed twice before the browser has gone', () => {
  const { stack, history } = createStack()
  stack.push(start)
  stack.push(newMessage)
  history.isLate = true
  const close = (): void => {
    if (stack.get().left === 'new-message') stack.backTo(start, previous => previous.left === 'start')
  }
  close()
  close()
  expect(stack.get()).toEqual(start)
  history.settle()
  expect([stack.get(), history.at]).toEqual([start, 1])
})

test('goes back twice, and on, before the browser has gone', () => {
  const { stack, history } = createStack()
  stack.push(start)
  stack.push(newMessage)
  history.isLate = true
  stack.backTo(start, previous => previous.left === 'start')
  stack.backTo(list, previous => previous.left === 'conversations')
  stack.push(conversation)
  history.settle()
  expect([stack.get(), history.at, history.states]).toEqual([conversation, 1, [{ sotto: 0 }, { sotto: 1 }]])
  history.back()
  history.settle()
  expect([stack.get(), history.at]).toEqual([list, 0])
})

test('goes as far back as the button of the browser leads while it is going back', () => {
  const { stack, history } = createStack()
  stack.push(start)
  stack.push(newMessage)
  history.isLate = true
  stack.backTo(start, previous => previous.left === 'start')
  history.back()
  history.settle()
  expect([stack.get(), history.at]).toEqual([list, 0])
})

test('is led by the history of the browser only while it is shown', () => {
  const { history } = createStack()
  const stack = new PlaceStack(history as unknown as History)
  const end = stack.listen(history)
  stack.push(start)
  end()
  history.back()
  expect(stack.get()).toEqual(start)
})
