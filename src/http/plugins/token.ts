import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../base/errors.ts'
import { TOKEN } from '../contract.ts'

/**
 * The chat that a page's token stands for: SHA-256 of the token, hex.
 * @throws AppError UNAUTHENTICATED
 */
export function chatOf(request: FastifyRequest): string {
  const header = request.headers.authorization ?? ''
  const token = TOKEN.safeParse(header.startsWith('Bearer ') ? header.slice('Bearer '.length) : '')
  if (!token.success) throw new AppError('UNAUTHENTICATED')
  return createHash('sha256').update(token.data).digest('hex')
}
