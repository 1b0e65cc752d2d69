import { AppError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'

/** Why an expression is refused when it loads: the `reason` in the details of EXPRESSION_INVALID. */
export type Reason =
  | 'empty'
  | 'too_long'
  | 'too_deep'
  | 'full_width'
  | 'unterminated_string'
  | 'unbalanced'
  | 'unexpected_character'
  | 'bad_operator'
  | 'missing_operand'
  | 'missing_operator'
  | 'unknown_function'
  | 'unsupported_function'
  | 'wrong_arity'
  | 'wrong_argument'
  | 'unknown_reference'
  | 'ambiguous_reference'
  | 'unknown_instance'
  | 'unsupported_path'
  | 'invalid_pattern'

/** @param position 0-based offset into the source in UTF-16 units. `details` may name `found`, `hint`, `name` … */
export const refusal = (reason: Reason, position: number, details: JsonObject = {}): AppError =>
  new AppError('EXPRESSION_INVALID', { reason, position, ...details })
