/** What a tab is in its group. `waiting`: nobody leads right now. */
export type TabRole = 'waiting' | 'following' | 'leading'
