/** One thing at a later moment. @returns takes it back */
export type After = (ms: number, job: () => void) => () => void

export const realAfter: After = (ms, job) => {
  const timer = setTimeout(job, ms)
  return () => clearTimeout(timer)
}
