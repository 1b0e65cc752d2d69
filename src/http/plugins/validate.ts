/** Requests are checked by the schemas of `contract.ts`. */
import type { z } from 'zod'
import { AppError } from '../../base/errors.ts'

/** @throws AppError ARGUMENT_INVALID with the path of the first wrong field. */
export function parse<Schema extends z.ZodType>(schema: Schema, data: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('ARGUMENT_INVALID', { argument: issue?.path.join('.') ?? '', reason: issue?.code ?? '' })
}
