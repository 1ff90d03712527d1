/** What a promise is rejected with; what it resolves to otherwise. Its rejection counts as handled at once. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error)
}
