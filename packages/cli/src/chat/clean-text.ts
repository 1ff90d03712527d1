/**
 * Text from others as it may go to a terminal: line feeds stay, a tab becomes two spaces, and every other control character
 * and every sign that turns the direction of writing is shown as what it is, so that nobody can move the cursor, change
 * colours or disguise a line.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', '  ')
    .replaceAll(unsafe, character => (character === '\n' ? '\n' : '\u{fffd}'))
}

/** The same on one line: for names and previews. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll('\n', ' ')
}

/** C0, DEL and C1; marks, embeddings, overrides and isolates; separators of lines; what belongs to no character at all. */
const unsafe =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{61c}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2066}-\u{2069}\u{fff9}-\u{fffb}\u{feff}\u{e0000}-\u{e007f}]/gu
