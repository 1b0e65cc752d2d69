/** Compiles the expressions of a flow; what is wrong becomes a complaint with its line. */
import { AppError } from '../../base/errors.ts'
import { compileExpression } from '../expression/compile.ts'
import type { Compiled, Scope } from '../expression/environment.ts'
import type { Complaints, Spot } from './problems.ts'

export interface ExpressionReader {
  /** @param from names of the repeats around it. @param columns of the choice list, for a choice_filter. */
  read(
    source: string,
    from: readonly string[],
    spot: Spot,
    column: string,
    columns?: readonly string[],
  ): Compiled | null
}

export function expressionReader(
  scope: (columns?: readonly string[]) => Scope,
  complaints: Complaints,
): ExpressionReader {
  const plain = scope()
  return {
    read(source, from, spot, column, columns) {
      try {
        return compileExpression(source, columns ? scope(columns) : plain, from)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const params: Record<string, string | number> = { column, source }
        for (const [key, value] of Object.entries(error.details))
          if (typeof value === 'string' || typeof value === 'number') params[key] = value
        complaints.add('expression', spot, params)
        return null
      }
    },
  }
}
