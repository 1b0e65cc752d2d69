/** `bangfu poster TERRITORY`: the posters of a village, or of all villages of a township or a county, as one file. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../base/errors.ts'
import { findPosterArea, type PosterArea } from '../../reports/posters/find-villages.ts'
import { posterPage } from '../../reports/posters/poster-page.ts'
import { posterPdf } from '../../reports/posters/poster-pdf.ts'
import { chatLink, type PosterOptions } from '../../reports/posters/poster-words.ts'
import { qrPng } from '../../reports/posters/qr-code.ts'
import type { PosterReads } from '../../reports/ports.ts'
import type { Text } from '../../text/text.ts'

const FORMATS = ['html', 'pdf', 'png'] as const
type PosterFormat = (typeof FORMATS)[number]

export interface PosterCommand {
  readonly territory: string
  /** null = the name of the place, `.html`, in the current folder. */
  readonly outFile: string | null
  readonly language: string
  /** Address under which people reach the pages; null = nobody said. */
  readonly publicUrl: string | null
  /** What stands in its place then. */
  readonly localUrl: string
  readonly reads: PosterReads
  /** What the Official Account's code of a village says; null where the platform gives none. Absent: the chat's own link is drawn. */
  accountCode?(chatCode: string): Promise<string | null>
  readonly text: Text
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown }
}

/** @throws AppError NOT_FOUND for no such place; ARGUMENT_INVALID for another ending, several places, no village */
export async function runPoster(command: PosterCommand): Promise<void> {
  const { territory, text, language, reads } = command
  const say = (key: string, params: Record<string, string | number> = {}) =>
    text.say({ key: `posters:${key}`, params }, language)
  const format = formatOf(command.outFile)
  const area = await findPosterArea(reads, territory, (paths) => say('command.several', { paths }))
  const count = area.villages.length
  if (count === 0) throw invalid(territory, say('command.no_village'))
  const place = area.place.name
  if (format === 'png' && count > 1) throw invalid('--out', say('command.one_png', { place, count }))

  const base = command.publicUrl ?? command.localUrl
  const accountCodes = command.accountCode && (await accountCodesOf(area, command.accountCode, say))
  const file = command.outFile ?? `${place}.html`
  const title = say('title', { place })
  await write(
    file,
    await contentOf(format, area, title, { text, language, base, ...(accountCodes && { accountCodes }) }),
  )
  const [first] = area.villages
  if (command.publicUrl === null && first) {
    const link = chatLink(base, first.place.chatCode)
    command.err.write(`${say('command.no_public_url', { link })}\n`)
  }
  command.out.write(`${say('command.done', { file, place, count })}\n`)
}

const invalid = (argument: string, reason: string) => new AppError('ARGUMENT_INVALID', { argument, reason })

function formatOf(outFile: string | null): PosterFormat {
  if (outFile === null) return 'html'
  const format = FORMATS.find((each) => outFile.toLowerCase().endsWith(`.${each}`))
  if (!format) throw invalid('--out', FORMATS.map((each) => `FILE.${each}`).join('|'))
  return format
}

async function contentOf(
  format: PosterFormat,
  { villages }: PosterArea,
  title: string,
  options: PosterOptions,
): Promise<Iterable<string | Buffer>> {
  switch (format) {
    case 'html':
      return posterPage(villages, title, options)
    case 'pdf':
      return [posterPdf(villages, title, options)]
    case 'png':
      return [await qrPng(codeOf(villages[0]?.place.chatCode ?? '', options))]
  }
}

const codeOf = (chatCode: string, { base, accountCodes }: PosterOptions): string =>
  accountCodes?.get(chatCode) ?? chatLink(base, chatCode)

/** One after the other: the platform counts its calls. @throws AppError ARGUMENT_INVALID at the first village that gets none */
async function accountCodesOf(
  { villages }: PosterArea,
  accountCode: NonNullable<PosterCommand['accountCode']>,
  say: (key: string, params: Record<string, string | number>) => string,
): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>()
  for (const { place } of villages) {
    const code = await accountCode(place.chatCode)
    if (code === null) throw invalid('--wechat', say('command.no_wechat', { place: place.name }))
    codes.set(place.chatCode, code)
  }
  return codes
}

/** Nobody finds half a poster under its name. @throws AppError FILE_NOT_FOUND where the folder can't be written to */
async function write(file: string, content: Iterable<string | Buffer>): Promise<void> {
  const begun = `${file}.part`
  try {
    await pipeline(Readable.from(content), createWriteStream(begun))
    await rename(begun, file)
  } catch (error) {
    await rm(begun, { force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES')
      throw new AppError('FILE_NOT_FOUND', { file: dirname(file) }, { cause: error })
    throw error
  }
}
