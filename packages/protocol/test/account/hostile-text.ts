import fc from 'fast-check'

/** Texts that an enemy might paste: any characters, near misses of ids and phrases, and long runs of one thing. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .array(fc.constantFrom('05', '15', 'abbey', 'zoom', ' ', '\u200b', '\ud800', 'İ', 'K', '\n', '\u0000'), {
      maxLength: 80,
    })
    .map(pieces => pieces.join('')),
  fc
    .tuple(fc.constantFrom(' ', '\u200d', 'a', 'abbey ', '👪', '\ud83d'), fc.nat(4096))
    .map(([piece, length]) => piece.repeat(length).slice(0, 4096)),
)
