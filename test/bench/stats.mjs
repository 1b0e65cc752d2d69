/** Figures of the benchmarks: medians over runs, and what machine they are from. */
import os from 'node:os'

const sorted = (values) => Float64Array.from(values).sort()

export const quantile = (values, part) => {
  const all = sorted(values)
  return all[Math.min(all.length - 1, Math.floor(part * all.length))]
}

export function median(values) {
  const all = sorted(values)
  const middle = all.length >> 1
  return all.length % 2 === 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2
}

export const machine = () => ({
  cpu: os.cpus()[0]?.model.trim(),
  cores: os.cpus().length,
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  /** Load of the last minute before the run: above half the cores, figures are low and ratios alone count. */
  load: Number(os.loadavg()[0].toFixed(1)),
})

/** Writes a result where `run.mjs` picks it up: the last line of standard output. */
export const report = (result) => process.stdout.write(`${JSON.stringify(result)}\n`)
