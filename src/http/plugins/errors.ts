/** Errors become HTTP here and nowhere else: the status by code, the sentence by locale, the cause only into the log. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError, ERRORS } from '../../base/errors.ts'
import type { Failure } from '../contract.ts'
import type { HttpDeps } from '../deps.ts'

export function answerErrors(server: FastifyInstance, deps: HttpDeps): void {
  const failure = (error: AppError, request: FastifyRequest): Failure => ({
    error: { code: error.code, message: deps.explain(error, languageOf(request, deps.defaultLocale)) },
  })
  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const known = asAppError(error)
    if (ERRORS[known.code].actor === 'us' || ERRORS[known.code].actor === 'operator') deps.logError(error)
    return reply.status(ERRORS[known.code].status).send(failure(known, request))
  })
  server.setNotFoundHandler((request, reply) =>
    reply.status(ERRORS.NOT_FOUND.status).send(failure(new AppError('NOT_FOUND'), request)),
  )
}

function asAppError(error: Error & { statusCode?: number; code?: string }): AppError {
  if (error instanceof AppError) return error
  if (error.statusCode === 413) return new AppError('TOO_LARGE', {}, { cause: error })
  if (error.statusCode === 429) return new AppError('TOO_MANY_REQUESTS', {}, { cause: error })
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new AppError('ARGUMENT_INVALID', { argument: 'request', reason: error.code ?? '' }, { cause: error })
  }
  return new AppError('INTERNAL', {}, { cause: error })
}

export function languageOf(request: FastifyRequest, fallback: string): string {
  return request.headers['accept-language']?.split(/[,;]/)[0]?.trim() || fallback
}
