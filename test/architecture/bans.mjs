/** What lint forbids, as selectors: read by eslint.config.js. */
export const RESTRICTED_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/config.ts reads the environment.',
}

export const RESTRICTED_IMPURE = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Pure rooms take the time as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Pure rooms take the time as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Pure rooms take randomness as an argument.',
  },
]

const WRITES =
  '/^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany|\\$transaction|\\$executeRaw|\\$executeRawUnsafe)$/'

/** Prisma reads; the writer writes. `x.delete(…)` on Map and Set stays allowed: only calls on a model are caught. */
export const WRITING_PRISMA_CALLS = [
  {
    selector: `CallExpression[callee.type='MemberExpression'][callee.property.name=${WRITES}][callee.object.type='MemberExpression'][callee.object.object.name=/^(prisma|db|client)$/]`,
    message: 'Prisma only reads: every write is a Change for the writer.',
  },
  {
    selector: `CallExpression[callee.property.name=/^\\$(transaction|executeRaw|executeRawUnsafe)$/]`,
    message: 'Prisma only reads: every write is a Change for the writer.',
  },
]
