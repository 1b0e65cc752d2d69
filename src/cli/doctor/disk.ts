import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config.ts'
import { fine, warning, type Finding } from './finding.ts'

const MEBIBYTE = 1024 * 1024
/** A backup, its draft and a day of photos still fit. */
const ENOUGH_MEBIBYTES = 500

export async function checkDisk({ dataDir }: Config): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(nearest(dataDir))
  const free = Math.floor((bavail * bsize) / MEBIBYTE)
  return [free >= ENOUGH_MEBIBYTES ? fine('disk.ok', { free }) : warning('disk.warning', 'disk.todo', { free })]
}

/** The folder, or the first one above it that is there. */
const nearest = (path: string): string => (existsSync(path) || dirname(path) === path ? path : nearest(dirname(path)))
