/** A conversation with Ada; `A:` begins what she says. */
export interface Talk {
  readonly name: string
  readonly lines: readonly string[]
}

/** The last one is open in the pictures. */
export const talks: readonly Talk[] = [
  {
    name: 'Grace',
    lines: ['G:The tickets are in the blue folder', 'A:Found them, thank you'],
  },
  {
    name: 'Noor',
    lines: ['N:Are you coming on Saturday?', 'A:Yes, with Tomás', 'N:Wonderful. Bring something warm'],
  },
  {
    name: 'Tomás',
    lines: [
      'T:I walked the whole river today',
      'A:All of it? It must be twelve kilometres',
      'T:Thirteen. They have hung *paper lanterns* along the old bridge',
      'A:Shall we go and look tomorrow, when it is dark?',
      'T:Yes. I will wait at the tram stop at seven',
      'A:I bring tea',
    ],
  },
]
