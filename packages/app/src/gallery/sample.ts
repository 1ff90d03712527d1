/** An account id that nobody has. */
export const SAMPLE_ID = '05b7f0c1d2a3948576e5d4c3b2a1908f7e6d5c4b3a29181706f5e4d3c2b1a09f8e'
