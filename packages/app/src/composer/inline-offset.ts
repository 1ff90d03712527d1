/** How far the letter at a place of an element's text is from where its lines begin, in CSS pixels. */
export function inlineOffset(element: HTMLElement, place: number): number {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let left = place
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0
    if (left < length) return offsetIn(element, node, left)
    left -= length
  }
  return 0
}

function offsetIn(element: HTMLElement, node: Node, at: number): number {
  const range = document.createRange()
  range.setStart(node, at)
  range.setEnd(node, at + 1)
  const letter = range.getBoundingClientRect()
  const around = element.getBoundingClientRect()
  const isRtl = getComputedStyle(document.documentElement).direction === 'rtl'
  return Math.max(0, isRtl ? around.right - letter.right : letter.left - around.left)
}
