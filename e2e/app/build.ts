import { ensureApp } from '@sotto/app/build'

/** Builds the app once, before files that run at the same time would both do it. */
export async function setup(): Promise<void> {
  await ensureApp()
}
