/** What could not be kept, or fetched, now: the update must come again. Anything else that goes wrong with it would go wrong for ever. */
export class NotNow extends Error {}

/** @throws NotNow when it fails */
export async function durably<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new NotNow('not durable', { cause })
  }
}
